import AuditModel
import Policies
import Testing

/// What rules ask of a setting that somebody is about to change for another rule's sake.
struct SettingDemandsTests {
    private static let scopes = "scopes: {production: {env: prod}}\n"

    private func demands(_ rules: String, on dotted: String, _ groups: [SettingsGroup: String]) throws
        -> [SettingDemand]
    {
        let path = try SettingPath(dotted: dotted)
        return try policySet(rules, head: Self.scopes).demands(on: [path], of: try Snapshot.of(groups))[path] ?? []
    }

    @Test func `every rule that judges the client says what it asks, by rule`() throws {
        let found = try demands(
            """
              - {id: ON, title: T, check: {internal.passwordExpirationDays: {atLeast: 1}}}
              - {id: LIMIT, title: T, check: {internal.passwordExpirationDays: {atMost: 90, zero: satisfies}}}
              - {id: NOT, title: T, check: {not: {internal.passwordExpirationDays: 30}}}
              - {id: ANY, title: T, check: {any: [{internal.passwordExpirationDays: 60}, {internal.encryptCcsPassword: true}]}}
              - {id: OTHER, title: T, check: {internal.maxFailedAcdLoginAttempts: {atMost: 5}}}

            """, on: "internal.passwordExpirationDays", [.internal: #"{"passwordExpirationDays":0}"#])
        #expect(found.map(\.ruleID) == ["ANY", "LIMIT", "NOT", "ON"])
        #expect(found.map(\.wanted) == ["60", "at most 90", "not 30", "at least 1"])
        #expect(found.map(\.isOneOfSeveral) == [true, false, false, false])
        #expect(!found.contains { $0.isConditional })
    }

    @Test func `a rule that does not judge the client counts only where its condition reads the setting`() throws {
        let found = try demands(
            """
              - {id: WHEN, title: T, when: {internal.passwordExpirationDays: {atLeast: 1}}, check: {internal.passwordExpirationDays: {atMost: 90}}}
              - {id: ELSEWHERE, title: T, when: {internal.encryptCcsPassword: true}, check: {internal.passwordExpirationDays: {atMost: 80}}}
              - {id: SCOPE, title: T, scope: production, check: {internal.passwordExpirationDays: {atMost: 70}}}

            """, on: "internal.passwordExpirationDays",
            [.internal: #"{"passwordExpirationDays":0,"encryptCcsPassword":false}"#])
        #expect(found.map(\.ruleID) == ["WHEN"])
        #expect(found.map(\.isConditional) == [true])
    }

    @Test func `an element of a list is meant by a path for each`() throws {
        let found = try demands(
            """
              - {id: EACH, title: T, check: {"voicePool.voice[*].id": {each: {atMost: 9}}}}
              - {id: ONE, title: T, check: {"voicePool.voice[id=2].id": 2}}

            """, on: "voicePool.voice[id=1].id", [.voicePool: #"{"voice":[{"id":1}]}"#])
        #expect(found.map(\.ruleID) == ["EACH"])
    }

    @Test func `several tests of one list are demands of their own, so that what was said is not said again`() throws {
        let found = try demands(
            """
              - {id: BOTH, title: T, check: {"voicePool.voice[*].id": {subsetOf: [1, 2], unique: true}}}
              - {id: NOT, title: T, check: {not: {"voicePool.voice[*].id": {contains: 7, unique: true}}}}

            """, on: "voicePool.voice[id=1].id", [.voicePool: #"{"voice":[{"id":1}]}"#])
        #expect(found.filter { $0.ruleID == "BOTH" }.map(\.isOneOfSeveral) == [false, false])
        #expect(Set(found.map(\.wanted)).count == 4, "\(found)")
        #expect(found.filter { $0.ruleID == "NOT" }.map(\.isOneOfSeveral) == [true, true])
    }
}
