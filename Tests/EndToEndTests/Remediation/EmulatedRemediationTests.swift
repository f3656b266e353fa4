import AuditModel
import Emulator
import Foundation
import Testing

@testable import audit

/// Remediation as somebody tries it who has nothing but `audit emulator --write-config`.
@Suite(.serialized)
struct EmulatedRemediationTests {
    @Test func `what the emulator writes is enough to plan and apply, and a pool that moved is refused`() async throws {
        try await Fleet.with(clients: 1) { fleet in
            let folder = fleet.folder.appending(path: "emulated")
            try EmulatorConfigurationWriter.write(fleet.server.manifest, to: folder.path)
            try fleet.write(
                """
                policy: {id: voices, title: Voices, version: "1"}
                rules:
                  - {id: V-MUST, title: Approved voices are there, severity: high, check: {"voicePool.voice[*].id": {contains: 11}}}
                  - {id: V-NOT, title: Withdrawn voices are not, severity: high, check: {"voicePool.voice[*].id": {containsNone: [5]}}}

                """, to: "voices.yaml")
            let configuration = ["--config", "emulated/audit.yaml"]
            func audit(_ arguments: String...) async throws -> AuditProcess.Result {
                try await fleet.audit.run(arguments + configuration)
            }
            let night = try await audit("run", "--policies", "voices.yaml", "--quiet")
            #expect(night.status == 1, "\(night.errors)")
            func planned(_ more: String...) async throws -> String {
                let sheet = try await fleet.audit.run(["remediate", "plan", "--format", "json"] + more + configuration)
                return try #require(try sheet.json()["plans"]?[0]?["digest"]?.stringValue, "\(sheet.errors)")
            }
            let whole = try await planned()
            let part = try await planned("--rule", "V-NOT")
            let off = try await audit("remediate", "apply", part)
            #expect(off.status == 2 && off.errors.contains("remediation is not enabled"), "\(off.errors)")
            let file = folder.appending(path: "audit.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            try Data(text.replacing("enabled: false", with: "enabled: true").utf8).write(to: file)
            #expect(try await audit("remediate", "apply", part).status == 0)
            #expect(fleet.voiceChanges == ["-5"])
            let moved = try await audit("remediate", "apply", whole)
            #expect(moved.status == 2 && moved.errors.contains("nothing was written"), "\(moved.output)\(moved.errors)")
            #expect(fleet.voiceChanges == ["-5"])
        }
    }
}
