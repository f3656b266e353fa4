import AuditModel
import Policies
import Testing

/// Rules that read the time, judged at many moments over one snapshot.
struct RulesReadingNowTests {
    private func policySet() throws -> PolicySet {
        let text = """
            policy: {id: p, title: Time, version: "1"}
            scopes: {production: {env: prod}}
            rules:
              - {id: A-PLAIN, title: Plain, severity: low, check: {internal.maxFailedCcsLoginAttempts: {atMost: 5}}}
              - {id: B-NOW, title: Now, severity: low, check: {cel: "internal.maxFailedCcsLoginAttempts < 5 && now < timestamp('2026-01-03T00:00:00Z')"}}
              - id: C-WHEN
                title: When
                severity: low
                when: {cel: "now >= timestamp('2026-01-02T00:00:00Z')"}
                check: {internal.maxFailedCcsLoginAttempts: {atMost: 1}}
              - {id: D-DAY, title: Day, severity: low, scope: production, check: {cel: "now.getDayOfWeek('Asia/Tokyo') != 5"}}
              - {id: E-CEL, title: No time, severity: low, check: {cel: "internal.maxFailedCcsLoginAttempts > 0"}}

            """
        let zones = NamedTimeZones { name, _ in name == "Asia/Tokyo" ? 9 * 3600 : nil }
        return try #require(
            PolicyLoader.load([PolicyFile(name: "p.yaml", text: text)], timeZones: zones).policySet)
    }

    @Test func `those that read it are found by check and condition`() throws {
        let set = try policySet()
        #expect(set.rulesReadingNow == ["B-NOW", "C-WHEN", "D-DAY"])
        #expect(set.readsNow("C-WHEN") && !set.readsNow("A-PLAIN") && !set.readsNow("E-CEL") && !set.readsNow("Z"))
    }

    @Test func `at each moment they say what a whole evaluation at that moment says`() throws {
        let set = try policySet()
        let moments = (0..<40).map { Timestamp(milliseconds: 1_767_225_600_000 + Int64($0) * 7 * 3_600_000) }
        let bodies: [SettingValue] = [
            ["maxFailedCcsLoginAttempts": 1], ["maxFailedCcsLoginAttempts": 4], ["maxFailedCcsLoginAttempts": 9],
            ["maxFailedCcsLoginAttempts": .null], [:],
        ]
        for body in bodies {
            for env in ["prod", "test"] {
                let client = Client(
                    id: Client.ID(environment: EnvironmentName("na3"), number: 1), code: "C1", labels: ["env": env])
                let snapshot = Snapshot(
                    client: client, groups: PerGroup { _ in .document(body, Digest(of: body)) })
                let told = set.verdictsOfRulesReadingNow(for: snapshot, at: moments)
                let expected = moments.map { moment in
                    set.results(for: snapshot, now: moment).filter { set.readsNow($0.ruleID) }.map(\.verdict)
                }
                #expect(told == expected)
                #expect(Set(told).count > 1)
            }
        }
    }
}
