public import AuditModel
internal import GRDB

extension SnapshotStore {
    /// The nearest runs before and after one that have kept their row of a client with the same documents and results: what
    /// can be proven where a night was pruned. Nil where there is none, and for a night that was not pruned.
    public func keptNights(
        around run: AuditRun, of client: Client.ID
    ) throws(StoreError) -> (before: AuditRun?, after: AuditRun?) {
        try reading { db in
            let row = try RunRow.of(run.id, in: db)
            guard try NightReader(row, in: db).night(of: client.number)?.isHashOnly == true else { return (nil, nil) }
            func nearest(_ comparison: String, _ order: String) throws -> AuditRun? {
                try db.first(
                    """
                    SELECT \(RunRow.columns) FROM \(RunRow.tables) \
                    JOIN client_night ON client_night.run_id = run.id AND client_night.client_number = ? \
                    WHERE run.environment_id = ? AND run.started_at \(comparison) ? AND run.state <> 'open' \
                    AND EXISTS (SELECT 1 FROM unchanged_nights AS mark WHERE mark.environment_id = run.environment_id \
                    AND mark.client_number = client_night.client_number AND mark.from_start < ? AND mark.through_start > ? \
                    AND mark.from_start <= run.started_at AND mark.through_start >= run.started_at \
                    AND mark.internal_id = client_night.internal_id AND mark.settings_id = client_night.settings_id \
                    AND mark.messaging_id = client_night.messaging_id AND mark.voice_pool_id = client_night.voice_pool_id \
                    AND mark.countries_id = client_night.countries_id AND mark.results_id IS client_night.results_id) \
                    ORDER BY run.started_at \(order) LIMIT 1
                    """, .integer(client.number), .integer(row.environmentRowID),
                    .integer(run.startedAt.milliseconds), .integer(run.startedAt.milliseconds),
                    .integer(run.startedAt.milliseconds)
                ) { try RunRow($0).run }
            }
            return (try nearest("<", "DESC"), try nearest(">", "ASC"))
        }
    }
}
