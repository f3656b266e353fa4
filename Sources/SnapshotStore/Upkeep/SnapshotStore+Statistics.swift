internal import AuditModel
internal import GRDB

/// How much a store holds.
public struct StoreStatistics: Sendable, Hashable {
    /// The size of the database in bytes, the log not counted.
    public var sizeInBytes: Int
    /// Runs, open ones included.
    public var runs: Int
    /// Run × client, pruned ones included.
    public var clientNights: Int
    /// Of these, nights whose rows were pruned.
    public var prunedNights: Int
    /// Different bodies.
    public var documents: Int
    /// Different bodies as they came.
    public var rawBodies: Int
    /// Different result vectors.
    public var results: Int
}

extension SnapshotStore {
    /// Counts what is stored; reads an index of every table.
    public func statistics() throws(StoreError) -> StoreStatistics {
        try reading { db in
            func number(_ sql: String) throws -> Int { try db.first(sql) { Int($0.integer(0)) } ?? 0 }
            let pruned = try number("SELECT total(leaf_count) FROM pruned_subtree") / SettingsGroup.allCases.count
            return StoreStatistics(
                sizeInBytes: try number("PRAGMA page_count") * number("PRAGMA page_size"),
                runs: try number("SELECT count(*) FROM run"),
                clientNights: try number("SELECT count(*) FROM client_night") + pruned, prunedNights: pruned,
                documents: try number("SELECT count(*) FROM document"),
                rawBodies: try number("SELECT count(*) FROM raw_body"),
                results: try number("SELECT count(*) FROM results"))
        }
    }
}
