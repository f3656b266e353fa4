public import AuditModel
internal import Evidence
internal import GRDB

extension SnapshotStore {
    /// What a pass over an environment would prune; nothing is changed.
    ///
    /// - Parameter cutoff: runs that started before it are looked at.
    public func pruningTally(
        in environment: EnvironmentName, startedBefore cutoff: Timestamp
    ) throws(StoreError) -> PruneTally {
        try pruningPass(in: environment, cutoff) { (_, _) throws(StoreError) in }
    }

    /// Prunes the rows of an environment's nights in which nothing had changed: those between the first and the last capture
    /// of a value, without a failure, of clients that are not on hold.
    ///
    /// Each transaction prunes whole runs, so that whoever is killed leaves a store that holds, and the next pass goes on. A
    /// run is derived again before and after: one that is not what the log has of it ends the pass, and is not touched.
    /// - Parameters:
    ///   - cutoff: runs that started before it are looked at.
    ///   - rowsAtOnce: a transaction ends with the run that makes it as large as this.
    ///   - progress: is told the part of the runs that is done, from 0 to 1.
    /// - Throws: ``StoreError/inconsistent(_:)`` where a run is not what the log has of it.
    public func pruneUnchangedNights(
        in environment: EnvironmentName, startedBefore cutoff: Timestamp, rowsAtOnce: Int = 20_000,
        progress: (Double) -> Void = { _ in }
    ) throws(StoreError) -> PruneTally {
        var batch = PruneBatch()
        var spared: [Int] = []
        var tally = try pruningPass(in: environment, cutoff) { (decision, part) throws(StoreError) in
            if let decision { batch.add(decision.runID, decision.marks) }
            if batch.rows >= rowsAtOnce { spared += try write(&batch) }
            progress(part)
        }
        spared += try write(&batch)
        tally.spare(spared)
        return tally
    }

    private struct PlacedDecision {
        var runID: AuditRun.ID
        var marks: [UnchangedNights]
    }

    /// Walks through the runs and hands over what each is to lose, with the part of the walk that is done.
    private func pruningPass(
        in environment: EnvironmentName, _ cutoff: Timestamp,
        _ body: (PlacedDecision?, Double) throws(StoreError) -> Void
    ) throws(StoreError) -> PruneTally {
        let sealed = try runs(in: environment).filter(\.state.isSealed)
        guard let address = try address(of: environment) else { throw .unknownEnvironment(environment) }
        var planner = try reading { db in
            let row = try Self.rowID(of: environment, in: db)
            let places = try db.all(
                """
                SELECT run.started_at, log_entry.entry_index FROM run LEFT JOIN log_entry ON log_entry.run_id = run.id \
                WHERE run.environment_id = ? AND run.state <> 'open' ORDER BY run.started_at, run.uuid
                """, .integer(row)
            ) { place in
                guard let entry = place.optionalInteger(1) else {
                    throw StoreError.inconsistent("a sealed run of \(environment) is not in the log")
                }
                return PrunePlanner.Run(start: place.integer(0), entry: entry)
            }
            let marks = try db.all(
                "SELECT \(UnchangedNights.columns) FROM unchanged_nights WHERE environment_id = ?", .integer(row)
            ) { UnchangedNights($0, from: 0) }
            return PrunePlanner(
                places, held: Set(try LegalHolds.held(in: db, environmentRow: row).map(\.client.number)), marks: marks,
                tally: PruneTally(environment: environment, isSynthetic: address.isSynthetic, cutoff: cutoff))
        }
        let count = min(planner.runsToRead, sealed.count)
        for position in 0..<count {
            let nights = try reading { db in try Self.nightsToPlan(of: sealed[position].id, in: db) }
            let decision = planner.take(nights, of: position)
            try body(
                decision.map { PlacedDecision(runID: sealed[$0.run].id, marks: $0.marks) },
                Double(position + 1) / Double(count))
        }
        planner.finish()
        return planner.tally
    }

    private static func nightsToPlan(of run: AuditRun.ID, in db: Database) throws -> [PrunePlanner.Night] {
        let row = try RunRow.of(run, in: db)
        let retried = Set(
            try db.all("SELECT DISTINCT client_number FROM capture_failure WHERE run_id = ?", .integer(row.rowID)) {
                Int($0.integer(0))
            })
        return try NightTable(row, in: db).all("client_number, \(NightValues.columns), length(times)") { night in
            let number = Int(night.integer(0))
            let values = NightValues(night, from: 1)
            return PrunePlanner.Night(
                number: number, values: values,
                rowSize: night.optionalInteger(7).map { length in
                    NightValues.size(ofIntegers: [row.rowID, Int64(number)] + values.captures + [values.results])
                        + Int(length)
                }, hasRetries: retried.contains(number))
        }
    }

    /// Writes a batch and empties it.
    ///
    /// - Returns: for each row that was spared, since its client was put on hold while the pass went on, the client's number.
    private func write(_ batch: inout PruneBatch) throws(StoreError) -> [Int] {
        var full = batch
        batch = PruneBatch()
        guard full.rows > 0 else { return [] }
        return try writing { db in
            let spared = try full.spareHeld(in: db)
            try full.write(in: db)
            return spared
        }
    }

