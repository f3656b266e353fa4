import AuditModel
import Policies
import Testing

struct CoverageTests {
    private func unread(_ rules: String) throws -> Set<String> {
        Set(try policySet(rules).settingsReadByNoRule.map(\.path.dotted))
    }

    @Test func `a setting that a check, a condition or a part of either reads is read`() throws {
        let unread = try unread(
            """
              - id: A
                title: A
                when: {settings.acdAgentSkillEnabled: true}
                check: {any: [{internal.encryptCcsPassword: true}, {not: {internal.maxDailyAttempts: 3}}]}

            """)
        for path in ["settings.acdAgentSkillEnabled", "internal.encryptCcsPassword", "internal.maxDailyAttempts"] {
            #expect(!unread.contains(path), "\(path)")
        }
        #expect(unread.count == SettingsCatalogue.definitions.count - 3)
        #expect(unread.contains("voicePool.voice"))
    }

    @Test func `a rule inside a list reads the list, and a selection reads its own element alone`() throws {
        let unread = try unread(
            """
              - {id: A, title: A, check: {"messaging.property[key=requeue_limit].value": {atMost: 15, coerce: int}}}
              - {id: B, title: B, check: {"voicePool.voice[*].id": {contains: 1}}}
              - {id: C, title: C, check: {"countries[*].id": {size: {atMost: 3}}}}

            """)
        for path in [
            "messaging.property", "messaging.property[key=requeue_limit].value", "messaging.property[*].value",
            "voicePool.voice", "voicePool.voice[*].id", "countries", "countries[*].id",
        ] {
            #expect(!unread.contains(path), "\(path)")
        }
        #expect(unread.contains("messaging.property[key=template_id].value"))
        #expect(unread.contains("messaging.property[*].key"))
        #expect(unread.contains("messaging.defaultInputFilterId"))
        #expect(unread.contains("countries[*].name"))
    }

    private static let rules = """
          - id: A
            title: A
            check:
              internal.encryptCcsPassword: true
              "messaging.property[key=requeue_limit].value": {equals: "15", absent: pass}
          - {id: B, title: B, scope: production, check: {internal.encryptAcdPassword: true}}
          - {id: C, title: C, scope: abroad, check: {"voicePool.voice[*].id": {contains: 1}}}

        """
    private static let scopes = "scopes: {production: {env: prod}, abroad: {region: emea}}\n"

    @Test func `each path is held against the clients of its rule`() throws {
        var coverage = PathCoverage(try policySet(Self.rules, head: Self.scopes))
        coverage.add(
            try Snapshot.of(
                [
                    .internal: #"{"encryptCcsPassword": null, "encryptAcdPassword": true}"#,
                    .messaging: #"{"property": [{"key": "other", "value": "15"}]}"#,
                ], labels: ["env": "uat"]))
        coverage.add(try Snapshot.of([.internal: #"{"maxDailyAttempts": 1}"#], labels: ["env": "prod"]))
        let told = coverage.entries.map {
            "\($0.ruleID) \($0.path) \($0.state) \($0.clientsMatched)/\($0.clientsCaptured)/\($0.clientsInScope)"
        }
        #expect(
            told == [
                "A internal.encryptCcsPassword matches 1/2/2",
                "A messaging.property[key=requeue_limit].value matchesNothing 0/1/2",
                "B internal.encryptAcdPassword matchesNothing 0/1/1",
                "C voicePool.voice[*].id noClientInScope 0/0/0",
            ])
    }

    @Test func `a group that nobody's capture has is not told to be empty`() throws {
        var coverage = PathCoverage(
            try policySet("  - {id: A, title: A, check: {internal.encryptCcsPassword: true}}\n"))
        #expect(coverage.entries.map(\.state) == [.noClientInScope])
        coverage.add(try Snapshot.of([:]))
        #expect(coverage.entries.map(\.state) == [.notCaptured])
    }
}
