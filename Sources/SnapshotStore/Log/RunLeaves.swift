internal import AuditModel
internal import Evidence
internal import GRDB

/// One client's leaves in the two trees of a run.
struct ClientLeaves {
    /// The client's number.
    var number: Int
    /// Its five captures, in the order of the groups; empty where they were pruned.
    var captures: [CaptureLeaf]
    /// What its five captures came to, pruned or not.
    var counts: RunLeaf.Counts
    /// Its results.
    var results: ResultLeaf
}

/// Goes through the leaves of a run's two trees in their order, as the rows of the run say.
struct RunLeaves {
    private let run: RunRow
    private let digests: DigestLookup
    private let areAllHeld: Bool
    private let db: Database

    /// The leaves of a run.
    ///
    /// - Parameter areAllHeld: see ``NightTable``.
    init(_ run: RunRow, areAllHeld: Bool = false, digests: DigestLookup, in db: Database) {
        self.run = run
        self.areAllHeld = areAllHeld
        self.digests = digests
        self.db = db
    }

    /// Calls the closure for each client by number, with a few of them in memory at a time.
    func forEach(_ body: (ClientLeaves) throws -> Void) throws {
        let stretch = 1024
        var last = Int.min
        while true {
            let nights = try nights(after: last, limit: stretch)
            if let first = nights.first, let end = nights.last {
                let failures = try failures(first.number...end.number)
                for night in nights { try body(try leaves(of: night, failures[night.number])) }
                last = end.number
            }
            guard nights.count == stretch else { return }
        }
    }

    private func nights(after number: Int, limit: Int) throws -> [NightReader.Unresolved] {
        guard number < Int.max else { return [] }
        return try NightTable(run, areAllHeld: areAllHeld, in: db).all(clients: number + 1...Int.max, limit: limit) {
            try NightReader.Unresolved($0, since: run.run.startedAt)
        }
    }

    /// The failures of each attempt of these clients, oldest first.
    private func failures(_ numbers: ClosedRange<Int>) throws -> [Int: PerGroup<[CaptureFailure]>] {
        let sql = """
            SELECT client_number, group_id, reason, status, request, detail, attempt FROM capture_failure \
            WHERE run_id = ? AND client_number BETWEEN ? AND ? ORDER BY client_number, group_id, attempt
            """
        let rows = try db.all(
            sql, .integer(run.rowID), .integer(numbers.lowerBound), .integer(numbers.upperBound)
        ) { row in
            (
                number: Int(row.integer(0)), group: try GroupCode.group(of: row.integer(1)),
                failure: try NightReader.failure(row), attempt: Int(row.integer(6))
            )
        }
        var failures: [Int: PerGroup<[CaptureFailure]>] = [:]
        for row in rows {
            var own = failures[row.number] ?? PerGroup(repeating: [])
            own[row.group].append(row.failure)
            guard own[row.group].count == row.attempt else {
                throw StoreError.inconsistent(
                    "the failures of client \(row.number), \(row.group.rawValue), in run \(run.run.id) are not numbered "
                        + "from 1 without a gap")
            }
            failures[row.number] = own
        }
        return failures
    }

    private func leaves(
        of night: NightReader.Unresolved, _ failures: PerGroup<[CaptureFailure]>?
    ) throws -> ClientLeaves {
        let client = Client.ID(environment: run.run.environment, number: night.number)
        var counts = RunLeaf.Counts(documents: 0, failures: 0, notCollected: 0)
        for (_, capture) in night.captures.pairs {
            switch capture {
            case .document: counts.documents += 1
            case .notCollected: counts.notCollected += 1
            case .failure, nil: counts.failures += 1
            }
        }
        let groups = night.isHashOnly ? [] : SettingsGroup.allCases
        let captures = try groups.map { group -> CaptureLeaf in
            var earlier = failures?[group] ?? []
            let capture: Capture
            switch night.captures[group] {
            case .document(let id): capture = .document(try digests.digest(of: id, group: group))
            case .notCollected(let reason): capture = .notCollected(reason)
            case .failure(let failure): capture = .failure(failure)
            case nil:
                guard let last = earlier.popLast() else {
                    throw StoreError.inconsistent(
                        "client \(night.number) has no reason for its missing \(group.rawValue) in run \(run.run.id)")
                }
                capture = .failure(last)
            }
            return CaptureLeaf(
                client: client, group: group, capture: capture, times: night.times[group], earlierFailures: earlier)
        }
        let results = try night.results.map { try digests.digest(of: $0) }
        return ClientLeaves(
            number: night.number, captures: captures, counts: counts,
            results: ResultLeaf(client: client, results: results))
    }
}

/// The digests behind the numbers in nights, within one access to the database. Most nights have the same numbers as those
/// before, so they are kept.
final class DigestLookup {
    private let db: Database
    private var documents = GenerationalCache<Int64, (digest: Digest, group: SettingsGroup)>(capacity: 16_384)
    private var results = GenerationalCache<Int64, Digest>(capacity: 16_384)

    /// A lookup that has seen nothing.
    init(in db: Database) { self.db = db }

    /// The digest of a document, which must be of the group.
    func digest(of id: DocumentID, group: SettingsGroup) throws -> Digest {
        if let known = documents.value(for: id.rawValue), known.group == group { return known.digest }
        let found = try db.first("SELECT digest, group_id FROM document WHERE id = ?", .integer(id.rawValue)) {
            (digest: try $0.digest(0), group: try GroupCode.group(of: $0.integer(1)))
        }
        guard let found, found.group == group else {
            throw StoreError.inconsistent("no document \(id.rawValue) of \(group.rawValue)")
        }
        documents.insert(found, for: id.rawValue)
        return found.digest
    }

    /// The digest of a result vector.
    func digest(of id: ResultsID) throws -> Digest {
        if let known = results.value(for: id.rawValue) { return known }
        guard
            let found = try db.first(
                "SELECT digest FROM results WHERE id = ?", .integer(id.rawValue), read: { try $0.digest(0) })
        else { throw StoreError.inconsistent("no results \(id.rawValue)") }
        results.insert(found, for: id.rawValue)
        return found
    }
}
