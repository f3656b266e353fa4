import AuditModel
import AuditTestSupport
import Foundation
import GRDB
import Testing

@testable import SnapshotStore

struct DocumentTests {
    @Test(arguments: [
        #"{"a":null}"#, "{}", "[]", "null", "true", #""""#, #"{"a":""}"#, #"{"a":[],"b":{}}"#, #"{"n":5.0,"m":0.1}"#,
        #"{"big":9007199254740991,"e":1e300}"#, #"{"nul":"a\u0000b","line":" "}"#, #"{"\#u{e9}":1,"e\#u{301}":2}"#,
        #"{"emoji":"😀","control":"\u0001"}"#,
    ])
    func `every value comes back byte for byte`(text: String) throws {
        let value = try JSONReader.value(of: text)
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let store = try SnapshotStore.withEnvironment(at: path)
            let id = try store.intern(value, of: .messaging)
            let document = try SnapshotStore.open(at: path, access: .readOnly).document(id)
            #expect(document.value == value)
            #expect(document.canonicalBytes == CanonicalJSON.bytes(of: value))
            #expect(document.digest == Digest(of: value))
            #expect(document.group == .messaging)
            let stored = try store.database.read { db in
                try Data.fetchOne(
                    db, sql: "SELECT CAST(json AS BLOB) FROM document WHERE id = ?", arguments: [id.rawValue])
            }
            #expect(stored.map { Array($0) } == CanonicalJSON.bytes(of: value))
        }
    }

    @Test func `null, absent, empty text, empty list and empty object are five documents`() throws {
        let store = try SnapshotStore.withEnvironment()
        let bodies: [SettingValue] = [
            ["a": nil], [:], ["a": ""], ["a": []], ["a": [:]], ["a": 0], ["a": false], ["a": "0"],
        ]
        let ids = try bodies.map { try store.intern($0, of: .internal) }
        #expect(Set(ids).count == bodies.count)
    }

    @Test func `the same body is one document a group, whenever and wherever it is stored`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let store = try SnapshotStore.withEnvironment(at: path)
            let one = try store.intern([
                NewDocument(group: .internal, value: ["a": 1, "b": 2], keyedRawDigest: Digest(of: "1")),
                NewDocument(group: .internal, value: ["b": 2, "a": 1], keyedRawDigest: Digest(of: "2")),
                NewDocument(group: .settings, value: ["a": 1, "b": 2], keyedRawDigest: Digest(of: "3")),
            ])
            #expect(one[0] == one[1])
            #expect(one[0] != one[2])
            try store.close()
            let again = try SnapshotStore.open(at: path, access: .readWrite)
            #expect(try again.intern(["a": 1, "b": 2], of: .internal) == one[0])
            #expect(try again.statistics().documents == 2)
            #expect(
                try again.documentIDs(forRawBodies: ["2", "x", "1", "3"].map { Digest(of: $0) })
                    == [one[0], nil, one[0], one[2]])
        }
    }

    @Test func `a list in another order is another document with the same order-free digest`() throws {
        let store = try SnapshotStore.withEnvironment()
        let one: SettingValue = [["id": 1, "name": "USA"], ["id": 2, "name": "Canada"]]
        let other: SettingValue = [["id": 2, "name": "Canada"], ["id": 1, "name": "USA"]]
        try #require(
            KeyedLists.sorted(one, of: .countries) == KeyedLists.sorted(other, of: .countries),
            "the catalogue keys this list")
        let ids = [try store.intern(one, of: .countries), try store.intern(other, of: .countries)]
        #expect(ids[0] != ids[1])
        let digests = try store.digests(of: ids)
        #expect(digests[ids[0]]?.exact != digests[ids[1]]?.exact)
        #expect(digests[ids[0]]?.orderFree == digests[ids[1]]?.orderFree)
    }

    @Test func `SQLite's own JSON functions read the column json`() throws {
        let store = try SnapshotStore.withEnvironment()
        _ = try store.intern(["maxFailedCcsLoginAttempts": 5], of: .internal)
        let attempts = try store.database.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT json_extract(json, '$.maxFailedCcsLoginAttempts') FROM document \
                    JOIN settings_group ON settings_group.id = group_id WHERE settings_group.name = 'internal'
                    """)
        }
        #expect(attempts == 5)
    }

    @Test func `a document that was altered behind the store's back is told`() throws {
        let store = try SnapshotStore.withEnvironment()
        let id = try store.intern(["a": 1], of: .internal)
        try store.database.write { db in
            try db.execute(sql: "DROP TRIGGER document_update_never")
            try db.execute(sql: #"UPDATE document SET json = '{"a":2}'"#)
        }
        let expected = StoreError.digestMismatch(
            what: "document 1 (internal)", stored: Digest(of: ["a": 1] as SettingValue),
            computed: Digest(of: ["a": 2] as SettingValue))
        #expect(storeError { _ = try store.document(id) } == expected)
        #expect(expected.exitStatus == .integrity)
    }

    @Test func `a transaction that fails leaves nothing behind, in the file or in memory`() throws {
        let store = try SnapshotStore.withEnvironment()
        let raw = Digest(of: "raw")
        _ = try store.intern([NewDocument(group: .internal, value: ["a": 1], keyedRawDigest: raw)])
        let error = storeError {
            _ = try store.intern([
                NewDocument(group: .internal, value: ["a": 3], keyedRawDigest: Digest(of: "new")),
                NewDocument(group: .internal, value: ["a": 2], keyedRawDigest: raw),
            ])
        }
        #expect(error == .inconsistent("one body as it came stands for the documents 1 and 3"))
        #expect(try store.documentID(forRawBody: Digest(of: "new")) == nil)
        #expect(try store.statistics().documents == 1)
    }
}

struct GenerationalCacheTests {
    @Test func `it keeps what was asked for lately, and never more than twice its capacity`() {
        var cache = GenerationalCache<Int, Int>(capacity: 10)
        for key in 0..<100 {
            cache.insert(key, for: key)
            #expect(cache.value(for: 0) == 0)
        }
        #expect(cache.value(for: 99) == 99)
        #expect((1..<100).count { cache.value(for: $0) != nil } <= 20)
    }
}
