import AuditModel
import Foundation
import GRDB
import Testing

@testable import SnapshotStore

struct IntegrityTests {
    private func storeWithNights() throws -> SnapshotStore {
        let store = try SnapshotStore.withEnvironment()
        _ = try store.save([PolicyText(name: "a", text: "a")])
        _ = try store.store([(key: Digest(of: "k"), results: [])])
        try store.addNight(0, of: [client(1), client(2)], state: .partial) { client in
            var captures = try store.documents(marked: client.id.number)
            if client.id.number == 2 { captures[.settings] = .failure(CaptureFailure(.timedOut)) }
            return captures
        }
        return store
    }

    @Test func `a store that was only written by the store is sound`() throws {
        let store = try storeWithNights()
        try store.verifyIntegrity()
        let statistics = try store.statistics()
        #expect(statistics.runs == 1)
        #expect(statistics.clientNights == 2)
        #expect(statistics.documents == 10)
        #expect(statistics.sizeInBytes > 0)
    }

    @Test(arguments: [
        (#"UPDATE document SET json = '{}' WHERE id = 3"#, "document 3 was altered"),
        ("UPDATE document SET order_free_digest = digest(1)", "the order-free digest of document"),
        ("UPDATE results SET json = '[\"LV-1\"]'", "results 1 was altered"),
        ("UPDATE policy_text SET text = 'b'", "policy text 1 was altered"),
        ("UPDATE policy_set SET members = '[]'", "policy set 1 was altered"),
        ("UPDATE client_night SET internal_id = 2", "has a document of internal that is not there"),
        ("DELETE FROM capture_failure", "client 2 has no reason for its missing settings"),
        ("DELETE FROM roster", "a row of run refers to a row of roster that is not there"),
    ])
    func `tampering is found and named`(sql: String, expected: String) throws {
        let store = try storeWithNights()
        try store.verifyIntegrity()
        try store.database.writeWithoutTransaction { db in
            let triggers = try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger)") }
            db.add(function: DatabaseFunction("digest", argumentCount: 1) { _ in Digest(of: "forged").data })
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            try db.execute(sql: sql)
        }
        let error = storeError { try store.verifyIntegrity() }
        #expect(error?.description.contains(expected) == true, "\(String(describing: error))")
        #expect(error?.exitStatus == .integrity)
    }
}

extension Digest {
    fileprivate var data: DatabaseValue { DatabaseValue(value: Data(bytes)) ?? .null }
}
