internal import AuditModel
internal import GRDB
internal import Synchronization

/// The evidence of every night, in one SQLite file: runs, rosters, captures, documents, results and policy texts.
///
/// Rows are append-only. What a sealed run says can no longer change: triggers hold that against this program's own
/// mistakes. All methods are synchronous, may be called from any thread, and are whole transactions.
///
/// Beside the file `PATH` stand `PATH.key` (32 random bytes, see ``StoreKey``), `PATH.lock` (see ``RunLock``) and, while
/// it is open, SQLite's `PATH-wal` and `PATH-shm`. All of them are created with mode 0600.
public final class SnapshotStore: Sendable {
    /// What a store is opened for.
    public enum Access: Sendable, Hashable {
        /// Nothing is written; the file must exist. The key file is not needed.
        case readOnly
        /// The file and its key are created where they are missing, and brought to the newest schema.
        case readWrite
    }

    /// The database's path, or `:memory:`.
    public let path: String
    /// What it was opened for.
    public let access: Access

    let database: any DatabaseWriter
    let storedKey: StoreKey?
    let caches = Mutex(Caches())

    init(path: String, access: Access, database: any DatabaseWriter, key: StoreKey?) {
        self.path = path
        self.access = access
        self.database = database
        storedKey = key
    }

    /// The key of this store.
    ///
    /// - Throws: ``StoreError/keyMissing(path:)`` for a store that was opened for reading without its key file.
    public func key() throws(StoreError) -> StoreKey {
        guard let storedKey else { throw StoreError.keyMissing(path: KeyFile.path(ofStore: path)) }
        return storedKey
    }

    /// Closes the connections, which writes the log back into the database file. Later calls throw.
    public func close() throws(StoreError) {
        // A pool closes its writer first, and a reader that is the last to go cannot write the log back.
        if let pool = database as? DatabasePool { pool.releaseMemory() }
        do {
            try database.close()
        } catch {
            throw StoreError(error, path: path)
        }
    }
}

/// What is remembered in memory. Every entry is about content that never changes, so none can grow stale.
struct Caches {
    /// Bodies seen lately. Most of a fleet's voice pools and country lists are the same few bodies; a body that only
    /// one client has is asked for once a night, and nothing is gained by keeping it.
    var rawBodies = GenerationalCache<Digest, DocumentID>(capacity: 16_384)
    /// Documents with their parsed values, which are some tens of kB each.
    var documents = GenerationalCache<DocumentID, StoredDocument>(capacity: 256)
    /// Evaluation keys.
    var evaluations = GenerationalCache<Digest, ResultsID>(capacity: 16_384)
    /// Result vectors.
    var results = GenerationalCache<ResultsID, [RuleResult]>(capacity: 512)
    /// Verdicts of result vectors, some hundred bytes each.
    var verdicts = GenerationalCache<ResultsID, VerdictVector>(capacity: 8_192)
    /// The keys of documents, a pointer each: an old night shares many documents with the nights around it.
    var documentKeys = GenerationalCache<DocumentID, DocumentKeys>(capacity: 65_536)
    /// The same by the documents' bytes without values.
    var skeletons = GenerationalCache<DocumentSkeleton, DocumentKeys>(capacity: 256)
    /// Sealed runs in numbers.
    var tallies = GenerationalCache<AuditRun.ID, RunTally>(capacity: 256)
    /// Rosters by row id: tonight's and the one before.
    var rosters = GenerationalCache<Int64, [Client]>(capacity: 1)
    /// The client numbers of the run that was appended to last.
    var openRoster: (run: AuditRun.ID, numbers: Set<Int>)?
}

/// A dictionary that forgets: at most twice its capacity is kept, and what was not asked for lately goes first.
struct GenerationalCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let capacity: Int
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]

    /// A cache whose two generations hold `capacity` entries each.
    init(capacity: Int) { self.capacity = capacity }

    /// The value, which counts as asked for.
    mutating func value(for key: Key) -> Value? {
        if let value = young[key] { return value }
        guard let value = old[key] else { return nil }
        insert(value, for: key)
        return value
    }

    /// Keeps a value.
    mutating func insert(_ value: Value, for key: Key) {
        if young.count >= capacity {
            old = young
            young = [:]
        }
        young[key] = value
    }
}
