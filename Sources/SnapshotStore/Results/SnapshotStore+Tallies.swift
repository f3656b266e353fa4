public import AuditModel
internal import GRDB
internal import Synchronization

/// A run in numbers: how many clients have each result vector, and how many were read without a gap.
public struct RunTally: Sendable, Hashable {
    /// The clients of which no group failed.
    public var clientsCollected: Int
    /// How many clients have which results, by number; clients that nothing judged are in none.
    public var clientsByResults: [(results: ResultsID, clients: Int)]

    public static func == (left: Self, right: Self) -> Bool {
        left.clientsCollected == right.clientsCollected
            && left.clientsByResults.elementsEqual(right.clientsByResults) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(clientsCollected)
        for entry in clientsByResults {
            hasher.combine(entry.results)
            hasher.combine(entry.clients)
        }
    }
}

extension SnapshotStore {
    /// The last sealed runs of an environment and a kind that started before another one, the oldest first.
    public func sealedRuns(before run: AuditRun, kind: AuditRun.Kind, limit: Int) throws(StoreError) -> [AuditRun] {
        try reading { db in
            try db.all(
                """
                SELECT \(RunRow.columns) FROM \(RunRow.tables) \
                WHERE environment.name = ? AND run.started_at < ? AND run.state <> 'open' AND run.kind = ? \
                ORDER BY run.started_at DESC LIMIT ?
                """, .text(run.environment.rawValue), .integer(run.startedAt.milliseconds), .text(kind.rawValue),
                .integer(limit)
            ) { try RunRow($0).run }.reversed()
        }
    }

    /// A run in numbers. Its rows are counted where they lie: one pass over them, and no night is read.
    public func tally(of run: AuditRun.ID) throws(StoreError) -> RunTally {
        // 0: failed, -2: never asked for; -1 was not to be collected, which is no gap.
        let isWhole = ["internal", "settings", "messaging", "voice_pool", "countries"]
            .map { "\($0)_id NOT IN (0, -2)" }.joined(separator: " AND ")
        if let known = caches.withLock({ $0.tallies.value(for: run) }) { return known }
        let (tally, isSealed) = try reading { db in
            let row = try RunRow.of(run, in: db)
            // Counted here and not by GROUP BY, which would sort the rows of a large fleet first.
            var clients: [Int64: Int] = [:]
            var whole = 0
            let statement = try NightTable(row, in: db).statement(
                "client_number, results_id, \(isWhole)")
            defer { statement.reset() }
            while try statement.step() {
                whole += Int(statement.integer(2))
                if let results = statement.optionalInteger(1) { clients[results, default: 0] += 1 }
            }
            let tally = RunTally(
                clientsCollected: whole,
                clientsByResults: clients.sorted { $0.key < $1.key }.map { (ResultsID($0.key), $0.value) })
            return (tally, row.run.state.isSealed)
        }
        // What a sealed run says does not change any more.
        if isSealed { caches.withLock { $0.tallies.insert(tally, for: run) } }
        return tally
    }

    /// The results of the nights of a run for some clients, by client number.
    public func resultsIDs(
        of run: AuditRun.ID, clients numbers: some Sequence<Int>
    ) throws(StoreError) -> [(number: Int, results: ResultsID)] {
        try reading { db in
            let nights = try NightTable(try RunRow.of(run, in: db), in: db)
            return try numbers.compactMap { number in
                try nights.all("client_number, results_id", clients: number...number) { $0.optionalInteger(1) }
                    .first.flatMap { $0 }.map { (number, ResultsID($0)) }
            }
        }
    }
}
