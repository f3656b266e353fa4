import AuditModel
import AuditTestSupport
import GRDB
import Testing

@testable import SnapshotStore

struct SchemaTests {
    @Test func `the schema of released versions never changes`() throws {
        let store = try SnapshotStore.open(at: SnapshotStore.inMemory, access: .readWrite)
        let schema = try store.database.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'grdb_migrations' ORDER BY name
                    """)
        }
        // A new migration adds its own line here; a changed one must not.
        #expect(
            Digest(of: schema.joined(separator: ";\n")).hex
                == "b8b6b90e2889d0b3bafb406f4ad6a1223f7bf45575ab903f92972e5b8fded8c5")
        #expect(
            Migrations.migrator.migrations == ["001 snapshots", "002 evidence", "003 notification", "004 retention"])
    }

    /// Statements that no method of the store runs.
    static let forbidden = [
        "UPDATE run SET sealed_at = 1", "UPDATE run SET state = 'open', sealed_at = NULL", "DELETE FROM run",
        "UPDATE client_night SET internal_id = 1", "DELETE FROM client_night",
        "UPDATE client_night SET run_id = (SELECT id FROM run WHERE state = 'open')",
        """
        INSERT OR REPLACE INTO client_night SELECT run_id, client_number, 1, 1, 1, 1, 1, NULL, times FROM client_night
        """,
        "INSERT INTO client_night SELECT run_id, 99, 1, 1, 1, 1, 1, NULL, times FROM client_night",
        "UPDATE capture_failure SET reason = 'timedOut'", "DELETE FROM capture_failure",
        """
        INSERT INTO capture_failure SELECT run_id, client_number, group_id, attempt + 1, reason, status, request, detail \
        FROM capture_failure
        """,
        "UPDATE note SET text = ''", "DELETE FROM note", "INSERT INTO note SELECT run_id, 9, text FROM note",
        "UPDATE document SET json = '{}'", "DELETE FROM document", "UPDATE raw_body SET document_id = 2",
        "UPDATE client_facts SET name = 'x'", "DELETE FROM client_facts", "UPDATE roster SET members = '[]'",
        "DELETE FROM roster", "UPDATE results SET json = '[]'", "DELETE FROM results",
        "UPDATE evaluation SET results_id = 1", "DELETE FROM evaluation", "UPDATE policy_text SET text = ''",
        "DELETE FROM policy_text", "UPDATE policy_set SET members = '[]'", "DELETE FROM policy_set",
        "UPDATE environment SET is_synthetic = 1", "UPDATE environment SET name = 'na4'",
    ]

    @Test func `no row of a sealed run and no content can be changed, even by SQL`() throws {
        let store = try SnapshotStore.withEnvironment()
        let set = try store.save([PolicyText(name: "a", text: "a")])
        let results = try store.store([(key: Digest(of: "k"), results: [])])[0]
        _ = try store.intern([
            NewDocument(group: .internal, value: ["raw": 1], keyedRawDigest: Digest(of: "raw"))
        ])
        let run = newRun(night: 0, clients: 1, policySet: set)
        try store.beginRun(run, roster: [client(1)])
        var captures = try store.documents(marked: 1)
        captures[.internal] = .failure(CaptureFailure(.forbidden))
        try store.append(
            [ClientNight(number: 1, captures: captures, times: PerGroup(repeating: nil), results: results)], to: run.id)
        try store.addNotes(["n"], to: run.id)
        try store.seal(run.id, at: run.startedAt, state: .partial)
        try store.beginRun(nextRun, roster: [])
        func contents() throws -> [String] {
            try store.database.read { db in
                try [
                    "run", "client_night", "capture_failure", "note", "document", "raw_body", "client_facts", "roster",
                    "results", "evaluation", "policy_text", "policy_set", "environment",
                ].flatMap { try Row.fetchAll(db, sql: "SELECT * FROM \($0)").map(\.description) }
            }
        }
        let before = try contents()
        for sql in Self.forbidden {
            #expect(throws: DatabaseError.self, "\(sql)") { try store.database.write { try $0.execute(sql: sql) } }
        }
        #expect(try contents() == before)
        #expect(storeError { try store.append([], to: run.id) } == nil)
        #expect(
            storeError {
                try store.append(
                    [ClientNight(number: 1, captures: captures, times: PerGroup(repeating: nil), results: nil)],
                    to: run.id)
            } == .runIsSealed(run.id))
        #expect(
            storeError { try store.seal(run.id, at: run.startedAt, state: .complete) } == .runIsSealed(run.id))
    }

    private var nextRun: AuditRun { newRun(night: 1, clients: 0) }

    @Test func `what a night asks for is found by index`() throws {
        let store = try SnapshotStore.withEnvironment()
        let captures = try store.documents(marked: 0)
        for night in 0..<20 { try store.addNight(night, of: (1...30).map { client($0) }) { _ in captures } }
        let questions = [
            SnapshotStore.asOfSQL: ["SEARCH run USING INDEX run_by_start (environment_id=? AND started_at<?)"],
            SnapshotStore.historySQL: [
                "SEARCH run USING INDEX run_by_start (environment_id=? AND started_at<?)",
                "SEARCH client_night USING PRIMARY KEY (run_id=? AND client_number=?) LEFT-JOIN",
                "SEARCH unchanged_nights USING PRIMARY KEY (environment_id=? AND client_number=? AND from_start<?) "
                    + "LEFT-JOIN",
            ],
            SnapshotStore.lastKnownSQL[.voicePool]: [
                "SEARCH run USING INDEX run_by_start (environment_id=? AND started_at<?)",
                "SEARCH client_night USING PRIMARY KEY (run_id=? AND client_number=?) LEFT-JOIN",
                "SEARCH unchanged_nights USING PRIMARY KEY (environment_id=? AND client_number=? AND from_start<?) "
                    + "LEFT-JOIN",
            ],
            "SELECT document_id FROM raw_body WHERE keyed_digest = ?": [
                "SEARCH raw_body USING PRIMARY KEY (keyed_digest=?)"
            ],
            "SELECT results_id FROM evaluation WHERE key = ?": ["SEARCH evaluation USING PRIMARY KEY (key=?)"],
        ]
        // With the statistics of real data and without.
        for analysed in [false, true] {
            if analysed { try store.database.write { try $0.execute(sql: "ANALYZE") } }
            for (sql, expected) in questions {
                let numbered = Set(sql.matches(of: /\?[0-9]+/).map { String($0.output) })
                let parameters = numbered.isEmpty ? sql.count { $0 == "?" } : numbered.count
                let plan = try store.database.read { db in
                    try Row.fetchAll(
                        db, sql: "EXPLAIN QUERY PLAN " + sql,
                        arguments: StatementArguments(Array(repeating: 1, count: parameters))
                    ).map { $0["detail"] as String }
                }
                for step in expected { #expect(plan.contains(step), "\(plan) of \(sql)") }
                #expect(plan.allSatisfy { !$0.contains("SCAN") && !$0.contains("TEMP B-TREE") }, "\(plan) of \(sql)")
            }
        }
    }
}
