import AuditModel
import Foundation
import Testing

/// The sheet of `remediate plan` in its formats.
@Suite(.serialized)
struct RemediationSheetTests {
    @Test func `a manual step says what other rules ask of the setting, and the rule's fix, in every format`()
        async throws
    {
        try await Fleet.with(clients: 1) { fleet in
            try fleet.allowRemediation()
            try fleet.write(
                """
                policy: {id: locks, title: Locks, version: "1"}
                rules:
                  - {id: LOCK-ON, title: On, severity: high, check: {internal.maxFailedAcdLoginAttempts: {atLeast: 1000}}, remediation: "=Set it to 1000."}
                  - {id: LOCK-LIMIT, title: Limit, check: {internal.maxFailedAcdLoginAttempts: {atMost: 1001, zero: satisfies}}}
                  - {id: V-MUST, title: Must, check: {"voicePool.voice[*].id": {contains: 11}}}

                """, to: "voices.yaml")
            #expect(try await fleet.audit.run("run", "--quiet").status == 1)
            let text = try await fleet.audit.run("remediate", "plan", "--rule", "LOCK-ON")
            #expect(text.output.contains("at least 1000  at most 1001 (LOCK-LIMIT)  LOCK-ON"), "\(text.output)")
            #expect(text.output.contains("\nFix LOCK-ON: =Set it to 1000.\n"), "\(text.output)")
            let json = try await fleet.audit.run("remediate", "plan", "--format", "json").json()
            let step = json["manualSteps"]?.arrayValue?.first
            #expect(
                step?["also"] == [
                    ["rule": "LOCK-LIMIT", "wanted": "at most 1001", "isOneOfSeveral": false, "isConditional": false]
                ])
            #expect(step?["remediation"] == "=Set it to 1000.")
            let csv = try await fleet.audit.run("remediate", "plan", "--format", "csv", "--output", "steps.csv")
            #expect(csv.status == 0 && csv.errors.contains("wrote steps.csv"), "\(csv.errors)")
            let lines = try String(contentsOf: fleet.folder.appending(path: "steps.csv"), encoding: .utf8)
                .split(whereSeparator: \.isNewline).map(String.init)
            try #require(lines.count == 3, "\(lines)")
            #expect(
                lines[0].hasPrefix(
                    "kind,environment,client,code,rule,severity,finding,plan,write,action,voice,request,"))
            #expect(lines[1].hasPrefix("write,emulated,4199,") && lines[1].contains(",1,add,11,POST /configuration/"))
            #expect(lines[2].hasPrefix("manual,emulated,4199,"))
            #expect(lines[2].contains(",at least 1000,at most 1001 (LOCK-LIMIT),'=Set it to 1000.,"), "\(lines[2])")
        }
    }
}
