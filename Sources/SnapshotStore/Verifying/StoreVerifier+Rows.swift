internal import AuditModel
internal import GRDB

// Rows that no digest of their own holds, and that the leaves of the log would pass over.
extension StoreVerifier {
    mutating func verifyRows() throws {
        try each(
            """
            SELECT environment.name, run.uuid FROM run JOIN environment ON environment.id = run.environment_id \
            WHERE run.is_synthetic <> environment.is_synthetic
            """
        ) { row in
            (
                "environment", "environment \(row.text(0))",
                "it and its run \(row.text(1)) do not agree on being synthetic"
            )
        }
        try each(
            """
            SELECT run.uuid, ordinal FROM (SELECT run_id, ordinal, \
            row_number() OVER (PARTITION BY run_id ORDER BY ordinal) - 1 AS expected FROM note) \
            JOIN run ON run.id = run_id WHERE ordinal <> expected
            """
        ) { row in
            ("note", "run \(row.text(0)), note \(row.integer(1))", "the notes are not numbered from 0 without a gap")
        }
        try each(
            """
            SELECT run.uuid, client_number, settings_group.name FROM capture_failure JOIN run ON run.id = run_id \
            LEFT JOIN settings_group ON settings_group.id = group_id \
            WHERE NOT EXISTS (SELECT 1 FROM client_night WHERE client_night.run_id = capture_failure.run_id \
            AND client_night.client_number = capture_failure.client_number)
            """
        ) { row in
            (
                "capture_failure", "run \(row.text(0)), client \(row.integer(1)), \(row.text(2))",
                "it is of a client that the run has no night of"
            )
        }
        outcome.openRuns = try db.all("SELECT uuid FROM run WHERE state = 'open' ORDER BY uuid") {
            AuditRun.ID($0.text(0))
        }
    }

    private mutating func each(_ sql: String, _ finding: (PreparedStatement) -> (String, String, String)) throws {
        for (table, key, clause) in try db.all(sql, read: finding) { outcome.add(table, key, clause) }
    }
}
