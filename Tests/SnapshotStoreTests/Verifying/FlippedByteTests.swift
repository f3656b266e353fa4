import AuditModel
import AuditTestSupport
import Foundation
import GRDB
import Testing

@testable import SnapshotStore

/// Every column of every table, one byte of it altered by somebody with an SQL shell: checking must find it.
struct FlippedByteTests {
    /// What no digest holds, and the documentation says so: it says nothing about the past.
    static let unprotected: Set<String> = [
        "environment.base_url", "login_refusal.environment_id", "login_refusal.session_key",
        "login_refusal.fingerprint",
        "login_refusal.refused_at", "store_key.id", "store_key.check_value",
    ]

    /// Where an altered row shows, besides under its own name.
    static let alsoNamed = [
        "capture_failure": ["client_night"], "environment": ["run", "roster"], "results": ["client_night"],
        "settings_group": ["document", "capture_failure"], "log_identity": ["checkpoint"],
    ]

    /// Columns that have something to flip.
    private static func store(isPruned: Bool) throws -> SnapshotStore {
        let store = try EvidenceStore.make()
        try store.rememberRefusedLogin(
            in: na3, sessionKey: "fleet/C1", fingerprint: Digest(of: "f"), at: start(ofNight: 2))
        guard isPruned else { return store }
        for night in 10..<20 { try EvidenceStore.addNight(night, marked: 10, to: store) }
        for (number, action) in [(1, LegalHold.Action.hold), (7, .hold), (1, .release)] {
            try store.note(
                LegalHold(
                    client: Client.ID(environment: na3, number: number), action: action, reason: "case \(number)",
                    notedBy: "kim", notedAt: start(ofNight: 19)))
        }
        let tally = try store.pruneUnchangedNights(in: na3, startedBefore: start(ofNight: 18))
        try #require(tally.clients == [1] && tally.rows == 7)
        return store
    }

    @Test(arguments: [false, true])
    func `one flipped byte of any column of any table is found and named`(isPruned: Bool) throws {
        var generator = SeededGenerator(seed: 20_261_124)
        let store = try Self.store(isPruned: isPruned)
        #expect(try store.verification().findings == [])
        try store.dropGuards()
        var columns: Set<String> = []
        try store.database.writeWithoutTransaction { db in
            let tables = try String.fetchAll(
                db,
                sql: """
                    SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                    AND name <> 'grdb_migrations' ORDER BY name
                    """)
            for table in tables {
                for column in try db.columns(in: table).map(\.name) {
                    let name = "\(table).\(column)"
                    columns.insert(name)
                    for _ in 0..<(isPruned ? 3 : 6) {
                        guard let flip = try Flip(table, column, in: db, using: &generator) else { continue }
                        let findings = try flip.tried(in: db, key: store.storedKey)
                        if Self.unprotected.contains(name) { continue }
                        #expect(!findings.isEmpty, "seed \(generator.seed): \(flip) is not found")
                        let names = [table] + (Self.alsoNamed[table] ?? [])
                        let isNamed = findings.contains { finding in
                            names.contains { "\(finding.table) \(finding.key) \(finding.clause)".contains($0) }
                        }
                        #expect(isNamed, "seed \(generator.seed): \(flip) is not named: \(findings)")
                    }
                }
            }
        }
        #expect(columns.count > 90, "\(columns.count)")
        #expect(try store.verification().findings == [], "the flips were not undone")
    }

