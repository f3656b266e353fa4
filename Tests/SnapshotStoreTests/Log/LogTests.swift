import AuditModel
import AuditTestSupport
import Evidence
import Foundation
import GRDB
import Testing

@testable import SnapshotStore

struct LogTests {
    @Test func `each sealed run is an entry that commits to all that the run has`() throws {
        let store = try EvidenceStore.make()
        let runs = try store.runs()
        #expect(try store.logTree().size == runs.count)
        for (index, run) in runs.enumerated() {
            let entry = try #require(try store.logEntry(of: run.id))
            #expect(entry.index == index)
            let leaf = try RunLeaf(bytes: entry.leaf)
            #expect(leaf.run == run)
            #expect(leaf.evaluator == "3")
            #expect(leaf.roster == RunDigests.roster(try store.roster(of: run.id)))
            #expect(leaf.notes == RunDigests.notes(["one", "two"]))
            let tree = try store.captureTree(of: run.id)
            #expect(leaf.captures == tree.head)
            #expect(leaf.captures.count == run.clientCount * 5)
            #expect(leaf.results.count == run.clientCount)
            let retried = try #require(
                tree.leaves.first { $0.client.number == 2 && $0.group == .settings })
            #expect(
                retried.capture
                    == .failure(CaptureFailure(.serverError, status: 500, request: "GET /x", detail: "broken")))
            #expect(
                retried.earlierFailures
                    == [CaptureFailure(.serverError, status: 503, request: "GET /x", detail: "busy")])
            let mended = try #require(tree.leaves.first { $0.client.number == 2 && $0.group == .messaging })
            #expect(mended.earlierFailures == [CaptureFailure(.timedOut, request: "GET /y")])
        }
        #expect(
            try store.captureTree(of: runs[0].id).leaves.filter { $0.client.number == 7 }.allSatisfy { $0.times == nil }
        )
    }

    @Test func `an open run is not in the log`() throws {
        let store = try EvidenceStore.make()
        let run = newRun(night: 9, clients: 0)
        try store.beginRun(run, roster: [])
        #expect(try store.logEntry(of: run.id) == nil)
        let verification = try store.verification()
        #expect(verification.openRuns == [run.id])
        #expect(verification.findings == [])
    }

    @Test func `a log that was cut or rewritten does not go on from a checkpoint that was held elsewhere`() throws {
        let store = try EvidenceStore.make()
        let held = try store.logTree().checkpoint(origin: EvidenceStore.origin)
        try store.dropGuards()
        let cut = """
            DELETE FROM log_entry WHERE entry_index = 2; DELETE FROM checkpoint WHERE log_size = 3;
            DELETE FROM note WHERE run_id = 3; DELETE FROM capture_failure WHERE run_id = 3;
            DELETE FROM client_night WHERE run_id = 3; DELETE FROM run WHERE id = 3
            """
        try store.database.write { try $0.execute(sql: cut) }
        // All that is left belongs together: only who holds the checkpoint can tell.
        let verification = try store.verification()
        #expect(verification.findings == [])
        #expect(throws: CheckpointError.truncated(held: 3, found: 2)) {
            try verification.log.verifyContinues(held, origin: EvidenceStore.origin)
        }
        try EvidenceStore.addNight(5, to: store)
        #expect(try store.verification().findings == [])
        let found = try store.logTree().root
        #expect(throws: CheckpointError.rewritten(size: 3, held: held.root, found: found)) {
            try store.logTree().verifyContinues(held, origin: EvidenceStore.origin)
        }
    }

    @Test func `a log keeps the name of its first checkpoint`() throws {
        let store = try EvidenceStore.make()
        #expect(try store.logOrigin() == EvidenceStore.origin)
        let error = storeError { try store.save(StoredCheckpoint(size: 3, note: []), origin: "other") }
        #expect(error == .otherLogOrigin(stored: EvidenceStore.origin, given: "other"))
        #expect(error?.exitStatus == .usage)
        #expect(try store.defaultLogOrigin().hasPrefix("audit/"))
        #expect(try store.defaultLogOrigin() == store.defaultLogOrigin())
    }

    @Test(arguments: [
        "UPDATE log_entry SET leaf = '{}'", "DELETE FROM log_entry", "UPDATE checkpoint SET note = ''",
        "DELETE FROM checkpoint", "UPDATE log_identity SET origin = 'x'", "DELETE FROM log_identity",
        "INSERT INTO log_entry (entry_index, run_id, leaf) VALUES (7, (SELECT id FROM run WHERE state = 'open'), '')",
        "INSERT INTO log_entry (entry_index, run_id, leaf) VALUES (3, (SELECT id FROM run WHERE state = 'open'), '')",
    ])
    func `the log grows at its end and in no other way`(sql: String) throws {
        let store = try EvidenceStore.make()
        try store.beginRun(newRun(night: 9, clients: 0), roster: [])
        #expect(throws: DatabaseError.self) { try store.database.write { try $0.execute(sql: sql) } }
    }

    @Test func `a database of the first schema gets its sealed runs into the log, oldest seal first`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "audit.sqlite").path
            let made = try EvidenceStore.make(at: path)
            let expected = try made.runs().map { run in
                var leaf = try RunLeaf(bytes: try #require(try made.logEntry(of: run.id)).leaf)
                leaf.evaluator = nil
                return leaf.bytes
            }
            try made.beginRun(newRun(night: 9, clients: 0), roster: [])
            try made.close()
            // As the first version left it: without the log, and with rows without tags.
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction { db in
                try db.execute(
                    sql: """
                        PRAGMA foreign_keys = OFF;
                        DROP TABLE log_entry; DROP TABLE checkpoint; DROP TABLE log_identity; DROP TABLE raw_body;
                        DROP TABLE evaluation; DROP TABLE notification; DROP VIEW night; DROP TABLE unchanged_nights;
                        DROP TABLE pruned_subtree; DROP TABLE legal_hold;
                        CREATE TABLE raw_body (
                            keyed_digest BLOB PRIMARY KEY NOT NULL CHECK (length(keyed_digest) = 32),
                            document_id INTEGER NOT NULL REFERENCES document (id)
                        ) STRICT, WITHOUT ROWID;
                        CREATE TABLE evaluation (
                            key BLOB PRIMARY KEY NOT NULL CHECK (length(key) = 32),
                            results_id INTEGER NOT NULL REFERENCES results (id)
                        ) STRICT, WITHOUT ROWID;
                        INSERT INTO raw_body VALUES (zeroblob(32), 1);
                        DELETE FROM grdb_migrations WHERE identifier <> '001 snapshots'
                        """)
            }
            try queue.close()
            #expect(storeError { _ = try SnapshotStore.open(at: path, access: .readOnly) } == .olderSchema(path: path))
            let store = try SnapshotStore.open(at: path, access: .readWrite)
            let runs = try store.runs().filter { $0.state.isSealed }
            #expect(try runs.map { try store.logEntry(of: $0.id)?.leaf } == expected)
            #expect(try store.statistics().rawBodies == 0)
            #expect(try store.verification().findings == [])
        }
    }
}
