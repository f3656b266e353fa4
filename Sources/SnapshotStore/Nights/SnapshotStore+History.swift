public import AuditModel
internal import GRDB

/// The last capture of a group that has a document.
public struct LastKnownCapture: Sendable, Hashable {
    /// The document.
    public var document: DocumentID
    /// The run it was captured in.
    public var run: AuditRun
    /// When its answer came.
    public var answeredAt: Timestamp
}

extension SnapshotStore {
    /// The last document of a client's group in a sealed run before another one: what is told beside a failed capture.
    public func lastKnown(
        _ group: SettingsGroup, of client: Client.ID, before run: AuditRun
    ) throws(StoreError) -> LastKnownCapture? {
        try reading { db in
            try db.first(
                Self.lastKnownSQL[group], .integer(client.number), .text(client.environment.rawValue),
                .integer(run.startedAt.milliseconds)
            ) { row in
                let row = (run: try RunRow(row).run, statement: row)
                let night = try NightReader.Unresolved(
                    row.statement, from: RunRow.columnCount, since: row.run.startedAt)
                guard let document = night.captures[group]?.documentID else {
                    throw StoreError.inconsistent("run \(row.run.id) has no document where it was found")
                }
                return LastKnownCapture(
                    document: document, run: row.run, answeredAt: night.times[group]?.answeredAt ?? row.run.startedAt)
            }
        }
    }

    static let lastKnownSQL = PerGroup { group in
        sealedNightsSQL + " AND \(NightTable.joinedColumn(of: group)) > 0 ORDER BY run.started_at DESC LIMIT 1"
    }

    private static let sealedNightsSQL = """
        SELECT \(RunRow.columns), \(NightTable.columnsOfJoined) FROM run \
        JOIN environment ON environment.id = run.environment_id \(NightTable.joined) \
        WHERE environment.name = ?2 AND run.started_at < ?3 \
        AND run.state <> 'open' AND \(NightTable.hasNight)
        """

    static let historySQL = sealedNightsSQL + " ORDER BY run.started_at DESC LIMIT ?4"

    /// Goes through the nights of one client in sealed runs, newest first, until the closure returns false. The closure
    /// may use the store.
    ///
    /// - Parameter run: Where to begin: with the run before this one; nil for the latest.
    public func forEachNight(
        of client: Client.ID, before run: AuditRun? = nil, _ body: (AuditRun, ClientNight) throws -> Bool
    ) throws {
        // Most look-backs end after a run or two; long ones go on in larger stretches.
        var stretch = 4
        var moment = run?.startedAt.milliseconds ?? Int64.max
        while true {
            let nights = try nights(of: client, before: moment, limit: stretch)
            for (run, night) in nights where try !body(run, night) { return }
            guard nights.count == stretch, let end = nights.last else { return }
            moment = end.run.startedAt.milliseconds
            stretch = min(stretch * 4, 256)
        }
    }

    private func nights(
        of client: Client.ID, before moment: Int64, limit: Int
    ) throws(StoreError) -> [(run: AuditRun, night: ClientNight)] {
        try reading { db in
            let rows = try db.all(
                Self.historySQL, .integer(client.number), .text(client.environment.rawValue), .integer(moment),
                .integer(limit)
            ) { row in
                let run = try RunRow(row)
                return (run, try NightReader.Unresolved(row, from: RunRow.columnCount, since: run.run.startedAt))
            }
            return try rows.map { run, night in (run.run, try NightReader(run, in: db).resolved([night])[0]) }
        }
    }
}
