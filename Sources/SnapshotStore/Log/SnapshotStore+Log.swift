public import AuditModel
public import Evidence
internal import GRDB

/// One sealed run as it stands in the log.
public struct LogEntry: Sendable, Hashable {
    /// Its place, from 0.
    public var index: Int
    /// The content of its leaf.
    public var leaf: [UInt8]
}

extension SnapshotStore {
    /// The log's Merkle tree over the leaves as they are stored; they are not checked against the rows they are of.
    public func logTree() throws(StoreError) -> MerkleTree {
        try reading { db in
            var tree = MerkleTree()
            _ = try db.all("SELECT leaf FROM log_entry ORDER BY entry_index") {
                tree.append(leafHash: MerkleHash.leaf($0.bytes(0)))
            }
            return tree
        }
    }

    /// The entry of a run; nil where the run is open.
    public func logEntry(of run: AuditRun.ID) throws(StoreError) -> LogEntry? {
        try reading { db in
            let row = try RunRow.of(run, in: db)
            return try db.first(
                "SELECT entry_index, leaf FROM log_entry WHERE run_id = ?", .integer(row.rowID)
            ) { LogEntry(index: Int($0.integer(0)), leaf: $0.bytes(1)) }
        }
    }

    /// The captures of a run as a tree to make proofs from; all that were not pruned in memory.
    public func captureTree(of run: AuditRun.ID) throws(StoreError) -> CaptureTree {
        try reading { db in
            let row = try RunRow.of(run, in: db)
            let leaves = RunLeaves(row, digests: DigestLookup(in: db), in: db)
            let subtrees = try PrunedSubtrees.of(row, in: db)
            guard !subtrees.isEmpty else {
                var all: [CaptureLeaf] = []
                try leaves.forEach { all += $0.captures }
                return try CaptureTree(all)
            }
            var held: [(place: Int, leaf: CaptureLeaf)] = []
            var place = 0
            try leaves.forEach { client in
                for (offset, leaf) in client.captures.enumerated() { held.append((place + offset, leaf)) }
                place += SettingsGroup.allCases.count
            }
            do {
                return try CaptureTree(held: held, size: place, subtrees: subtrees)
            } catch {
                throw PrunedSubtrees.mismatch(run)
            }
        }
    }
}

extension SnapshotStore {
    /// The results of a run as the leaves of its result tree, by client; all of them in memory.
    public func resultLeaves(of run: AuditRun.ID) throws(StoreError) -> [ResultLeaf] {
        try reading { db in
            var leaves: [ResultLeaf] = []
            let row = try RunRow.of(run, in: db)
            try RunLeaves(row, digests: DigestLookup(in: db), in: db).forEach { leaves.append($0.results) }
            return leaves
        }
    }

    /// The contents of the log's leaves, in their order, up to a size; as they are stored.
    public func logLeaves(upTo size: Int) throws(StoreError) -> [[UInt8]] {
        try reading { db in
            try db.all(
                "SELECT leaf FROM log_entry WHERE entry_index < ? ORDER BY entry_index", .integer(size)
            ) { $0.bytes(0) }
        }
    }
}

/// A checkpoint of the log as it was made.
public struct StoredCheckpoint: Sendable, Hashable {
    /// The number of entries that it is of.
    public var size: Int
    /// The signed note, or the checkpoint's text alone where it is not signed.
    public var note: [UInt8]

    /// Joins the two.
    public init(size: Int, note: [UInt8]) {
        self.size = size
        self.note = note
    }
}

extension StoredCheckpoint {
    /// What the note says, whoever signed it. The text of one that is not signed must be exactly a checkpoint's.
    public func checkpoint() throws(CheckpointError) -> Checkpoint {
        let text = (try? SignedNote(note))?.text ?? note
        let checkpoint = try Checkpoint(text: text)
        guard Array(checkpoint.text.utf8) == text else { throw .notLines }
        return checkpoint
    }

    /// Whether it has signatures; of whom, is another matter.
    public var isSigned: Bool { (try? SignedNote(note)) != nil }
}

extension SnapshotStore {
    /// How the log calls itself in checkpoints: as it was fixed with the first of them; until then nil.
    public func logOrigin() throws(StoreError) -> String? {
        try reading { db in try db.first("SELECT origin FROM log_identity") { $0.text(0) } }
    }

    /// How a log is called where nobody has said otherwise: `audit/` and a UUID of the store's key, which tells nothing of
    /// the key.
    public func defaultLogOrigin() throws(StoreError) -> String {
        let check = try reading { db in try db.first("SELECT check_value FROM store_key") { $0.bytes(0) } }
        guard let check else { throw StoreError.inconsistent("the store has no mark of its key") }
        return "audit/" + DerivedUUID.text(of: "log\n" + Hexadecimal.text(of: check))
    }

    /// Every checkpoint that was made, by size.
    public func checkpoints() throws(StoreError) -> [StoredCheckpoint] {
        try reading { db in
            try db.all("SELECT log_size, note FROM checkpoint ORDER BY log_size, note") {
                StoredCheckpoint(size: Int($0.integer(0)), note: $0.bytes(1))
            }
        }
    }

    /// Keeps a checkpoint, and with the first one the log's name.
    ///
    /// - Throws: ``StoreError/otherLogOrigin(stored:given:)`` where the log is called otherwise.
    public func save(_ checkpoint: StoredCheckpoint, origin: String) throws(StoreError) {
        try writing(durable: true) { db in
            let stored = try db.first("SELECT origin FROM log_identity") { $0.text(0) }
            if let stored, !stored.isIdentical(to: origin) {
                throw StoreError.otherLogOrigin(stored: stored, given: origin)
            }
            if stored == nil { try db.run("INSERT INTO log_identity (id, origin) VALUES (1, ?)", .text(origin)) }
            try db.run(
                "INSERT INTO checkpoint (log_size, note) VALUES (?, ?) ON CONFLICT DO NOTHING",
                .integer(checkpoint.size), .text(String(decoding: checkpoint.note, as: UTF8.self)))
        }
    }
}
