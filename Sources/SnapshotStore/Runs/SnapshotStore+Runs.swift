public import AuditModel
internal import GRDB
internal import Synchronization

extension SnapshotStore {
    /// The run of an environment that has not ended, or nil. There is at most one.
    public func openRun(in environment: EnvironmentName) throws(StoreError) -> AuditRun? {
        try run(
            """
            SELECT \(RunRow.columns) FROM \(RunRow.tables) \
            WHERE environment.name = ? AND run.state = 'open'
            """, .text(environment.rawValue))
    }

    /// The run with this id.
    ///
    /// - Throws: ``StoreError/unknownRun(_:)``.
    public func run(_ id: AuditRun.ID) throws(StoreError) -> AuditRun {
        try reading { db in try RunRow.of(id, in: db).run }
    }

    /// The runs whose id starts so, by start; at most ten, which is enough to say that it is ambiguous.
    public func runs(matching prefix: String) throws(StoreError) -> [AuditRun] {
        let prefix = prefix.lowercased()
        // All characters of an id come before "g", so the matching ids are one stretch of the index.
        guard !prefix.isEmpty, prefix.utf8.allSatisfy({ $0 < UInt8(ascii: "g") }) else { return [] }
        return try reading { db in
            try db.all(
                """
                SELECT \(RunRow.columns) FROM \(RunRow.tables) WHERE run.uuid >= ? AND run.uuid < ? \
                ORDER BY run.started_at, run.uuid LIMIT 10
                """, .text(prefix), .text(prefix + "g")
            ) { try RunRow($0).run }
        }
    }

    /// All runs, or those of one environment, by start.
    public func runs(in environment: EnvironmentName? = nil) throws(StoreError) -> [AuditRun] {
        try reading { db in
            guard let environment else {
                let sql = "SELECT \(RunRow.columns) FROM \(RunRow.tables) ORDER BY run.started_at, run.uuid"
                return try db.all(sql) { try RunRow($0).run }
            }
            let sql = """
                SELECT \(RunRow.columns) FROM \(RunRow.tables) \
                WHERE environment.name = ? ORDER BY run.started_at
                """
            return try db.all(sql, .text(environment.rawValue)) { try RunRow($0).run }
        }
    }

    /// The run that a moment stands for: the latest of those that have ended and started then or before.
    ///
    /// - Parameter kind: Runs of this kind alone; nil for both.
    public func latestSealedRun(
        in environment: EnvironmentName, startedAtOrBefore moment: Timestamp, kind: AuditRun.Kind? = nil
    ) throws(StoreError) -> AuditRun? {
        try run(
            Self.asOfSQL, .text(environment.rawValue), .integer(moment.milliseconds), .text(kind?.rawValue),
            .text(kind?.rawValue))
    }

    static let asOfSQL = """
        SELECT \(RunRow.columns) FROM \(RunRow.tables) \
        WHERE environment.name = ? AND run.started_at <= ? \
        AND run.state <> 'open' AND (? IS NULL OR run.kind = ?) ORDER BY run.started_at DESC LIMIT 1
        """

    /// The sealed run before another one in its environment.
    public func previousSealedRun(before run: AuditRun, kind: AuditRun.Kind? = nil) throws(StoreError) -> AuditRun? {
        // Starts differ by a millisecond at least: the id is made of them.
        try latestSealedRun(
            in: run.environment, startedAtOrBefore: Timestamp(milliseconds: run.startedAt.milliseconds - 1), kind: kind)
    }

    /// The newest complete run of an environment and a kind that started at a moment or before.
    public func latestCompleteRun(
        in environment: EnvironmentName, startedAtOrBefore moment: Timestamp, kind: AuditRun.Kind
    ) throws(StoreError) -> AuditRun? {
        try run(
            """
            SELECT \(RunRow.columns) FROM \(RunRow.tables) \
            WHERE environment.name = ? AND run.started_at <= ? AND run.state = 'complete' AND run.kind = ? \
            ORDER BY run.started_at DESC LIMIT 1
            """, .text(environment.rawValue), .integer(moment.milliseconds), .text(kind.rawValue))
    }

    /// The first run of an environment that has ended.
    public func firstSealedRun(in environment: EnvironmentName) throws(StoreError) -> AuditRun? {
        try run(
            """
            SELECT \(RunRow.columns) FROM \(RunRow.tables) \
            WHERE environment.name = ? AND run.state <> 'open' \
            ORDER BY run.started_at LIMIT 1
            """, .text(environment.rawValue))
    }

    private func run(_ sql: String, _ values: BoundValue...) throws(StoreError) -> AuditRun? {
        try reading { db in
            let statement = try db.prepared(sql)
            defer { statement.reset() }
            for (index, value) in values.enumerated() { try statement.bind(value, at: Int32(index + 1)) }
            return try statement.step() ? try RunRow(statement).run : nil
        }
    }

    /// The clients of a run as they were configured then, by number.
    public func roster(of run: AuditRun.ID) throws(StoreError) -> [Client] {
        let row = try reading { db in try RunRow.of(run, in: db).rosterRowID }
        if let clients = caches.withLock({ $0.rosters.value(for: row) }) { return clients }
        let clients = try reading { db in try Roster.clients(ofRoster: row, in: db) }
        caches.withLock { $0.rosters.insert(clients, for: row) }
        return clients
    }

    /// What names a run's roster: runs with equal ids have the same clients, described in the same way.
    public func rosterID(of run: AuditRun.ID) throws(StoreError) -> RosterID {
        try reading { db in RosterID(rawValue: try RunRow.of(run, in: db).rosterRowID) }
    }

    /// The sentences that were kept with a run, in the order kept.
    public func notes(of run: AuditRun.ID) throws(StoreError) -> [String] {
        try reading { db in
            let row = try RunRow.of(run, in: db).rowID
            return try db.all("SELECT text FROM note WHERE run_id = ? ORDER BY ordinal", .integer(row)) { $0.text(0) }
        }
    }
}

/// The number of a roster in one store.
public struct RosterID: Sendable, Hashable {
    let rawValue: Int64
}
