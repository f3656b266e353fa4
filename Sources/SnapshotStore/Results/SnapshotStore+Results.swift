public import AuditModel
internal import GRDB
internal import Synchronization

/// The number of a result vector in one store (`results.id`): the same number, the same results.
public struct ResultsID: Sendable, Hashable, Comparable {
    /// 1 or more.
    public let rawValue: Int64

    /// Takes a number that a store gave.
    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension SnapshotStore {
    /// The results of evaluations that were made before, nil for the others; in the order asked for.
    ///
    /// - Parameter keys: Digests of all that results follow from (rules, evaluator, documents, facts), see decision 4.
    public func resultsIDs(forEvaluations keys: [Digest]) throws(StoreError) -> [ResultsID?] {
        var ids = caches.withLock { caches in keys.map { caches.evaluations.value(for: $0) } }
        let open = ids.indices.filter { ids[$0] == nil }
        if open.isEmpty { return ids }
        let found = try reading { db in
            let statement = try db.prepared("SELECT results_id FROM evaluation WHERE key = ?")
            defer { statement.reset() }
            return try open.map { index -> ResultsID? in
                statement.reset()
                try statement.bind(keys[index].bytes, at: 1)
                return try statement.step() ? ResultsID(statement.integer(0)) : nil
            }
        }
        caches.withLock { caches in
            for (index, id) in zip(open, found) {
                ids[index] = id
                if let id { caches.evaluations.insert(id, for: keys[index]) }
            }
        }
        return ids
    }

    /// The results of an evaluation that was made before, or nil.
    public func resultsID(forEvaluation key: Digest) throws(StoreError) -> ResultsID? {
        try resultsIDs(forEvaluations: [key])[0]
    }

    /// Stores what evaluations came to, each different vector once, in one transaction.
    ///
    /// - Returns: Their numbers, in the order given. For a key that is stored already, the stored one's.
    public func store(_ evaluations: [(key: Digest, results: [RuleResult])]) throws(StoreError) -> [ResultsID] {
        if evaluations.isEmpty { return [] }
        let rows = evaluations.map { evaluation in
            let bytes = CanonicalJSON.bytes(of: ResultsCode.value(of: evaluation.results))
            return (key: evaluation.key, digest: Digest(of: bytes), text: String(decoding: bytes, as: UTF8.self))
        }
        let key = try key()
        let ids = try writing { db in
            try rows.map { row in
                let id = try Self.resultsID(digest: row.digest, text: row.text, in: db)
                try db.run(
                    "INSERT INTO evaluation (key, results_id, tag) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    .bytes(row.key.bytes), .integer(id.rawValue),
                    .bytes(key.tag(ofEvaluation: row.key, results: row.digest)))
                let sql = "SELECT results_id FROM evaluation WHERE key = ?"
                return try db.first(sql, .bytes(row.key.bytes)) { ResultsID($0.integer(0)) } ?? id
            }
        }
        caches.withLock { caches in
            for (row, id) in zip(rows, ids) { caches.evaluations.insert(id, for: row.key) }
        }
        return ids
    }

    private static func resultsID(digest: Digest, text: String, in db: Database) throws -> ResultsID {
        let known = try db.first("SELECT id FROM results WHERE digest = ?", .bytes(digest.bytes)) {
            ResultsID($0.integer(0))
        }
        if let known { return known }
        try db.run("INSERT INTO results (digest, json) VALUES (?, ?)", .bytes(digest.bytes), .text(text))
        return ResultsID(db.lastInsertedRowID)
    }

    /// A result vector, in the order it was stored in.
    public func results(_ id: ResultsID) throws(StoreError) -> [RuleResult] {
        guard let results = try results(of: [id])[id] else {
            throw StoreError.inconsistent("no results \(id.rawValue)")
        }
        return results
    }

    /// Result vectors; every one that is asked for.
    ///
    /// - Throws: ``StoreError/digestMismatch(what:stored:computed:)`` where one was altered.
    public func results(of ids: some Sequence<ResultsID>) throws(StoreError) -> [ResultsID: [RuleResult]] {
        var found: [ResultsID: [RuleResult]] = [:]
        var open: Set<ResultsID> = []
        caches.withLock { caches in
            for id in ids where found[id] == nil {
                if let results = caches.results.value(for: id) { found[id] = results } else { open.insert(id) }
            }
        }
        if open.isEmpty { return found }
        let loaded = try reading { db in
            try open.sorted().map { id in
                let sql = "SELECT digest, json FROM results WHERE id = ?"
                guard let row = try db.first(sql, .integer(id.rawValue), read: { (try $0.digest(0), $0.bytes(1)) })
                else { throw StoreError.inconsistent("no results \(id.rawValue)") }
                let computed = Digest(of: row.1)
                guard computed == row.0 else {
                    throw StoreError.digestMismatch(
                        what: "results \(id.rawValue)", stored: row.0, computed: computed)
                }
                return (id, try ResultsCode.results(of: JSONReader.value(of: row.1)))
            }
        }
        caches.withLock { caches in
            for (id, results) in loaded {
                caches.results.insert(results, for: id)
                found[id] = results
            }
        }
        return found
    }
}
