internal import AuditModel
internal import GRDB
internal import GRDBSQLite

extension SnapshotStore {
    /// The path of a store that lives in memory and ends with its object.
    public static let inMemory = ":memory:"

    /// Opens a store.
    ///
    /// - Parameter path: A file, or ``inMemory``. For writing, the file and the last folder of its path are made where
    ///   they are missing; nothing half-made ever stands under the path.
    public static func open(at path: String, access: Access) throws(StoreError) -> SnapshotStore {
        if path == inMemory { return try openInMemory() }
        switch access {
        case .readOnly: return try openForReading(path)
        case .readWrite: return try openForWriting(path)
        }
    }

    private static func openInMemory() throws(StoreError) -> SnapshotStore {
        do {
            let database = try DatabaseQueue(configuration: configuration(access: .readWrite))
            let key = StoreKey(bytes: StoreKey.randomBytes())
            try prepare(database, key: key)
            return SnapshotStore(path: inMemory, access: .readWrite, database: database, key: key)
        } catch {
            throw StoreError(error, path: inMemory)
        }
    }

    private static func openForReading(_ path: String) throws(StoreError) -> SnapshotStore {
        guard try probe(path) else { throw StoreError.missing(path: path) }
        let key = try KeyFile.load(forStore: path)
        do {
            let database = try readingQueue(path)
            let migrator = Migrations.migrator
            try database.read { db in
                if try migrator.hasBeenSuperseded(db) { throw StoreError.newerSchema(path: path) }
                guard try migrator.hasCompletedMigrations(db) else { throw StoreError.olderSchema(path: path) }
                try check(key, in: db, path: path)
            }
            return SnapshotStore(path: path, access: .readOnly, database: database, key: key)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    private static func openForWriting(_ path: String) throws(StoreError) -> SnapshotStore {
        FileSystem.makeFolder(of: path)
        FileSystem.removeLeftovers(of: path)
        if try !probe(path) { try create(path) }
        do {
            let database = try DatabasePool(path: path, configuration: configuration(access: .readWrite))
            let migrator = Migrations.migrator
            let needsMigration = try database.read { db in
                if try migrator.hasBeenSuperseded(db) { throw StoreError.newerSchema(path: path) }
                return try !migrator.hasCompletedMigrations(db)
            }
            if needsMigration { try migrator.migrate(database) }
            var key = try KeyFile.load(forStore: path)
            if key == nil { key = try replacementKey(forUnused: database, path: path) }
            try database.read { try check(key, in: $0, path: path) }
            return SnapshotStore(path: path, access: .readWrite, database: database, key: key)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Whether there is a database of ours; the file is only looked at, so that a foreign one stays as it is.
    private static func probe(_ path: String) throws(StoreError) -> Bool {
        do {
            guard let head = try FileSystem.head(of: path, count: 100), !head.isEmpty else { return false }
            guard head.count == 100, head.starts(with: Array("SQLite format 3\0".utf8)) else {
                throw StoreError.notADatabase(path: path)
            }
            let mark = head[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            guard mark == Migrations.applicationID else { throw StoreError.foreign(path: path) }
            return true
        } catch let failure as FileSystem.Failure {
            throw StoreError.cannotOpen(path: path, detail: failure.text)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Makes a whole database under another name, then gives it its own: whoever is killed here leaves nothing broken.
    private static func create(_ path: String) throws(StoreError) {
        let key = try KeyFile.loadOrCreate(forStore: path)
        let temporary = path + FileSystem.processSuffix
        defer { FileSystem.remove(temporary) }
        do {
            FileSystem.remove(temporary)
            try FileSystem.create(temporary, bytes: [])
            let database = try DatabaseQueue(path: temporary, configuration: configuration(access: .readWrite))
            try prepare(database, key: key)
            try database.close()
            // An empty file under the name is no database; somebody else's new store is, and then it counts.
            if try FileSystem.size(of: path) == 0 { FileSystem.remove(path) }
            _ = try FileSystem.publish(temporary, as: path)
        } catch let failure as FileSystem.Failure {
            throw StoreError.cannotOpen(path: path, detail: failure.text)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    private static func prepare(_ database: DatabaseQueue, key: StoreKey) throws {
        try database.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA application_id = \(Migrations.applicationID)")
        }
        try Migrations.migrator.migrate(database)
        try database.write { db in
            try db.run("INSERT INTO store_key (id, check_value) VALUES (1, ?)", .bytes(key.checkValue.bytes))
        }
    }

    /// A new key for a store in which nothing depends on the old one yet.
    private static func replacementKey(forUnused database: DatabasePool, path: String) throws -> StoreKey? {
        guard try !database.read(dependsOnKey) else { throw StoreError.keyMissing(path: KeyFile.path(ofStore: path)) }
        let key = try KeyFile.loadOrCreate(forStore: path)
        try database.write { db in
            try db.run("UPDATE store_key SET check_value = ?", .bytes(key.checkValue.bytes))
        }
        return key
    }

    /// Whether what is stored can be written on with the key alone that it was begun with; nothing depends on it before.
    ///
    /// - Throws: ``StoreError`` for a database that cannot be read.
    public func needsItsKey() throws(StoreError) -> Bool {
        try reading { db in try Self.dependsOnKey(db) }
    }

    private static func dependsOnKey(_ db: Database) throws -> Bool {
        try db.first("SELECT EXISTS (SELECT 1 FROM document) OR EXISTS (SELECT 1 FROM login_refusal)") {
            $0.integer(0) != 0
        } ?? true
    }

    private static func check(_ key: StoreKey?, in db: Database, path: String) throws {
        guard let key else { return }
        let stored = try db.first("SELECT check_value FROM store_key") { $0.bytes(0) }
        guard let stored, stored == key.checkValue.bytes else {
            throw StoreError.keyOfAnotherStore(path: KeyFile.path(ofStore: path))
        }
    }

    /// A connection for reading. A database that was closed properly in a folder that cannot be written has no log, and
    /// SQLite can make none; nobody else can write there either, so it is read as a file that does not change.
    private static func readingQueue(_ path: String) throws -> DatabaseQueue {
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration(access: .readOnly))
            try queue.read { db in try db.run("SELECT count(*) FROM sqlite_master") }
            return queue
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_READONLY
        {
            guard try (FileSystem.size(of: path + "-wal") ?? 0) == 0, sqlite3_compileoption_used("USE_URI") != 0,
                !FileSystem.isWritable(FileSystem.folder(of: path))
            else { throw error }
            let escaped = path.utf8.map { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
                    UInt8(ascii: "_"):
                    String(Character(Unicode.Scalar(byte)))
                default: "%" + Hexadecimal.text(of: [byte])
                }
            }
            return try DatabaseQueue(
                path: "file:\(escaped.joined())?immutable=1", configuration: configuration(access: .readOnly))
        }
    }

    private static func configuration(access: Access) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = access == .readOnly
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            // Nothing that a crafted database says may call a function; 8 MB hold the upper pages of a large index.
            try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cache_size = -8000")
        }
        return configuration
    }
}
