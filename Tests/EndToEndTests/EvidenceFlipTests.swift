import AuditModel
import AuditTestSupport
import Foundation
import GRDB
import Testing

/// Somebody with an SQL shell against `audit verify`, by chance rather than by plan.
@Suite(.serialized)
struct EvidenceFlipTests {
    /// What says something of the past, and in which rows: a byte of each is flipped somewhere.
    static let evidence: [(table: String, columns: [String])] = [
        ("document", ["json", "digest", "order_free_digest"]), ("results", ["json", "digest"]),
        ("client_night", ["times", "internal_id", "voice_pool_id", "results_id"]),
        ("run", ["uuid", "base_url", "tool_version", "started_at", "sealed_at", "policy_set"]),
        ("client_facts", ["code", "labels", "account"]), ("roster", ["digest", "members"]),
        ("policy_text", ["text", "digest"]), ("policy_set", ["members", "digest"]),
        ("capture_failure", ["reason", "request"]), ("log_entry", ["leaf"]), ("checkpoint", ["note"]),
        ("log_identity", ["origin"]), ("raw_body", ["tag", "keyed_digest"]), ("evaluation", ["tag", "key"]),
    ]

    @Test func `a byte that is flipped anywhere in the evidence is found by the command`() async throws {
        try await withTemporaryFolder { folder in
            // Nine nights, since the failures of the demo come late.
            let audit = try await EvidenceLogTests.demo(in: folder, nights: 9, clients: 25)
            let seed = UInt64.random(in: 0...UInt64.max)
            print("EvidenceLogTests: seed \(seed)")
            var generator = SeededGenerator(seed: seed)
            for (table, columns) in Self.evidence {
                let column = try #require(columns.randomElement(using: &generator))
                let sql = try Self.flip(
                    table, column, in: folder.appending(path: "demo.sqlite"), using: &generator)
                try EvidenceLogTests.alter(folder.appending(path: "demo.sqlite"), as: "copy.sqlite", sql)
                let verified = try await audit.run("verify", "--database", "copy.sqlite", "--sample", "10")
                #expect(verified.status == 4, "seed \(seed), \(sql): \(verified.output)\(verified.errors)")
                let names = [table] + (Self.alsoNamed[table] ?? [])
                let findings = verified.output.split(separator: "\n").filter { $0.hasPrefix("  ") }
                #expect(
                    findings.contains { finding in names.contains { finding.contains($0) } },
                    "seed \(seed), \(sql): \(verified.output)")
            }
        }
    }

    /// Where an altered row shows, besides under its own name.
    private static let alsoNamed = [
        "capture_failure": ["client_night"], "results": ["client_night"], "log_identity": ["checkpoint"],
        "client_facts": ["roster"],
    ]

    /// A statement that flips one bit of one row's value, all drawn.
    private static func flip(
        _ table: String, _ column: String, in database: URL, using generator: inout some RandomNumberGenerator
    ) throws -> String {
        let queue = try DatabaseQueue(path: database.path)
        defer { try? queue.close() }
        let rows = try queue.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT typeof(\(column)) AS type, quote(\(column)) AS old, hex(CAST(\(column) AS BLOB)) AS bytes FROM \(table) WHERE \(column) IS NOT NULL
                    """)
        }
        let row = try #require(rows.randomElement(using: &generator), "\(table) has rows")
        let (type, old, hex): (String, String, String) = (row["type"], row["old"], row["bytes"])
        var new: String
        if type == "integer" {
            let value = try #require(Int64(old))
            new = String(value ^ (1 << Int64.random(in: 0..<20, using: &generator)))
        } else {
            var bytes = stride(from: 0, to: hex.count, by: 2).map { start -> UInt8 in
                let at = hex.index(hex.startIndex, offsetBy: start)
                return UInt8(hex[at...hex.index(after: at)], radix: 16) ?? 0
            }
            bytes[Int.random(in: bytes.indices, using: &generator)] ^= 1 << UInt8.random(in: 0..<7, using: &generator)
            new = "x'\(Hexadecimal.text(of: bytes))'"
            if type == "text" { new = "CAST(\(new) AS TEXT)" }
        }
        // Of rows with the same value one is altered: the others stay, so that nothing is only swapped.
        let key = try queue.read { db in try db.primaryKey(table).columns.joined(separator: ", ") }
        return
            "UPDATE \(table) SET \(column) = \(new) WHERE (\(key)) = (SELECT \(key) FROM \(table) WHERE \(column) IS \(old) LIMIT 1)"
    }
}
