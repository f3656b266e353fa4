public import AuditModel
internal import GRDB

extension SnapshotStore {
    /// What a destination was told of an environment's runs, by the start of the run, then by event.
    ///
    /// - Parameter destination: ``StoreKey/destinationFingerprint(of:)``.
    public func notifications(
        in environment: EnvironmentName, to destination: Digest
    ) throws(StoreError) -> [NotificationRecord] {
        try reading { db in
            try db.all(
                """
                SELECT run.uuid, run.started_at, notification.event, notification.content, notification.attempts, \
                notification.attempted_at, notification.sent_at \
                FROM run JOIN notification ON notification.run_id = run.id \
                WHERE run.environment_id = (SELECT id FROM environment WHERE name = ?) AND notification.destination = ? \
                ORDER BY run.started_at, notification.event
                """, .text(environment.rawValue), .bytes(destination.bytes)
            ) { row in
                NotificationRecord(
                    run: AuditRun.ID(row.text(0)), startedAt: Timestamp(milliseconds: row.integer(1)),
                    event: row.text(2), content: try row.digest(3), attempts: Int(row.integer(4)),
                    attemptedAt: Timestamp(milliseconds: row.integer(5)),
                    sentAt: row.optionalInteger(6).map { Timestamp(milliseconds: $0) })
            }
        }
    }

    /// Keeps one attempt to tell a destination of some events of a run.
    ///
    /// - Parameters:
    ///   - events: each with the digest of what was told.
    ///   - isSent: whether it arrived. What arrived once stays so, whatever later attempts come to.
    public func recordNotification(
        of run: AuditRun.ID, to destination: Digest, events: [(event: String, content: Digest)], at moment: Timestamp,
        isSent: Bool
    ) throws(StoreError) {
        // Durable: after a power cut nobody should be told again.
        try writing(durable: true) { db in
            let row = try RunRow.of(run, in: db).rowID
            for (event, content) in events {
                try db.run(
                    """
                    INSERT INTO notification (run_id, destination, event, content, attempts, attempted_at, sent_at) \
                    VALUES (?, ?, ?, ?, 1, ?, ?) ON CONFLICT (run_id, destination, event) DO UPDATE SET \
                    content = excluded.content, attempts = attempts + 1, attempted_at = excluded.attempted_at, \
                    sent_at = coalesce(excluded.sent_at, sent_at)
                    """, .integer(row), .bytes(destination.bytes), .text(event), .bytes(content.bytes),
                    .integer(moment.milliseconds), isSent ? .integer(moment.milliseconds) : .null)
            }
        }
    }
}
