internal import AuditModel
internal import GRDB
internal import Synchronization

extension SnapshotStore {
    /// The verdicts of a result vector.
    public func verdicts(_ id: ResultsID) throws(StoreError) -> VerdictVector {
        if let known = caches.withLock({ $0.verdicts.value(for: id) }) { return known }
        guard let vector = try verdicts(of: [id])[id] else {
            throw StoreError.inconsistent("no results \(id.rawValue)")
        }
        return vector
    }

    /// The verdicts of result vectors, without the reasons; every one that is asked for.
    ///
    /// - Throws: ``StoreError/digestMismatch(what:stored:computed:)`` where one was altered.
    public func verdicts(of ids: some Sequence<ResultsID>) throws(StoreError) -> [ResultsID: VerdictVector] {
        var found: [ResultsID: VerdictVector] = [:]
        var open: Set<ResultsID> = []
        caches.withLock { caches in
            for id in ids where found[id] == nil {
                if let vector = caches.verdicts.value(for: id) { found[id] = vector } else { open.insert(id) }
            }
        }
        if open.isEmpty { return found }
        let loaded = try reading { db in
            let statement = try db.prepared("SELECT digest, json FROM results WHERE id = ?")
            defer { statement.reset() }
            var reader = VerdictReader()
            return try open.sorted().map { id in
                statement.reset()
                try statement.bind(id.rawValue, at: 1)
                guard try statement.step() else { throw StoreError.inconsistent("no results \(id.rawValue)") }
                let (stored, bytes) = (try statement.digest(0), statement.bytes(1))
                let computed = Digest(of: bytes)
                guard computed == stored else {
                    throw StoreError.digestMismatch(what: "results \(id.rawValue)", stored: stored, computed: computed)
                }
                return (id, try reader.vector(of: bytes))
            }
        }
        caches.withLock { caches in
            for (id, vector) in loaded {
                caches.verdicts.insert(vector, for: id)
                found[id] = vector
            }
        }
        return found
    }
}
