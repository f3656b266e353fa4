internal import AuditModel
internal import Evidence
internal import GRDB

// What stands for pruned nights, and who must not be pruned.
extension StoreVerifier {
    /// Each mark begins and ends at kept rows that are like it, and is of runs whose nights are like it.
    mutating func verifyMarks() throws {
        let marks = try db.all("SELECT environment_id, \(UnchangedNights.columns) FROM unchanged_nights") { row in
            (environment: row.integer(0), mark: UnchangedNights(row, from: 1))
        }
        for (environment, mark) in marks {
            let name = "environment \(environment), client \(mark.number), from \(mark.from)"
            for (column, start) in [("from_start", mark.from), ("through_start", mark.through)] {
                if try !hasRow(environment, start, mark) {
                    outcome.add(
                        "unchanged_nights", name,
                        "the run at its \(column) has no row of the client with the same documents and results")
                }
            }
            let runs = try db.all(
                """
                SELECT run.id, run.started_at, entry_index FROM run JOIN log_entry ON log_entry.run_id = run.id \
                WHERE environment_id = ? AND started_at BETWEEN ? AND ? AND entry_index < ? ORDER BY started_at
                """, .integer(environment), .integer(mark.from), .integer(mark.through), .integer(mark.logSize)
            ) { (row: $0.integer(0), start: $0.integer(1), entry: $0.integer(2)) }
            if (runs.map(\.entry).max() ?? -1) + 1 != mark.logSize {
                outcome.add(
                    "unchanged_nights", name,
                    "its log_size \(mark.logSize) is not that of the log when its last run was sealed")
            }
            for run in runs where run.start > mark.from && run.start < mark.through {
                let other = try db.first(
                    "SELECT \(NightValues.columns) FROM client_night WHERE run_id = ? AND client_number = ?",
                    .integer(run.row), .integer(mark.number)
                ) { NightValues($0, from: 0) }
                if let other, other != mark.values {
                    outcome.add(
                        "unchanged_nights", name,
                        "a run that it is of has a row of the client with other documents or results")
                }
            }
        }
        try verifyPrunedRuns()
    }

    private func hasRow(_ environment: Int64, _ start: Int64, _ mark: UnchangedNights) throws -> Bool {
        let values = try db.all(
            """
            SELECT \(NightValues.columns) FROM run JOIN client_night ON client_night.run_id = run.id \
            AND client_number = ? WHERE environment_id = ? AND started_at = ? AND state <> 'open'
            """, .integer(mark.number), .integer(environment), .integer(start)
        ) { NightValues($0, from: 0) }
        return values == [mark.values]
    }

    /// The clients of a run are those that have a row and those that a mark is of, and of these the hashes stand.
    private mutating func verifyPrunedRuns() throws {
        let runs = try db.all(
            """
            SELECT run.id, uuid, client_count, entry_index, environment_id, started_at, \
            (SELECT total(leaf_count) FROM pruned_subtree WHERE run_id = run.id), \
            (SELECT count(*) FROM client_night WHERE run_id = run.id) \
            FROM run JOIN log_entry ON log_entry.run_id = run.id
            """
        ) { row in
            (
                id: row.integer(0), uuid: row.text(1), clients: row.integer(2), entry: row.integer(3),
                environment: row.integer(4), start: row.integer(5), leaves: row.integer(6), rows: row.integer(7)
            )
        }
        let groups = Int64(SettingsGroup.allCases.count)
        for run in runs {
            outcome.prunedCaptures += Int(run.leaves)
            let marked =
                try db.first(
                    """
                    SELECT count(*) FROM unchanged_nights WHERE environment_id = ?2 AND from_start < ?3 \
                    AND through_start > ?3 AND log_size > ?4 AND NOT EXISTS (SELECT 1 FROM client_night WHERE run_id = ?1 \
                    AND client_night.client_number = unchanged_nights.client_number)
                    """, .integer(run.id), .integer(run.environment), .integer(run.start), .integer(run.entry)
                ) { $0.integer(0) } ?? 0
            if run.rows + marked != run.clients || marked * groups != run.leaves {
                outcome.add(
                    run.leaves == 0 && marked == 0 ? "client_night" : "unchanged_nights", "run \(run.uuid)",
                    "of its \(run.clients) clients \(run.rows) have a row (client_night) and \(marked) a mark "
                        + "(unchanged_nights), and \(run.leaves) captures are hashes alone (pruned_subtree): these do not add up"
                )
            }
        }
        let stray = try db.all(
            """
            SELECT DISTINCT uuid FROM pruned_subtree JOIN run ON run.id = run_id \
            WHERE run_id NOT IN (SELECT run_id FROM log_entry)
            """
        ) { $0.text(0) }
        for run in stray {
            outcome.add("pruned_subtree", "run \(run)", "hashes stand for captures of a run that is not in the log")
        }
    }

    /// Holds and releases, each bound to the one before.
    mutating func verifyHolds() throws {
        var last: [UInt8] = []
        for (place, row) in try LegalHolds.all(in: db).enumerated() {
            let name = "legal_hold \(row.id)"
            if row.id != Int64(place + 1) {
                outcome.add("legal_hold", name, "it stands at place \(place + 1): a row before it is missing")
            }
            if let key, key.tag(ofHold: row.hold, after: last) != row.tag {
                outcome.add(
                    "legal_hold", name, "its tag does not belong to what it says, or a row before it is another")
            }
            last = row.tag
        }
    }
}
