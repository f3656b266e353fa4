import AuditModel
import AuditPipeline
import AuditTestSupport
import Foundation
import ReviewPack
import Testing

@testable import audit

/// Waivers in a review pack: over which failures they lay follows from the texts that were recorded.
@Suite(.serialized)
struct PackWaiverTests {
    private static let policy = """
        policy: {id: p, title: Expiry, version: "1"}
        rules:
          - {id: EXP, title: Passwords expire, severity: high, check: {internal.passwordExpirationDays: {between: [1, 90]}}}

        """
    private static let waivers = [
        """
          - {id: W-1, rule: EXP, clients: [local/4199], reason: "Single <b>sign-on</b>", owner: o, approver: ciso, ticket: SEC-1, from: 2026-10-01, expires: 2026-10-31}

        """,
        """
          - {id: W-2, rule: EXP, scope: {env: prod}, while: {internal.passwordExpirationDays: 0}, reason: Pinned, owner: o, approver: c, from: 2026-10-01, expires: 2026-12-31}

        """,
    ]

    /// A pack of two nights of client 4199, which fails the one rule under a waiver that a `while` pins; the second night has
    /// the other waiver alone, which has ended.
    private func made(in folder: URL) async throws -> PackBindingTests.Made {
        let audit = AuditProcess(folder: folder)
        func write(_ text: String, _ name: String) throws {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try write(Self.policy, "policies/expiry.yaml")
        try write(
            "database: audit.sqlite\nenvironments:\n  local: {emulator: {clients: 2, seed: 7}}\nreports: []\n",
            "audit.yaml")
        for (day, waivers) in [("2026-10-30", Self.waivers.joined()), ("2026-11-01", Self.waivers[0])] {
            try write("waivers:\n" + waivers, "policies/waivers.yaml")
            let night = try await audit.run("run", "--quiet", "--now", "\(day)T12:00:00Z")
            #expect(night.status < 2, "\(night.errors)")
        }
        let pack = try await audit.run(
            "pack", "--from", "previous", "--to", "latest", "--now", "2026-11-01T13:00:00Z", "--output", "p.zip")
        try #require(pack.status == 0, "\(pack.errors)")
        let verified = try await audit.run("pack", "verify", "p.zip")
        #expect(verified.status == 0, "\(verified.output)")
        #expect(!verified.output.contains("waiver"), "what 'while' reads is here: \(verified.output)")
        return try PackBindingTests.Made(Array(Data(contentsOf: folder.appending(path: "p.zip"))))
    }

    @Test func `a waiver that was put over a failure, taken off it or told otherwise does not get past the texts`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let made = try await made(in: folder)
            let record = made.record
            #expect(record.from.report.waived.map(\.waiver?.id) == ["W-2"])
            #expect(record.to.report.failures.map(\.client.id.number) == [4199])
            #expect(record.waivers.map(\.id) == ["W-1", "W-2"])
            #expect(record.waivers.map(\.state) == [.ended, .inForce])
            #expect(record.difference.verdictChanges.map(\.waiverBefore) == ["W-2"])
            let forgeries: [(String, (inout ReviewRecord) -> Void)] = [
                (
                    "taken off",
                    { record in
                        var finding = record.from.report.waived.removeLast()
                        finding.waiver = nil
                        record.from.report.failures.append(finding)
                        record.from.report.rules[0].counts.fail += 1
                        record.from.report.rules[0].counts.waived -= 1
                        record.difference.verdictChanges = []
                    }
                ),
                (
                    "put over",
                    { record in
                        var finding = record.to.report.failures.removeLast()
                        finding.waiver = record.from.report.waived[0].waiver
                        record.to.report.waived.append(finding)
                        record.to.report.rules[0].counts.fail -= 1
                        record.to.report.rules[0].counts.waived += 1
                        record.difference.verdictChanges = []
                    }
                ),
                ("another approver", { $0.from.report.waived[0].waiver?.approver = "somebody" }),
                ("another end", { $0.from.report.waived[0].waiver?.expires = $0.to.day }),
                ("an entry left out", { $0.waivers.removeFirst() }),
                ("an entry's state", { $0.waivers[0].state = .inForce }),
                ("an entry's reason", { $0.waivers[1].reason = "Approved by the board" }),
                ("an entry's end", { $0.waivers[0].expires = $0.waivers[1].expires }),
                ("a waiver that moved a verdict", { $0.difference.verdictChanges[0].waiverBefore = "W-1" }),
            ]
            for (name, forge) in forgeries {
                var forged = record
                forge(&forged)
                let found = try PackBindingTests.findings(try made.forged(forged))
                #expect(found.contains { $0.file == "record.json" }, "\(name): \(found)")
            }
        }
    }
}