    @Test(arguments: [false, true])
    func `a missing row of any table of evidence is found`(isPruned: Bool) throws {
        let store = try Self.store(isPruned: isPruned)
        try store.dropGuards()
        // Bodies and evaluations are remembered for speed: one that is missing is made again, and changes nothing. Texts of
        // documents and results that nothing refers to are no evidence.
        let tables = [
            "run", "client_night", "capture_failure", "note", "document", "client_facts", "roster", "results",
            "policy_text", "policy_set", "environment", "log_entry", "log_identity", "settings_group",
            "unchanged_nights", "pruned_subtree",
        ]
        try store.database.writeWithoutTransaction { db in
            for table in tables {
                let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
                for row in 0..<count {
                    try db.execute(sql: "SAVEPOINT attempt")
                    let identity = try Flip.identity(of: table, row: row, in: db)
                    try db.execute(
                        sql: "DELETE FROM \(table) WHERE \(identity.sql)",
                        arguments: StatementArguments(identity.values))
                    var verifier = StoreVerifier(db: db, key: store.storedKey) { _, _ in }
                    verifier.verifyAll()
                    #expect(!verifier.outcome.findings.isEmpty, "row \(row) of \(table)")
                    try db.execute(sql: "ROLLBACK TO attempt; RELEASE attempt")
                }
            }
        }
        #expect(try store.verification().findings == [])
    }
}

/// One altered value.
struct Flip: CustomStringConvertible {
    private var table: String
    private var column: String
    private var identity: (sql: String, values: [DatabaseValue])
    private var before: DatabaseValue
    private var after: DatabaseValue
    /// Texts are written as bytes: what a flip makes of them may be no UTF-8.
    private var isText: Bool

    var description: String { "\(table).\(column) of \(identity.values): \(before) → \(after)" }

    /// Flips one bit of one row's value, all drawn; nil where it has none.
    init?(
        _ table: String, _ column: String, in db: Database, using generator: inout some RandomNumberGenerator
    ) throws {
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
        guard count > 0 else { return nil }
        identity = try Self.identity(of: table, row: Int.random(in: 0..<count, using: &generator), in: db)
        self.table = table
        self.column = column
        let row = try Row.fetchOne(
            db, sql: "SELECT typeof(\(column)), \(column), CAST(\(column) AS BLOB) FROM \(table) WHERE \(identity.sql)",
            arguments: StatementArguments(identity.values))
        guard let row else { return nil }
        let type: String = row[0]
        before = row[1]
        isText = type == "text"
        switch type {
        case "integer":
            let value: Int64 = row[1]
            after = (value ^ (1 << Int64.random(in: 0..<40, using: &generator))).databaseValue
        case "text", "blob":
            var bytes = [UInt8](row[2] as Data? ?? Data())
            guard !bytes.isEmpty else { return nil }
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            after = Data(bytes).databaseValue
        default: return nil
        }
    }

    /// Alters it, checks the store, and takes it back. A value that an index refuses was never there.
    func tried(in db: Database, key: StoreKey?) throws -> [IntegrityFinding] {
        try db.execute(sql: "SAVEPOINT attempt")
        defer { try? db.execute(sql: "ROLLBACK TO attempt; RELEASE attempt") }
        do {
            try db.execute(
                sql: "UPDATE \(table) SET \(column) = \(isText ? "CAST(? AS TEXT)" : "?") WHERE \(identity.sql)",
                arguments: StatementArguments([after] + identity.values))
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            return [IntegrityFinding(table, "", "refused")]
        }
        var verifier = StoreVerifier(db: db, key: key) { _, _ in }
        verifier.verifyAll()
        return verifier.outcome.findings
    }

    /// What finds one row: its primary key, or its row number.
    static func identity(of table: String, row: Int, in db: Database) throws -> (sql: String, values: [DatabaseValue]) {
        let key = try String.fetchAll(
            db, sql: "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", arguments: [table])
        let columns = key.isEmpty ? ["rowid"] : key
        let values = try Row.fetchOne(
            db,
            sql: """
                SELECT \(columns.joined(separator: ", ")) FROM \(table) ORDER BY \(columns.joined(separator: ", ")) \
                LIMIT 1 OFFSET \(row)
                """)
        return (
            columns.map { "\($0) IS ?" }.joined(separator: " AND "),
            values.map { Array($0.databaseValues) } ?? []
        )
    }
}
