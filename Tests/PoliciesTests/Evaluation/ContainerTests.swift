import AuditModel
import Policies
import Testing

/// What stands where a list or an object should is neither absent nor a pass.
struct ContainerTests {
    @Test(arguments: [
        (#"{"property":null}"#, "", Verdict.fail, ComparisonReason?.some(.null)),
        (#"{"property":null}"#, ", absent: pass", .fail, .null),
        (#"{"property":null}"#, ", \"null\": pass", .pass, nil),
        (#"{"property":"5"}"#, ", absent: pass", .fail, .wrongType),
        (#"{"property":{}}"#, ", absent: pass", .fail, .wrongType),
        (#"{}"#, ", absent: pass", .pass, nil),
        (#"{}"#, "", .fail, .absent),
        (#"{"property":[]}"#, ", absent: pass", .pass, nil),
    ])
    func `a selection in something that is no list`(
        body: String, modifier: String, verdict: Verdict, reason: ComparisonReason?
    ) throws {
        let check = "{\"messaging.property[key=requeue_limit].value\": {atMost: 10, coerce: int\(modifier)}}"
        let found = try result(check: check, for: Snapshot.of([.messaging: body]))
        #expect(found.verdict == verdict)
        #expect(found.comparisons.first?.reason == reason)
    }

    @Test func `a condition over something that is no list is unknown`() throws {
        let found = try result(
            check: "{internal.encryptCcsPassword: true}",
            when: "{\"messaging.property[key=requeue_limit].value\": {atMost: 10, coerce: int, absent: pass}}",
            for: Snapshot.of([.messaging: #"{"property":"x"}"#, .internal: #"{"encryptCcsPassword":true}"#]))
        #expect(found.verdict == .unknown)
    }

    @Test func `a modifier under not is warned of, since not turns it round`() {
        let found = load(
            "  - {id: R, title: T, check: {not: {internal.maxDailyAttempts: {greaterThan: 7, zero: violates}}}}\n"
        ).diagnostics
        #expect(
            found.map(\.message) == [
                "'zero' of 'internal.maxDailyAttempts' stands under 'not', which turns it round; state it in a rule without 'not'"
            ])
    }

    @Test func `a waiver that reads the moment, and an override for nobody, are told`() throws {
        let waiver = PolicyFile(
            name: "w.yaml",
            text:
                "waivers:\n  - {id: W, rule: R, clients: [1], while: {cel: 'now < timestamp(0)'}, reason: r, owner: o, approver: a, from: 2026-01-01, expires: 2026-12-31}\n"
        )
        #expect(
            WaiverLoader.load([waiver]).diagnostics.map(\.message) == [
                "the 'while' of waiver W cannot read 'now': 'from' and 'expires' say when a waiver holds"
            ])
        let set = try policySet(
            "  - {id: R, title: T, check: {internal.encryptCcsPassword: true}}\noverride:\n  - {rule: R, scope: typo, severity: low}\n  - {rule: R, clients: [7], severity: high}\n",
            head: "scopes: {typo: {env: prdo}}\n")
        let clients = try [Snapshot.of([:], labels: ["env": "prod"], id: 7).client]
        #expect(set.unmatchedOverrides(for: clients).map(\.subject) == ["scope typo"])
    }
}
