public import AuditModel
internal import GRDB

/// Result vectors as they are stored: the canonical JSON whose digest a run's result leaves name.
public enum StoredResults {
    /// The results of a stored vector.
    ///
    /// - Throws: `JSONReadingError`, ``StoreError/inconsistent(_:)``.
    public static func results(of bytes: [UInt8]) throws -> [RuleResult] {
        try ResultsCode.results(of: JSONReader.value(of: bytes))
    }
}

extension SnapshotStore {
    /// Stored vectors by their digests, as they are stored; every one that is asked for.
    ///
    /// - Throws: ``StoreError/digestMismatch(what:stored:computed:)`` where one was altered.
    public func storedResults(_ digests: Set<Digest>) throws(StoreError) -> [Digest: [UInt8]] {
        try reading { db in
            var found: [Digest: [UInt8]] = [:]
            for digest in digests.sorted() {
                let sql = "SELECT json FROM results WHERE digest = ?"
                guard let bytes = try db.first(sql, .bytes(digest.bytes), read: { $0.bytes(0) }) else {
                    throw StoreError.inconsistent("no results \(digest.short)")
                }
                let computed = Digest(of: bytes)
                guard computed == digest else {
                    throw StoreError.digestMismatch(what: "results", stored: digest, computed: computed)
                }
                found[digest] = bytes
            }
            return found
        }
    }
}
