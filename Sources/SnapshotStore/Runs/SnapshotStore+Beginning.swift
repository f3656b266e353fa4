public import AuditModel
internal import GRDB
internal import Synchronization

extension SnapshotStore {
    /// Begins a run: from here on its captures can be appended, by this process or by one that resumes it.
    ///
    /// - Parameters:
    ///   - run: In the state `open`; its environment is registered, its policy and waiver sets are stored.
    ///   - roster: The clients, each number once.
    public func beginRun(_ run: AuditRun, roster: [Client]) throws(StoreError) {
        let clients = roster.sorted { $0.id.number < $1.id.number }
        try Self.check(run, clients)
        let rosterRow = try writing(durable: true) { db in try Self.insertOpen(run, clients, in: db) }
        caches.withLock { $0.rosters.insert(clients, for: rosterRow) }
    }

    /// Inserts the row of a run that was checked; returns that of its roster.
    static func insertOpen(_ run: AuditRun, _ clients: [Client], in db: Database) throws -> Int64 {
        let environment = try rowID(of: run.environment, in: db)
        try checkPlace(of: run, environmentRow: environment, in: db)
        let rosterRow = try Roster.rowID(of: clients, environmentRow: environment, in: db)
        try db.run(
            """
            INSERT INTO run (uuid, environment_id, base_url, is_synthetic, kind, state, started_at, policy_set, \
            waiver_set, tool_version, client_count, roster_id) VALUES (?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?)
            """, .text(run.id.rawValue), .integer(environment), .text(run.baseURL),
            .integer(run.isSynthetic ? 1 : 0), .text(run.kind.rawValue), .integer(run.startedAt.milliseconds),
            .bytes(run.policySet?.bytes), .bytes(run.waiverSet?.bytes), .text(run.toolVersion),
            .integer(run.clientCount), .integer(rosterRow))
        return rosterRow
    }

    static func check(_ run: AuditRun, _ clients: [Client]) throws(StoreError) {
        func invalid(_ clause: String) -> StoreError { .invalidRun(run.id, clause: clause) }
        guard run.state == .open, run.sealedAt == nil else { throw invalid("it has ended before it begins") }
        guard run.clientCount == clients.count else { throw invalid("its roster has another number of clients") }
        for (one, next) in zip(clients, clients.dropFirst()) where one.id.number == next.id.number {
            throw invalid("client \(one.id) stands twice on its roster")
        }
        if let stranger = clients.first(where: { $0.id.environment != run.environment }) {
            throw invalid("client \(stranger.id) is of another environment")
        }
    }

    private static func checkPlace(of run: AuditRun, environmentRow: Int64, in db: Database) throws {
        let stored = try db.first(
            "SELECT base_url, is_synthetic FROM environment WHERE id = ?", .integer(environmentRow)
        ) { EnvironmentAddress(baseURL: $0.text(0), isSynthetic: $0.integer(1) != 0) }
        let given = EnvironmentAddress(baseURL: run.baseURL, isSynthetic: run.isSynthetic)
        if let stored, stored != given {
            throw StoreError.environmentChanged(run.environment, stored: stored, given: given)
        }
        let open = try db.first(
            "SELECT uuid FROM run WHERE environment_id = ? AND state = 'open'", .integer(environmentRow)
        ) { AuditRun.ID($0.text(0)) }
        if let open { throw StoreError.openRunExists(open) }
        if try db.first("SELECT 1 FROM run WHERE uuid = ?", .text(run.id.rawValue), read: { _ in true }) == true {
            throw StoreError.runExists(run.id)
        }
        for set in [run.policySet, run.waiverSet].compactMap({ $0 }) {
            let isStored = try db.first("SELECT 1 FROM policy_set WHERE digest = ?", .bytes(set.bytes)) { _ in true }
            guard isStored == true else {
                throw StoreError.invalidRun(run.id, clause: "the texts of its set \(set.short) are not stored")
            }
        }
    }

    /// Keeps sentences with an open run.
    public func addNotes(_ notes: [String], to run: AuditRun.ID) throws(StoreError) {
        try writing { db in
            let row = try RunRow.ofOpen(run, in: db).rowID
            for note in notes {
                try db.run(
                    """
                    INSERT INTO note (run_id, ordinal, text) \
                    VALUES (?1, (SELECT count(*) FROM note WHERE run_id = ?1), ?2)
                    """, .integer(row), .text(note))
            }
        }
    }

    /// Ends a run: from here on it cannot change. It is on the disk when this returns.
    ///
    /// Clients of the roster without any capture get one failure a group, `notAttempted`. In the same transaction the run
    /// becomes an entry of the log.
    /// - Parameters:
    ///   - state: `complete` or `partial`.
    ///   - evaluator: The version of the rules' evaluator, which the log keeps; nil where no rules were evaluated.
    /// - Throws: ``StoreError/incompleteRun(_:missing:)`` for `complete` where a capture is missing or has failed.
    public func seal(
        _ run: AuditRun.ID, at moment: Timestamp, state: AuditRun.State, evaluator: String? = nil
    ) throws(StoreError) {
        guard state.isSealed else { throw StoreError.invalidRun(run, clause: "it cannot be sealed as open") }
        try writing(durable: true) { db in
            let row = try RunRow.ofOpen(run, in: db)
            let count = try db.first(Self.countOfNightsSQL, .integer(row.rowID)) { ($0.integer(0), $0.integer(1)) }
            let (nights, failures) = count ?? (0, 0)
            let absent = row.run.clientCount - Int(nights)
            if state == .complete, absent > 0 || failures > 0 {
                throw StoreError.incompleteRun(run, missing: absent * SettingsGroup.allCases.count + Int(failures))
            }
            if absent > 0 { try Self.fillAbsent(row, in: db) }
            try db.run(
                "UPDATE run SET state = ?, sealed_at = ? WHERE id = ?", .text(state.rawValue),
                .integer(moment.milliseconds), .integer(row.rowID))
            let roster = caches.withLock { $0.rosters.value(for: row.rosterRowID) }
            try LogWriter.append(try RunRow.of(run, in: db), evaluator: evaluator, roster: roster, in: db)
        }
        caches.withLock { $0.openRoster = nil }
        // So that the file alone is the whole store; readers may hold a part back, which does no harm.
        try? database.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    }

    private static let countOfNightsSQL: String = {
        let failed = SettingsGroup.allCases.map { "(\(GroupCode.column(of: $0)) IN (0, -2))" }
        return "SELECT count(*), total(\(failed.joined(separator: " + "))) FROM client_night WHERE run_id = ?"
    }()

    private static func fillAbsent(_ row: RunRow, in db: Database) throws {
        let present = Set(
            try db.all("SELECT client_number FROM client_night WHERE run_id = ?", .integer(row.rowID)) {
                Int($0.integer(0))
            })
        let absent = try Roster.clients(ofRoster: row.rosterRowID, in: db).filter { !present.contains($0.id.number) }
        var writer = try NightWriter(row, in: db)
        for client in absent {
            try writer.write(
                ClientNight(
                    number: client.id.number,
                    captures: PerGroup(repeating: .failure(CaptureFailure(.notAttempted))),
                    times: PerGroup(repeating: nil), results: nil))
        }
    }
}
