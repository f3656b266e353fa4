import AuditModel
import Foundation
import GRDB
import Testing

/// What a store holds of its runs, whatever their times and ids: what must be the same however often a run was cut off.
struct StoredState: Equatable, CustomStringConvertible {
    /// `client group digest-or-failure`, and `client results digest`, sorted; the state of the run first.
    typealias Run = [String]

    /// The runs by start.
    var runs: [Run]

    var description: String { runs.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") }

    /// Reads a store, from a copy, so that looking does not repair what a killed process has left.
    ///
    /// - Parameter isUnderAnyKey: whether redacted values count as equal, since every new store has a key of its own.
    init(of database: URL, isUnderAnyKey: Bool = false) throws {
        self = try withCopy(of: database) { try StoredState(in: $0, isUnderAnyKey: isUnderAnyKey) }
    }

    private init(in db: Database, isUnderAnyKey: Bool) throws {
        var contents: [String: String] = [:]
        if isUnderAnyKey {
            let rows = try Row.fetchAll(
                db, sql: "SELECT hex(digest), json FROM document WHERE json LIKE '%redacted:hmac-sha256:%'")
            for row in rows {
                let json: String = row[1]
                contents[row[0]] = json.replacing(/redacted:hmac-sha256:[0-9a-f]{32}/, with: "redacted")
            }
        }
        let ids = try Int64.fetchAll(db, sql: "SELECT id FROM run ORDER BY started_at")
        runs = try ids.map { id in
            let state = try String.fetchOne(db, sql: "SELECT state FROM run WHERE id = ?", arguments: [id])
            var lines: [String] = []
            let columns = ["internal", "settings", "messaging", "voice_pool", "countries"]
            for (index, column) in columns.enumerated() {
                lines += try String.fetchAll(
                    db,
                    sql: """
                        SELECT client_number || ' \(column) ' || coalesce(hex(document.digest), (
                            SELECT reason || ' ' || coalesce(status, '') || ' ' || request FROM capture_failure
                            WHERE capture_failure.run_id = client_night.run_id AND group_id = \(index + 1)
                            AND capture_failure.client_number = client_night.client_number
                            ORDER BY attempt DESC LIMIT 1), \(column)_id)
                        FROM client_night LEFT JOIN document ON document.id = client_night.\(column)_id
                        WHERE run_id = ?
                        """, arguments: [id])
            }
            lines += try String.fetchAll(
                db,
                sql: """
                    SELECT client_number || ' results ' || coalesce(hex(results.digest), 'none')
                    FROM client_night LEFT JOIN results ON results.id = client_night.results_id WHERE run_id = ?
                    """, arguments: [id])
            let told = lines.map { line in
                line.split(separator: " ").last.flatMap { contents[String($0)] }.map { line.dropLast(64) + $0 } ?? line
            }
            return [state ?? ""] + told.sorted()
        }
    }
}

/// What SQLite itself finds wrong with a database; empty where it is intact. A missing file is intact, too.
func integrityFindings(of database: URL) throws -> [String] {
    guard FileManager.default.fileExists(atPath: database.path) else { return [] }
    return try withCopy(of: database) { db in
        let findings = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
        let dangling = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map(\.description)
        return findings + dangling
    }
}

/// Reads a copy of a database and its log; the original stays as it was left.
private func withCopy<Value>(of database: URL, _ body: (Database) throws -> Value) throws -> Value {
    let copy = database.deletingLastPathComponent().appending(path: ".copy-\(UUID().uuidString)")
    defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy.path + suffix) } }
    for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: database.path + suffix) {
        try FileManager.default.copyItem(atPath: database.path + suffix, toPath: copy.path + suffix)
    }
    let queue = try DatabaseQueue(path: copy.path)
    defer { try? queue.close() }
    return try queue.read(body)
}
