import AuditModel
import Policies
import Testing

/// A later file over the rules of an earlier one.
struct OverrideTests {
    static let base = """
        policy: {id: base, title: Base, version: '1'}
        params: {limit: 5, days: 90}
        rules:
          - {id: LOCK, title: Lockout, severity: high, check: {internal.maxFailedCcsLoginAttempts: {atMost: $limit, zero: violates}},
             message: "{value} of {params.limit}"}
          - {id: EXPIRY, title: Expiry, check: {internal.passwordExpirationDays: {atMost: $days, zero: violates}}}
        """

    static func loaded(_ override: String, head: String = "", base: String = base) -> PolicyLoader.Loaded {
        PolicyLoader.load([
            PolicyFile(name: "base.yaml", text: base),
            PolicyFile(
                name: "org.yaml",
                text: "policy: {id: org, title: Org, version: '1'}\n\(head)override:\n\(override)\n", layer: 1),
        ])
    }

    static func set(_ override: String, head: String = "") throws -> PolicySet {
        let loaded = loaded(override, head: head)
        return try #require(loaded.policySet, "\(loaded.diagnostics.map(\.description).joined(separator: "\n"))")
    }

    static func snapshot(attempts: Int, labels: [String: String] = [:], id: Int = 4199) throws -> Snapshot {
        try Snapshot.of(
            [.internal: #"{"maxFailedCcsLoginAttempts":\#(attempts),"passwordExpirationDays":90}"#], labels: labels,
            id: id)
    }

    @Test func `an override for everybody changes severity, parameters and message`() throws {
        let set = try Self.set(
            "  - {rule: LOCK, severity: critical, params: {limit: 3}, message: 'at most {params.limit}'}")
        #expect(set.facts.first { $0.id == "LOCK" }?.severity == .critical)
        let result = try #require(set.result(of: "LOCK", for: Self.snapshot(attempts: 4)))
        #expect(result.verdict == .fail)
        #expect(result.message == "at most 3")
        #expect(result.severity == nil, "the rule itself is critical now")
    }

    @Test func `a scope goes before everybody, and a client before a scope, whatever their order in the file`() throws {
        let set = try Self.set(
            """
              - {rule: LOCK, clients: [na3/4199], params: {limit: 1}}
              - {rule: LOCK, scope: production, params: {limit: 2}, severity: low}
              - {rule: LOCK, params: {limit: 3}}
            """, head: "scopes: {production: {env: prod}}\n")
        func verdict(_ attempts: Int, _ labels: [String: String], _ id: Int) throws -> Verdict? {
            set.result(of: "LOCK", for: try Self.snapshot(attempts: attempts, labels: labels, id: id))?.verdict
        }
        #expect(try verdict(3, [:], 1) == .pass)
        #expect(try verdict(4, [:], 1) == .fail)
        #expect(try verdict(2, ["env": "prod"], 1) == .pass)
        #expect(try verdict(3, ["env": "prod"], 1) == .fail)
        #expect(try verdict(2, ["env": "prod"], 4199) == .fail)
        #expect(try verdict(1, ["env": "prod"], 4199) == .pass)
        let failed = set.result(of: "LOCK", for: try Self.snapshot(attempts: 9, labels: ["env": "prod"], id: 4199))
        #expect(failed?.severity == .low, "the scope's severity holds where the client's override says none")
        #expect(failed?.message == "9 of 1", "a message names the value of the parameter that was compared")
    }

    @Test func `a disabled rule applies to nobody that it is disabled for, and says why`() throws {
        let set = try Self.set(
            """
              - {rule: EXPIRY, disable: true, reason: single sign-on}
              - {rule: EXPIRY, clients: [7], disable: false, reason: no single sign-on there}
            """)
        let result = set.result(of: "EXPIRY", for: try Self.snapshot(attempts: 1))
        #expect(result?.verdict == .notApplicable)
        #expect(result?.notApplicableReason == "disabled at org.yaml:3: single sign-on")
        #expect(set.result(of: "EXPIRY", for: try Self.snapshot(attempts: 1, id: 7))?.verdict == .pass)
        let clients = try [Self.snapshot(attempts: 1), Self.snapshot(attempts: 1, id: 7)].map(\.client)
        #expect(
            set.disabledRules(for: clients) == [
                .init(ruleID: "EXPIRY", reason: "disabled at org.yaml:3: single sign-on", clientCount: 1)
            ])
    }

