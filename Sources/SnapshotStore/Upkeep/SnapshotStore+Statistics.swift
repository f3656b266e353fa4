internal import GRDB

/// How much a store holds.
public struct StoreStatistics: Sendable, Hashable {
    /// The size of the database in bytes, the log not counted.
    public var sizeInBytes: Int
    /// Runs, open ones included.
    public var runs: Int
    /// Run × client.
    public var clientNights: Int
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
            return StoreStatistics(
                sizeInBytes: try number("PRAGMA page_count") * number("PRAGMA page_size"),
                runs: try number("SELECT count(*) FROM run"),
                clientNights: try number("SELECT count(*) FROM client_night"),
                documents: try number("SELECT count(*) FROM document"),
                rawBodies: try number("SELECT count(*) FROM raw_body"),
                results: try number("SELECT count(*) FROM results"))
        }
    }
}
