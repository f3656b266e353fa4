import AuditModel
import AuditTestSupport
import Foundation
import GRDB
import Testing

@testable import SnapshotStore

struct OpeningTests {
    private func mode(of path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test func `a new store, its key, its log and its lock are for the owner alone`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "snapshots/audit.sqlite").path
            let store = try SnapshotStore.withEnvironment(at: path)
            let lock = try store.acquireRunLock(holder: "test")
            for suffix in ["", ".key", ".lock", "-wal", "-shm"] {
                #expect(try mode(of: path + suffix) == 0o600, "\(suffix)")
            }
            lock.release()
            #expect(try Data(contentsOf: URL(filePath: path + ".key")).count == 32)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "snapshots").path)
            #expect(names.allSatisfy { !$0.contains(".new-") })
        }
    }

    @Test func `what a killed process left while it made a store is removed, what a living one makes is not`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let ended = Process()
            ended.executableURL = URL(filePath: "/bin/sh")
            ended.arguments = ["-c", "exit 0"]
            try ended.run()
            ended.waitUntilExit()
            let dead = [".new-\(ended.processIdentifier)", ".new-\(ended.processIdentifier)-journal"]
            let others = [".new-\(getppid())", ".new-", ".new-notes"]
            for suffix in dead + others + [".key" + dead[0]] { try Data().write(to: URL(filePath: path + suffix)) }
            try SnapshotStore.withEnvironment(at: path).close()
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.sorted() == (["a.sqlite", "a.sqlite.key"] + others.map { "a.sqlite" + $0 }).sorted())
        }
    }

    @Test func `what was stored is there after reopening, for writing and for reading`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let store = try SnapshotStore.withEnvironment(at: path)
            let id = try store.intern(["a": 1], of: .internal)
            #expect(try store.document(id).value == ["a": 1])
            try store.close()
            // The file alone is the whole store: no log stays beside it.
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.sorted() == ["a.sqlite", "a.sqlite.key"])
            for access in [SnapshotStore.Access.readWrite, .readOnly] {
                let again = try SnapshotStore.open(at: path, access: access)
                #expect(try again.document(id).value == ["a": 1])
                try again.close()
            }
        }
    }

    @Test func `a store is read while another connection writes`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let writer = try SnapshotStore.withEnvironment(at: path)
            let reader = try SnapshotStore.open(at: path, access: .readOnly)
            try writer.addNight(0, of: [client(1)]) { _ in try writer.documents(marked: 1) }
            #expect(try reader.runs(in: na3).count == 1)
            #expect(try reader.key().checkValue == writer.key().checkValue)
        }
    }

    @Test func `a missing store is not made by reading`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "none.sqlite").path
            let error = storeError { _ = try SnapshotStore.open(at: path, access: .readOnly) }
            #expect(error == .missing(path: path))
            #expect(error?.exitStatus == .inputOutput)
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func `an empty file becomes a store`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            try Data().write(to: URL(filePath: path))
            _ = try SnapshotStore.withEnvironment(at: path)
            #expect(try SnapshotStore.open(at: path, access: .readOnly).environments() == [na3])
        }
    }

    @Test(arguments: [SnapshotStore.Access.readOnly, .readWrite])
    func `a file that is no database is left as it is`(access: SnapshotStore.Access) throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "notes.txt")
            try Data("just some notes\n".utf8).write(to: url)
            let error = storeError { _ = try SnapshotStore.open(at: url.path, access: access) }
            #expect(error == .notADatabase(path: url.path))
            #expect(try Data(contentsOf: url) == Data("just some notes\n".utf8))
        }
    }

    @Test func `a database of another program is left as it is`() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "other.sqlite")
            let other = try DatabaseQueue(path: url.path)
            try other.write { try $0.execute(sql: "CREATE TABLE t (x)") }
            try other.close()
            let before = try Data(contentsOf: url)
            let error = storeError { _ = try SnapshotStore.open(at: url.path, access: .readWrite) }
            #expect(error == .foreign(path: url.path))
            #expect(try Data(contentsOf: url) == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["other.sqlite"])
        }
    }

    @Test func `a store of a newer version is refused`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            try SnapshotStore.withEnvironment(at: path).close()
            let queue = try DatabaseQueue(path: path)
            try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('002 from tomorrow')") }
            try queue.close()
            for access in [SnapshotStore.Access.readWrite, .readOnly] {
                #expect(
                    storeError { _ = try SnapshotStore.open(at: path, access: access) } == .newerSchema(path: path))
            }
        }
    }

    @Test func `a key that is missing is told, and no new one takes its place once something depends on it`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let store = try SnapshotStore.withEnvironment(at: path)
            _ = try store.intern(["a": 1], of: .internal)
            try store.close()
            try FileManager.default.removeItem(atPath: path + ".key")
            let error = storeError { _ = try SnapshotStore.open(at: path, access: .readWrite) }
            #expect(error == .keyMissing(path: path + ".key"))
            #expect(!FileManager.default.fileExists(atPath: path + ".key"))
            #expect(
                error?.description == """
                    the key file \(path).key is missing. Restore it from a backup: redacted values, bodies seen before \
                    and refused logins are known by it alone. Without it, start a new database with --database.
                    """)
            let reader = try SnapshotStore.open(at: path, access: .readOnly)
            #expect(storeError { _ = try reader.key() } == .keyMissing(path: path + ".key"))
        }
    }

    @Test func `a key that nothing depends on is made anew`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            try SnapshotStore.withEnvironment(at: path).close()
            try FileManager.default.removeItem(atPath: path + ".key")
            try SnapshotStore.open(at: path, access: .readWrite).close()
            try SnapshotStore.open(at: path, access: .readWrite).close()
        }
    }

    @Test func `a key of another store and a damaged key are refused`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let key = URL(filePath: path + ".key")
            try SnapshotStore.withEnvironment(at: path).close()
            try Data(repeating: 7, count: 32).write(to: key)
            let error = storeError { _ = try SnapshotStore.open(at: path, access: .readWrite) }
            #expect(error == .keyOfAnotherStore(path: key.path))
            #expect(error?.exitStatus == .integrity)
            for count in [0, 31, 33] {
                try Data(repeating: 7, count: count).write(to: key)
                #expect(
                    storeError { _ = try SnapshotStore.open(at: path, access: .readWrite) }
                        == .keyDamaged(path: key.path))
            }
        }
    }

    @Test func `a store that was opened for reading refuses to write`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            try SnapshotStore.withEnvironment(at: path).close()
            let reader = try SnapshotStore.open(at: path, access: .readOnly)
            #expect(storeError { _ = try reader.intern(["a": 1], of: .internal) } == .openedForReading(path: path))
        }
    }

    @Test func `a closed store in a folder that cannot be written is read`() throws {
        guard geteuid() != 0 else {
            print("skipped: root may write to every folder")
            return
        }
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a b%.sqlite").path
            try SnapshotStore.withEnvironment(at: path).close()
            try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path)
            defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path) }
            #expect(try SnapshotStore.open(at: path, access: .readOnly).environments() == [na3])
            let error = storeError { _ = try SnapshotStore.open(at: path, access: .readWrite) }
            #expect(error?.exitStatus == .inputOutput)
        }
    }

    @Test func `a damaged page is told with a sentence`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let store = try SnapshotStore.withEnvironment(at: path)
            try store.addNight(0, of: (1...200).map { client($0) }) { try store.documents(marked: $0.id.number) }
            try store.close()
            var bytes = try Data(contentsOf: URL(filePath: path))
            for index in 4096 * 8..<bytes.count { bytes[index] = 0xA5 }
            try bytes.write(to: URL(filePath: path))
            let error = storeError {
                let damaged = try SnapshotStore.open(at: path, access: .readOnly)
                try damaged.verifyIntegrity()
            }
            guard case .damaged(path, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(error?.exitStatus == .inputOutput)
            #expect(error?.description.hasPrefix("the database \(path) is damaged (") == true)
        }
    }

    @Test func `a folder that does not exist gives a sentence`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "no/such/a.sqlite").path
            let error = storeError { _ = try SnapshotStore.open(at: path, access: .readWrite) }
            #expect(error?.exitStatus == .inputOutput)
        }
    }
}
