import AuditModel
import AuditTestSupport
import Emulator
import Evidence
import Foundation
import Testing

/// Where a night's checkpoint goes outside of the database; files and commands are in `EvidenceLogTests`.
@Suite(.serialized)
struct CheckpointPlaceTests {
    @Test func `a checkpoint goes to a webhook as it is, and one that is refused is told`() async throws {
        try await Fleet.with(clients: 1) { fleet in
            let configured = try String(contentsOf: fleet.folder.appending(path: "audit.yaml"), encoding: .utf8)
            try await PostServer.run { server in
                try fleet.write(
                    configured + "evidence: {checkpoints: [{webhook: \"http://127.0.0.1:\(server.port)/log\"}]}\n",
                    to: "audit.yaml")
                let night = try await fleet.audit.run("run", "--now", "2026-11-01T02:00:00Z")
                #expect(night.status == 1, "\(night.errors)")
                let told = night.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                #expect(told.contains("The checkpoint is at: webhook 127.0.0.1."), "\(night.output)")
                let request = try #require(server.requests.first)
                #expect(request.line == "POST /log HTTP/1.1")
                let checkpoint = try Checkpoint(text: request.body)
                #expect(checkpoint.size == 1)
                server.answer { _ in .status(503) }
                let refused = try await fleet.audit.run("run", "--now", "2026-11-02T02:00:00Z")
                #expect(refused.status == 74, "\(refused.output)\(refused.errors)")
                #expect(refused.output.contains("did not get to webhook 127.0.0.1"), "\(refused.output)")
            }
        }
    }
}