    @Test func `a whole policy can be overridden`() throws {
        let set = try Self.set("  - {policy: base, severity: info, params: {limit: 1}}")
        #expect(set.facts.map(\.severity) == [.info, .info])
        #expect(set.result(of: "LOCK", for: try Self.snapshot(attempts: 2))?.verdict == .fail)
    }

    @Test func `a parameter that is set for the run counts before every override`() throws {
        let set = try Self.set("  - {rule: LOCK, params: {limit: 3}}")
        let what = try #require(set.withOverrides(params: ["limit": 8]).policySet)
        #expect(what.result(of: "LOCK", for: try Self.snapshot(attempts: 8))?.verdict == .pass)
        #expect(what.explanation(of: "LOCK")?.fields.last?.saying.origin.description == "--set")
    }

    @Test func `the set that is made again from what is stored judges alike and has the same digest`() throws {
        let files = [
            PolicyFile(name: "z.yaml", text: Self.base, layer: 3),
            PolicyFile(
                name: "a.yaml",
                text: "policy: {id: org, title: Org, version: '1'}\noverride:\n  - {rule: LOCK, params: {limit: 3}}",
                layer: 7),
        ]
        let set = try #require(PolicyLoader.load(files).policySet)
        let again = try #require(PolicyLoader.load(set.canonicalSource.map(\.file)).policySet)
        #expect(again.digest == set.digest)
        #expect(again.ruleDigests == set.ruleDigests)
        #expect(set.canonicalSource.map(\.layer) == [0, 1])
        let plain = try #require(PolicyLoader.load([files[0]]).policySet)
        #expect(plain.ruleDigests["LOCK"] != set.ruleDigests["LOCK"], "another limit is another rule")
        #expect(plain.ruleDigests["EXPIRY"] == set.ruleDigests["EXPIRY"])
    }

    @Test func `only the clients that an override is for have another rule`() throws {
        let set = try Self.set("  - {rule: LOCK, clients: [7], params: {limit: 3}}")
        let others = try Self.snapshot(attempts: 1).client
        let own = try Self.snapshot(attempts: 1, id: 7).client
        #expect(set.ruleDigests(for: others) == set.ruleDigests)
        #expect(set.ruleDigests(for: own)["LOCK"] != set.ruleDigests["LOCK"])
        #expect(set.readsClientID)
    }

    @Test(arguments: [
        ("  - {rule: LOCKK, severity: low}", "org.yaml:3:12: error: unknown rule 'LOCKK' in an override", "LOCK"),
        ("  - {policy: bass, severity: low}", "org.yaml:3:14: error: unknown policy 'bass' in an override", "base"),
        (
            "  - {rule: LOCK}",
            "org.yaml:3:5: error: this override sets nothing; give it severity, params, message or disable", nil
        ),
        (
            "  - {rule: LOCK, disable: true}",
            "org.yaml:3:18: error: a rule is disabled only with a reason; add reason: …", nil
        ),
        (
            "  - {rule: LOCK, params: {limits: 3}}", "org.yaml:3:27: error: unknown parameter 'limits' in rule LOCK",
            "limit"
        ),
        (
            "  - {rule: LOCK, params: {limit: many}}",
            "org.yaml:3:34: error: parameter 'limit' cannot be set to \"many\"; its default is of type integer", nil
        ),
        (
            "  - {rule: LOCK, params: {days: 3}}",
            "org.yaml:3:27: warning: rule LOCK does not read parameter 'days'", nil
        ),
        (
            "  - {rule: LOCK, message: 'x {nix}'}",
            "org.yaml:3:30: error: unknown placeholder {nix}; known are {value}, {path}, {client.id} and {params.NAME}",
            nil
        ),
        (
            "  - {rule: LOCK, scope: prod, severity: low}", "org.yaml:3:25: error: unknown scope 'prod' in an override",
            nil
        ),
        (
            "  - {rule: LOCK, policy: base, severity: low}",
            "org.yaml:3:18: error: an override has both 'policy' and 'rule'; keep one", nil
        ),
    ])
    func `a wrong override is told with its place`(text: String, head: String, suggestion: String?) throws {
        let found = Self.loaded(text).diagnostics
        let lines = found.map { $0.description.split(separator: "\n").first.map(String.init) ?? "" }
        #expect(lines.contains(head), "\(lines)")
        if let suggestion { #expect(found.contains { $0.suggestion == suggestion }) }
    }

    @Test func `a value that makes a rule wrong is told where the value stands`() {
        let base = """
            policy: {id: base, title: Base, version: '1'}
            params: {limit: 5}
            rules:
              - {id: R, title: T, check: {internal.maxFailedCcsLoginAttempts: {between: [1, $limit]}}}
            """
        let found = Self.loaded("  - {rule: R, clients: [1, 2], params: {limit: 0}}", base: base).diagnostics
        #expect(
            found.map(\.message) == ["with these values rule R is wrong: nothing is between 1 and 0"])
        #expect(found.first.map { [$0.line, $0.column] } == [3, 48])
    }