    /// Gives back the room of what was deleted, as far as it is worth it.
    ///
    /// - Returns: the size of the file in bytes before and after, the log written back.
    public func giveBackSpace() throws(StoreError) -> (before: Int, after: Int) {
        guard access == .readWrite else { throw StoreError.openedForReading(path: path) }
        func size() throws -> Int {
            try database.read { db in
                let pages = try db.first("PRAGMA page_count") { $0.integer(0) } ?? 0
                return Int(pages * (try db.first("PRAGMA page_size") { $0.integer(0) } ?? 0))
            }
        }
        do {
            let before = try size()
            try database.writeWithoutTransaction { db in
                let free = try db.first("PRAGMA freelist_count") { $0.integer(0) } ?? 0
                let pages = try db.first("PRAGMA page_count") { $0.integer(0) } ?? 0
                // The whole file is written anew, which a few pages are not worth: they are used again.
                if free * 50 > pages { try db.execute(sql: "VACUUM") }
            }
            // As when a run ends: so that the file alone is the whole store, and is as small as it is told to be.
            try? database.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
            return (before, try size())
        } catch {
            throw StoreError(error, path: path)
        }
    }
}

/// Rows of some runs that go in one transaction.
private struct PruneBatch {
    private struct Key: Hashable {
        var number: Int
        var from: Int64
    }

    private(set) var rows = 0
    private var runs: [(id: AuditRun.ID, numbers: [Int])] = []
    private var marks: [Key: UnchangedNights] = [:]

    /// Takes what a run loses; runs come in their order.
    mutating func add(_ run: AuditRun.ID, _ decided: [UnchangedNights]) {
        rows += decided.count
        runs.append((run, decided.map(\.number)))
        for mark in decided { marks[Key(number: mark.number, from: mark.from)] = mark }
    }

    /// Takes out what is of clients on hold: they may have been put there since the pass began.
    mutating func spareHeld(in db: Database) throws -> [Int] {
        guard let first = runs.first else { return [] }
        let environment = try RunRow.of(first.id, in: db).environmentRowID
        let held = Set(try LegalHolds.held(in: db, environmentRow: environment).map(\.client.number))
        let spared = runs.flatMap(\.numbers).filter(held.contains)
        guard !spared.isEmpty else { return [] }
        runs = runs.map { ($0.id, $0.numbers.filter { !held.contains($0) }) }.filter { !$0.numbers.isEmpty }
        marks = marks.filter { !held.contains($0.key.number) }
        return spared
    }

    func write(in db: Database) throws {
        let digests = DigestLookup(in: db)
        var rosters: [Int64: Digest] = [:]
        var rewritten: [(RunRow, RunLeaf)] = []
        for run in runs {
            let row = try RunRow.of(run.id, in: db)
            let roster = try rosters[row.rosterRowID] ?? LogWriter.digest(ofRoster: row.rosterRowID, in: db)
            rosters[row.rosterRowID] = roster
            let logged = try Self.loggedLeaf(of: row, in: db)
            try Self.check(row, logged, roster, digests, in: db, "is not what the log has of it")
            rewritten.append((row, logged))
        }
        guard let environment = rewritten.first?.0.environmentRowID else { return }
        try writeMarks(environment, in: db)
        for (run, (row, logged)) in zip(runs, rewritten) {
            let gone = Set(run.numbers)
            try Self.writeSubtrees(row, digests, in: db) { !gone.contains($0.client.number) }
            for number in run.numbers {
                try db.run(
                    "DELETE FROM client_night WHERE run_id = ? AND client_number = ?", .integer(row.rowID),
                    .integer(number))
            }
            try Self.check(
                row, logged, rosters[row.rosterRowID] ?? logged.roster, digests, in: db,
                "would not be what the log has of it, once it is pruned")
        }
    }

    private func writeMarks(_ environment: Int64, in db: Database) throws {
        for mark in marks.values.sorted(by: { ($0.number, $0.from) < ($1.number, $1.from) }) {
            let known = try db.first(
                "SELECT 1 FROM unchanged_nights WHERE environment_id = ? AND client_number = ? AND from_start = ?",
                .integer(environment), .integer(mark.number), .integer(mark.from)
            ) { _ in true }
            if known == true {
                try mark.grow(environmentRow: environment, in: db)
            } else {
                try mark.write(environmentRow: environment, in: db)
            }
        }
    }

    private static func loggedLeaf(of run: RunRow, in db: Database) throws -> RunLeaf {
        let bytes = try db.first("SELECT leaf FROM log_entry WHERE run_id = ?", .integer(run.rowID)) { $0.bytes(0) }
        guard let bytes, let leaf = try? RunLeaf(bytes: bytes) else {
            throw StoreError.inconsistent("the entry of run \(run.run.id) in the log cannot be read")
        }
        return leaf
    }

    private static func check(
        _ run: RunRow, _ logged: RunLeaf, _ roster: Digest, _ digests: DigestLookup, in db: Database, _ clause: String
    ) throws {
        let derived = try LogWriter.leaf(of: run, evaluator: logged.evaluator, roster: roster, digests: digests, in: db)
        guard derived == logged else {
            throw StoreError.inconsistent(
                "run \(run.run.id) \(clause), so it was not pruned ('audit verify' tells more)")
        }
    }

    private static func writeSubtrees(
        _ run: RunRow, _ digests: DigestLookup, in db: Database, keeping isKept: (CaptureLeaf) -> Bool
    ) throws {
        let old = try PrunedSubtrees.of(run, in: db)
        var held: [(place: Int, leaf: CaptureLeaf)] = []
        var place = 0
        try RunLeaves(run, digests: digests, in: db).forEach { client in
            for (offset, leaf) in client.captures.enumerated() { held.append((place + offset, leaf)) }
            place += SettingsGroup.allCases.count
        }
        let tree =
            old.isEmpty
            ? try CaptureTree(held.map(\.leaf)) : try CaptureTree(held: held, size: place, subtrees: old)
        try PrunedSubtrees.replace(old, by: tree.pruned(keeping: isKept).subtrees, of: run, in: db)
    }
}
