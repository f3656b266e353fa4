import AuditModel
import GRDB
import Testing

@testable import SnapshotStore

struct NotificationRecordTests {
    private let content = Digest(of: "what was told")

    private func store(nights: Int) throws -> (SnapshotStore, [AuditRun]) {
        let store = try SnapshotStore.withEnvironment()
        let captures = try store.documents(marked: 0)
        for night in 0..<nights { try store.addNight(night, of: [client(1)]) { _ in captures } }
        let runs = try store.runs()
        try #require(runs.count == nights)
        return (store, runs)
    }

    @Test func `attempts are counted, and what arrived stays so`() throws {
        let (store, runs) = try store(nights: 2)
        let destination = try store.key().destinationFingerprint(of: Array("ops\nenv:URL".utf8))
        func record(_ run: AuditRun, _ events: [String], _ milliseconds: Int64, isSent: Bool) throws {
            try store.recordNotification(
                of: run.id, to: destination, events: events.map { ($0, content) },
                at: Timestamp(milliseconds: milliseconds), isSent: isSent)
        }
        try record(runs[1], ["new", "fixed"], 1, isSent: false)
        try record(runs[0], ["new"], 2, isSent: true)
        try record(runs[1], ["new"], 3, isSent: true)
        try record(runs[1], ["new"], 4, isSent: false)
        let records = try store.notifications(in: runs[0].environment, to: destination)
        #expect(records.map(\.run) == [runs[0].id, runs[1].id, runs[1].id])
        #expect(records.map(\.event) == ["new", "fixed", "new"])
        #expect(records.map(\.attempts) == [1, 1, 3])
        #expect(records.map { $0.sentAt?.milliseconds } == [2, nil, 3])
        #expect(records.map(\.attemptedAt.milliseconds) == [2, 1, 4])
        #expect(records.allSatisfy { $0.content == content })
        #expect(records.map(\.startedAt) == [runs[0].startedAt, runs[1].startedAt, runs[1].startedAt])
    }

    @Test func `another destination and another environment were told nothing`() throws {
        let (store, runs) = try store(nights: 1)
        let key = try store.key()
        try store.recordNotification(
            of: runs[0].id, to: key.destinationFingerprint(of: [1]), events: [("new", content)],
            at: runs[0].startedAt, isSent: true)
        #expect(try store.notifications(in: runs[0].environment, to: key.destinationFingerprint(of: [2])).isEmpty)
        #expect(try store.notifications(in: EnvironmentName("other"), to: key.destinationFingerprint(of: [1])).isEmpty)
    }

    @Test func `a fingerprint is the store's own, and no other digest of the same text`() throws {
        let one = try SnapshotStore.open(at: SnapshotStore.inMemory, access: .readWrite).key()
        let other = try SnapshotStore.open(at: SnapshotStore.inMemory, access: .readWrite).key()
        let text = Array("env:URL".utf8)
        #expect(one.destinationFingerprint(of: text) == one.destinationFingerprint(of: text))
        #expect(one.destinationFingerprint(of: text) != other.destinationFingerprint(of: text))
        #expect(one.destinationFingerprint(of: text) != one.fingerprint(of: text))
    }

    @Test func `records go with their run and are no evidence`() throws {
        let (store, runs) = try store(nights: 1)
        let destination = try store.key().destinationFingerprint(of: [1])
        try store.recordNotification(
            of: runs[0].id, to: destination, events: [("new", content)], at: runs[0].startedAt, isSent: true)
        // Not by any method of the store, which keeps sealed runs: as whoever may take runs away would have it.
        try store.database.write { db in
            try db.execute(sql: "DROP TRIGGER run_delete_sealed")
            for table in ["log_entry", "client_night"] {
                let triggers = try String.fetchAll(
                    db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?",
                    arguments: [table])
                for name in triggers { try db.execute(sql: "DROP TRIGGER \(name)") }
                try db.execute(sql: "DELETE FROM \(table)")
            }
            try db.execute(sql: "DELETE FROM run")
        }
        #expect(try store.notifications(in: runs[0].environment, to: destination).isEmpty)
        let left = try store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM notification") }
        #expect(left == 0)
    }
}
