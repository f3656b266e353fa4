internal import AuditModel
internal import GRDB

/// The one place that reads nights: the rows that are there and, in their place, the marks of those that were pruned.
///
/// Everybody who asks what a run has of its clients asks here, so that nobody takes a pruned night for one that never was.
/// A row counts before a mark. Of a pruned night documents and results are known and times are not: the column `times` is
/// NULL then, and never otherwise.
struct NightTable {
    /// The columns of a night, with ``columns`` their names in a statement of one run.
    static let columns = """
        client_number, internal_id, settings_id, messaging_id, voice_pool_id, countries_id, results_id, times
        """

    private let run: RunRow
    private let db: Database
    /// The run's place in the log, where some of its nights were pruned; nil where every row is there.
    private let prunedEntry: Int64?

    /// The nights of a run.
    ///
    /// - Parameter areAllHeld: whether every row is known to be there: while a database of an old schema is upgraded, which
    ///   knows of no pruning.
    init(_ run: RunRow, areAllHeld: Bool = false, in db: Database) throws {
        self.run = run
        self.db = db
        prunedEntry =
            areAllHeld
            ? nil
            : try db.first(Self.prunedEntrySQL, .integer(run.rowID)) { $0.integer(0) }
    }

    private static let prunedEntrySQL = """
        SELECT entry_index FROM log_entry WHERE run_id = ?1 AND EXISTS (SELECT 1 FROM pruned_subtree WHERE run_id = ?1)
        """

    /// Whether some of the run's nights were pruned.
    var isPruned: Bool { prunedEntry != nil }

    /// A statement over the nights of some clients, by number; it is to be reset after its last row.
    ///
    /// - Parameters:
    ///   - columns: expressions over ``columns``, of which the first is `client_number`.
    ///   - limit: at most so many; -1 for all.
    func statement(
        _ columns: String = NightTable.columns, clients: ClosedRange<Int> = Int.min...Int.max, limit: Int = -1
    ) throws -> PreparedStatement {
        let statement = try db.prepared(prunedEntry == nil ? Self.rowsSQL(columns) : Self.nightsSQL(columns))
        statement.reset()
        try statement.bind(run.rowID, at: 1)
        try statement.bind(Int64(clients.lowerBound), at: 2)
        try statement.bind(Int64(clients.upperBound), at: 3)
        try statement.bind(Int64(limit), at: 4)
        if let prunedEntry {
            try statement.bind(run.environmentRowID, at: 5)
            try statement.bind(run.run.startedAt.milliseconds, at: 6)
            try statement.bind(prunedEntry, at: 7)
        }
        return statement
    }

    /// What `read` makes of the nights of some clients, by number.
    func all<Result>(
        _ columns: String = NightTable.columns, clients: ClosedRange<Int> = Int.min...Int.max, limit: Int = -1,
        read: (PreparedStatement) throws -> Result
    ) throws -> [Result] {
        let statement = try statement(columns, clients: clients, limit: limit)
        defer { statement.reset() }
        var results: [Result] = []
        while try statement.step() { results.append(try read(statement)) }
        return results
    }

    // One stretch of the primary key.
    static func rowsSQL(_ columns: String) -> String {
        """
        SELECT \(columns) FROM client_night WHERE run_id = ?1 AND client_number BETWEEN ?2 AND ?3 \
        ORDER BY client_number LIMIT ?4
        """
    }

    // Two stretches of primary keys, merged; the marks of all times are passed over to find those of this run.
    static func nightsSQL(_ columns: String) -> String {
        """
        SELECT \(columns) FROM client_night WHERE run_id = ?1 AND client_number BETWEEN ?2 AND ?3 \
        UNION ALL SELECT \(columns) FROM (SELECT client_number, internal_id, settings_id, messaging_id, voice_pool_id, \
        countries_id, results_id, NULL AS times FROM unchanged_nights WHERE environment_id = ?5 \
        AND client_number BETWEEN ?2 AND ?3 AND from_start < ?6 AND through_start > ?6 AND log_size > ?7 \
        AND NOT EXISTS (SELECT 1 FROM client_night AS held WHERE held.run_id = ?1 \
        AND held.client_number = unchanged_nights.client_number)) ORDER BY 1 LIMIT ?4
        """
    }
}

// One client through many runs.
extension NightTable {
    /// The columns of ``columns`` in a statement that has ``joined``.
    static let columnsOfJoined =
        [
            "client_number", "internal_id", "settings_id", "messaging_id", "voice_pool_id", "countries_id",
            "results_id",
        ].map { "coalesce(client_night.\($0), unchanged_nights.\($0))" }.joined(separator: ", ")
        + ", client_night.times"

    /// A group's column of ``columnsOfJoined``.
    static func joinedColumn(of group: SettingsGroup) -> String {
        let name = GroupCode.column(of: group)
        return "coalesce(client_night.\(name), unchanged_nights.\(name))"
    }

    /// Joins the night of the client whose number is parameter 1 to `run`. Goes from run to night, never the other way: nights of
    /// one client alone have no index, and need none, since each run leads to its night by a primary key.
    static let joined = """
        LEFT JOIN client_night ON client_night.run_id = run.id AND client_night.client_number = ?1 \
        LEFT JOIN log_entry ON log_entry.run_id = run.id \
        LEFT JOIN unchanged_nights ON client_night.run_id IS NULL \
        AND unchanged_nights.environment_id = run.environment_id AND unchanged_nights.client_number = ?1 \
        AND unchanged_nights.from_start < run.started_at AND unchanged_nights.through_start > run.started_at \
        AND unchanged_nights.log_size > log_entry.entry_index
        """

    /// Leaves out the runs in which the client of ``joined`` has no night.
    static let hasNight = "(client_night.run_id IS NOT NULL OR unchanged_nights.client_number IS NOT NULL)"
}
