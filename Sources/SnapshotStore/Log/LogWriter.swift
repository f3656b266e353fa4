internal import AuditModel
internal import Evidence
internal import GRDB

/// Puts sealed runs into the log, within the transaction that seals them.
enum LogWriter {
    /// Appends the entry of a run that was just sealed.
    ///
    /// - Parameter evaluator: the version of the rules' evaluator; nil where no rules were evaluated.
    static func append(_ run: RunRow, evaluator: String?, roster: [Client]?, in db: Database) throws {
        let leaf = try leaf(
            of: run, evaluator: evaluator, roster: try rosterDigest(of: run, clients: roster, in: db),
            digests: DigestLookup(in: db), in: db)
        try insert(leaf, of: run, in: db)
    }

    /// Appends every run that was sealed before there was a log, oldest seal first. How they were evaluated is not known any
    /// more.
    static func appendAllSealedRuns(in db: Database) throws {
        let digests = DigestLookup(in: db)
        var rosters: [Int64: Digest] = [:]
        let runs = try db.all(
            """
            SELECT \(RunRow.columns) FROM \(RunRow.tables) WHERE run.state <> 'open' ORDER BY run.sealed_at, run.uuid
            """, read: RunRow.init)
        for run in runs {
            let roster = try rosters[run.rosterRowID] ?? digest(ofRoster: run.rosterRowID, in: db)
            rosters[run.rosterRowID] = roster
            let leaf = try leaf(
                of: run, evaluator: nil, roster: roster, areAllHeld: true, digests: digests, in: db)
            try insert(leaf, of: run, in: db)
        }
    }

    /// What the log keeps of a run, as its rows say.
    ///
    /// - Parameter areAllHeld: see ``NightTable``.
    static func leaf(
        of run: RunRow, evaluator: String?, roster: Digest, areAllHeld: Bool = false, digests: DigestLookup,
        in db: Database
    ) throws -> RunLeaf {
        let trees = try RunTrees(of: run, areAllHeld: areAllHeld, digests: digests, in: db)
        let notes = try db.all("SELECT text FROM note WHERE run_id = ? ORDER BY ordinal", .integer(run.rowID)) {
            $0.text(0)
        }
        return try RunLeaf(
            run: run.run, evaluator: evaluator, roster: roster, notes: RunDigests.notes(notes),
            captures: trees.captures, counts: trees.counts, results: trees.results)
    }

    /// The digest of a roster's clients as they were configured.
    static func digest(ofRoster row: Int64, in db: Database) throws -> Digest {
        RunDigests.roster(try Roster.clients(ofRoster: row, in: db))
    }

    /// The digest of a run's roster. Rosters do not change, so a run with the same one has its digest in the log already;
    /// reading a large one again would cost more than all of its captures.
    private static func rosterDigest(of run: RunRow, clients: [Client]?, in db: Database) throws -> Digest {
        let logged = try db.first(
            """
            SELECT log_entry.leaf FROM run JOIN log_entry ON log_entry.run_id = run.id \
            WHERE run.environment_id = ? AND run.roster_id = ? ORDER BY run.started_at DESC LIMIT 1
            """, .integer(run.environmentRowID), .integer(run.rosterRowID)
        ) { $0.bytes(0) }
        if let logged, let leaf = try? RunLeaf(bytes: logged) { return leaf.roster }
        return try clients.map { RunDigests.roster($0) } ?? digest(ofRoster: run.rosterRowID, in: db)
    }

    private static func insert(_ leaf: RunLeaf, of run: RunRow, in db: Database) throws {
        try db.run(
            """
            INSERT INTO log_entry (entry_index, run_id, leaf) \
            VALUES ((SELECT coalesce(max(entry_index) + 1, 0) FROM log_entry), ?, ?)
            """, .integer(run.rowID), .text(String(decoding: leaf.bytes, as: UTF8.self)))
    }
}
