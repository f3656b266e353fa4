internal import AuditModel
internal import Evidence
internal import GRDB

// The runs, derived again from their rows, and the log that they are in.
extension StoreVerifier {
    mutating func verifyLog() throws {
        try each("SELECT uuid FROM run WHERE state <> 'open' AND id NOT IN (SELECT run_id FROM log_entry)") {
            ("run", "run \($0.text(0))", "it is sealed and not in the log: its entry was taken away, or it was put in")
        }
        try each("SELECT entry_index, uuid FROM log_entry JOIN run ON run.id = run_id WHERE state = 'open'") {
            ("log_entry", "entry \($0.integer(0))", "run \($0.text(1)) is in the log and was opened again")
        }
        let entries = try db.all("SELECT entry_index, run_id, leaf FROM log_entry ORDER BY entry_index") {
            Entry(index: Int($0.integer(0)), runRow: $0.integer(1), leaf: $0.bytes(2))
        }
        let digests = DigestLookup(in: db)
        var rosters: [Int64: Digest] = [:]
        for (place, entry) in entries.enumerated() {
            progress("runs", part(place, of: entries.count))
            outcome.log.append(leafHash: MerkleHash.leaf(entry.leaf))
            if entry.index != place {
                outcome.add("log_entry", "entry \(entry.index)", "it stands at place \(place): the log has a gap")
            }
            verify(entry, digests, &rosters)
        }
    }

    private struct Entry {
        var index: Int
        var runRow: Int64
        var leaf: [UInt8]
    }

    private mutating func verify(_ entry: Entry, _ digests: DigestLookup, _ rosters: inout [Int64: Digest]) {
        let name = "entry \(entry.index)"
        let logged: RunLeaf
        do {
            logged = try RunLeaf(bytes: entry.leaf)
        } catch {
            return outcome.add("log_entry", name, error)
        }
        do {
            let sql = "SELECT \(RunRow.columns) FROM \(RunRow.tables) WHERE run.id = ?"
            guard let run = try db.first(sql, .integer(entry.runRow), read: RunRow.init) else {
                return outcome.add("log_entry", name, "its run \(logged.run.id) is not there")
            }
            // Sealed runs alone have what a leaf must have; an open one was told of before.
            guard run.run.state.isSealed else { return }
            outcome.runs += 1
            outcome.clientNights += run.run.clientCount
            let roster = try rosters[run.rosterRowID] ?? LogWriter.digest(ofRoster: run.rosterRowID, in: db)
            rosters[run.rosterRowID] = roster
            let derived = try LogWriter.leaf(
                of: run, evaluator: logged.evaluator, roster: roster, digests: digests, in: db)
            let isPruned = try NightTable(run, in: db).isPruned
            for (table, clause) in RunDifference.clauses(logged: logged, derived: derived, isPruned: isPruned) {
                outcome.add(table, "run \(run.run.id), entry \(entry.index)", clause)
            }
        } catch {
            outcome.add("client_night", "run \(logged.run.id), entry \(entry.index)", error)
        }
    }

    private mutating func each(_ sql: String, _ finding: (PreparedStatement) -> (String, String, String)) throws {
        for (table, key, clause) in try db.all(sql, read: finding) { outcome.add(table, key, clause) }
    }

    mutating func verifyCheckpoints() throws {
        outcome.origin = try db.first("SELECT origin FROM log_identity WHERE id = 1") { $0.text(0) }
        let stored = try db.all("SELECT log_size, note FROM checkpoint ORDER BY log_size, note") {
            StoredCheckpoint(size: Int($0.integer(0)), note: $0.bytes(1))
        }
        if let checkpoint = stored.first, outcome.origin == nil {
            outcome.add(
                "log_identity", "log_identity",
                "there is a checkpoint of \(checkpoint.size) entries, and the log has no name")
        }
        var held = 0
        for checkpoint in stored {
            let name = "the checkpoint of \(checkpoint.size) entries"
            do {
                let read = try checkpoint.checkpoint()
                guard read.size == UInt64(checkpoint.size) else {
                    outcome.add("checkpoint", name, "its text says \(read.size) entries")
                    continue
                }
                try outcome.log.verifyContinues(read, origin: outcome.origin ?? read.origin)
                held = checkpoint.size
                outcome.checkpoints.append(checkpoint)
            } catch CheckpointError.rewritten(let size, _, _) where size > UInt64(held) {
                outcome.add(
                    "log_entry", "entries \(held) to \(checkpoint.size - 1)",
                    "they, or the checkpoint of \(checkpoint.size) entries, were altered: the log does not have its root"
                )
            } catch {
                outcome.add("checkpoint", name, "\(error)")
            }
        }
    }
}

/// What differs between what the log has of a run and what its rows say now.
enum RunDifference {
    /// The table and a clause, for each difference.
    ///
    /// - Parameter isPruned: whether marks and hashes stand for some of its nights.
    static func clauses(logged: RunLeaf, derived: RunLeaf, isPruned: Bool) -> [(table: String, clause: String)] {
        var clauses: [(String, String)] = []
        func compare(_ table: String, _ what: String, _ isEqual: Bool) {
            if !isEqual { clauses.append((table, "\(what) is not what the log has of it")) }
        }
        let (old, new) = (logged.run, derived.run)
        compare("run", "uuid", old.id.rawValue.isIdentical(to: new.id.rawValue))
        compare("run", "environment", old.environment.rawValue.isIdentical(to: new.environment.rawValue))
        compare("run", "base_url", old.baseURL.isIdentical(to: new.baseURL))
        compare("run", "is_synthetic", old.isSynthetic == new.isSynthetic)
        compare("run", "kind", old.kind == new.kind)
        compare("run", "state", old.state == new.state)
        compare("run", "started_at", old.startedAt == new.startedAt)
        compare("run", "sealed_at", old.sealedAt == new.sealedAt)
        compare("run", "policy_set", old.policySet == new.policySet)
        compare("run", "waiver_set", old.waiverSet == new.waiverSet)
        compare("run", "tool_version", old.toolVersion.isIdentical(to: new.toolVersion))
        compare("run", "client_count", old.clientCount == new.clientCount)
        compare("roster", "the list of its clients (roster, client_facts)", logged.roster == derived.roster)
        compare("note", "what is noted of it", logged.notes == derived.notes)
        compare(
            "client_night",
            isPruned
                ? "a capture, a failure or a time, or the hash of what was pruned (client_night, capture_failure, "
                    + "document.digest, unchanged_nights, pruned_subtree)"
                : "a capture, a failure or a time (client_night, capture_failure, document.digest)",
            logged.captures == derived.captures && logged.counts == derived.counts)
        compare(
            "client_night",
            isPruned
                ? "the results of a client (client_night.results_id, unchanged_nights.results_id, results.digest)"
                : "the results of a client (client_night.results_id, results.digest)",
            logged.results == derived.results)
        if clauses.isEmpty, logged.bytes != derived.bytes {
            clauses.append(("log_entry", "its leaf is not what its rows give"))
        }
        return clauses
    }
}