    @Test func `two files of one layer must not disagree, and no file overrides a later layer`() {
        func org(_ name: String, _ layer: Int, _ rule: String) -> PolicyFile {
            PolicyFile(
                name: name, text: "policy: {id: \(name), title: T, version: '1'}\noverride:\n  - \(rule)", layer: layer)
        }
        let base = PolicyFile(name: "base.yaml", text: Self.base, layer: 1)
        let same = PolicyLoader.load([
            base, org("a.yaml", 2, "{rule: LOCK, severity: low}"), org("b.yaml", 2, "{rule: LOCK, severity: high}"),
        ])
        #expect(
            same.diagnostics.map(\.message) == [
                "'severity' of rule LOCK is overridden at a.yaml:3 already, in the same layer and for the same clients"
            ])
        let apart = PolicyLoader.load([
            base, org("a.yaml", 2, "{rule: LOCK, severity: low}"), org("b.yaml", 3, "{rule: LOCK, severity: info}"),
        ])
        #expect(apart.policySet?.facts.first { $0.id == "LOCK" }?.severity == .info)
        let early = PolicyLoader.load([base, org("a.yaml", 0, "{rule: LOCK, severity: low}")])
        #expect(
            early.diagnostics.map(\.message) == [
                "rule LOCK stands at base.yaml:4, in a later layer; an override comes with the rule or after it"
            ])
    }

    @Test func `an explanation tells what counts, what it replaced, and what counts elsewhere`() throws {
        let set = try Self.set(
            """
              - {rule: LOCK, params: {limit: 4}, reason: our standard}
              - {rule: LOCK, scope: production, params: {limit: 3}}
            """, head: "scopes: {production: {env: prod}}\n")
        let production = try Self.snapshot(attempts: 4, labels: ["env": "prod"])
        let field = try #require(
            set.explanation(of: "LOCK", for: production.client)?.fields.first { $0.name == "params.limit" })
        #expect(field.saying.value == "3")
        #expect(field.saying.origin.description == "org.yaml:5, for scope production")
        #expect(field.replaced.map(\.value) == ["5", "4"])
        #expect(field.replaced.last?.origin.description == "org.yaml:4: our standard")
        let elsewhere = try #require(set.explanation(of: "LOCK")?.fields.first { $0.name == "params.limit" })
        #expect(elsewhere.saying.value == "4")
        #expect(elsewhere.elsewhere.map(\.value) == ["3"])
        let traced = try #require(set.tracedResult(of: "LOCK", for: production))
        #expect(traced.result.verdict == .fail)
        #expect(traced.check.map(\.expected) == ["at most 3, not 0"])
        #expect(set.explanation(of: "NONE") == nil)
    }

    @Test func `a trace has the comparisons that hold, too`() throws {
        let set = try ruleSet(
            check: "{any: [{internal.encryptCcsPassword: true}, {internal.encryptAcdPassword: true}]}",
            when: "{settings.acdAgentSkillEnabled: true}")
        let snapshot = try Snapshot.of([
            .internal: #"{"encryptCcsPassword":true,"encryptAcdPassword":false}"#,
            .settings: #"{"acdAgentSkillEnabled":true}"#,
        ])
        let traced = try #require(set.tracedResult(of: "R", for: snapshot))
        #expect(traced.result.verdict == .pass)
        #expect(traced.result.comparisons.isEmpty)
        #expect(traced.condition.map(\.reason) == [.satisfied])
        #expect(traced.check.map(\.reason) == [.satisfied, .violated])
    }
}
