public import AuditModel
internal import GRDB
internal import Synchronization

/// Writes nights of one run within a transaction.
struct NightWriter {
    private let db: Database
    private let run: RunRow
    private let insert: PreparedStatement

    /// A writer for an open run.
    init(_ run: RunRow, in db: Database) throws {
        self.db = db
        self.run = run
        insert = try db.prepared(Self.insertSQL)
        insert.reset()
        try insert.bind(run.rowID, at: 1)
    }

    private static let insertSQL = """
        INSERT INTO client_night (run_id, client_number, internal_id, settings_id, messaging_id, voice_pool_id, \
        countries_id, results_id, times) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) \
        ON CONFLICT (run_id, client_number) DO UPDATE SET internal_id = excluded.internal_id, \
        settings_id = excluded.settings_id, messaging_id = excluded.messaging_id, \
        voice_pool_id = excluded.voice_pool_id, countries_id = excluded.countries_id, \
        results_id = excluded.results_id, times = excluded.times
        """

    /// Writes one night in the place of an earlier one of the same client.
    mutating func write(_ night: ClientNight) throws {
        var failed = false
        var position: Int32 = 3
        for group in SettingsGroup.allCases {
            let code = night.captures[group].code
            failed = failed || code == StoredCapture.failureCode
            try insert.bind(code, at: position)
            position += 1
        }
        // Before the night is replaced: a failure that it has already is not a new attempt.
        if failed { try writeFailures(of: night) }
        try insert.bind(Int64(night.number), at: 2)
        try insert.bind(night.results.map { .integer($0.rawValue) } ?? .null, at: 8)
        try insert.bind(TimesCode.bytes(of: night.times, since: run.run.startedAt), at: 9)
        try insert.run()
    }

    private func writeFailures(of night: ClientNight) throws {
        let before = try NightReader(run, in: db).night(of: night.number)
        for group in SettingsGroup.allCases {
            guard case .failure(let failure) = night.captures[group], night.captures[group].code == 0 else { continue }
            if let before, before.captures[group] == night.captures[group], before.times[group] == night.times[group] {
                continue
            }
            try db.run(
                """
                INSERT INTO capture_failure (run_id, client_number, group_id, attempt, reason, status, request, detail) \
                VALUES (?1, ?2, ?3, 1 + coalesce((SELECT max(attempt) FROM capture_failure \
                WHERE run_id = ?1 AND client_number = ?2 AND group_id = ?3), 0), ?4, ?5, ?6, ?7)
                """, .integer(run.rowID), .integer(night.number), .integer(GroupCode.code(of: group)),
                .text(failure.reason.rawValue), failure.status.map { .integer($0) } ?? .null, .text(failure.request),
                .text(failure.detail))
        }
    }
}

extension SnapshotStore {
    /// Stores the captures of some clients of an open run, in one transaction.
    ///
    /// A client that has a night in this run gets this one in its place; failures of earlier attempts are kept beside.
    public func append(_ nights: [ClientNight], to run: AuditRun.ID) throws(StoreError) {
        if nights.isEmpty { return }
        let numbers = try rosterNumbers(of: run)
        for night in nights where !numbers.contains(night.number) {
            let environment = try self.run(run).environment
            throw StoreError.notOnRoster(Client.ID(environment: environment, number: night.number), run)
        }
        try writing { db in
            var writer = try NightWriter(try RunRow.ofOpen(run, in: db), in: db)
            for night in nights { try writer.write(night) }
        }
    }

    private func rosterNumbers(of run: AuditRun.ID) throws(StoreError) -> Set<Int> {
        if let open = caches.withLock({ $0.openRoster }), open.run == run { return open.numbers }
        let numbers = Set(try roster(of: run).map(\.id.number))
        caches.withLock { $0.openRoster = (run, numbers) }
        return numbers
    }
}
