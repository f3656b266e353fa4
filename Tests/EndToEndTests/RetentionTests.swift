import AuditModel
import AuditTestSupport
import Foundation
import GRDB
import SnapshotStore
import Testing

/// Pruning and legal hold as their users meet them.
@Suite(.serialized)
struct RetentionTests {
    private static let now = ["--now", "2026-11-15T02:00:00Z", "--database", "demo.sqlite"]
    private static let prune = ["snapshot", "prune", "--keep-changes"]

    /// A demo of 14 nights, with drift and failures, in the folder.
    private static func demo(in folder: URL, nights: Int = 14, clients: Int = 25) async throws -> AuditProcess {
        let audit = AuditProcess(folder: folder)
        let demo = try await audit.run(
            "demo", "--policies", shippedPolicies, "--last-night", "2026-11-14T02:00:00Z", "--nights", String(nights),
            "--clients", String(clients), "--database", "demo.sqlite")
        #expect(demo.status == 0, "\(demo.errors)")
        return audit
    }

    /// What commands print of the past, by command.
    private static func told(_ audit: AuditProcess) async throws -> [(command: String, output: String)] {
        var commands: [[String]] = [["snapshot", "list", "--format", "json"]]
        for day in [1, 2, 4, 5, 7, 9, 10, 13, 14] {
            let date = "2026-11-\(day < 10 ? "0" : "")\(day)"
            commands.append(["report", date, "--all"])
            if day > 3 { commands.append(["diff", "2026-11-0\(1 + day % 3)", date]) }
            commands.append(["snapshot", "show", "4199", "--as-of", date])
        }
        for client in ["4199", "4200", "4207"] {
            commands.append(["history", client, "--format", "json"])
            commands.append(["history", client])
        }
        commands.append(["policy", "backtest", shippedPolicies, "--since", "2026-11-01", "--format", "json"])
        commands.append(["policy", "coverage", shippedPolicies, "--format", "json"])
        commands.append(["check", "--as-of", "2026-11-05", "--policies", shippedPolicies])
        var told: [(String, String)] = []
        for command in commands {
            let result = try await audit.run(command + now)
            #expect(result.status == 0 || result.status == 1 || result.status == 3, "\(command): \(result.errors)")
            told.append((command.joined(separator: " "), result.output))
        }
        return told
    }

    @Test func `a pruned database tells the same of every date, and verify derives its log`() async throws {
        try await withTemporaryFolder { folder in
            let audit = try await Self.demo(in: folder)
            let before = try await Self.told(audit)
            let checkpoint = try await audit.run("checkpoint", "--database", "demo.sqlite", "--output", "held")
            let trial = try await audit.run(Self.prune + ["--older-than", "1d", "--dry-run"] + Self.now)
            #expect(trial.status == 0, "\(trial.errors)")
            #expect(trial.output.contains("rows of 25 clients would go"), "\(trial.output)")
            #expect(trial.output.contains(" started before 2026-11-"), "\(trial.output)")
            #expect(trial.output.contains("the first capture of a value"))
            #expect(trial.output.hasSuffix("This was a trial: nothing was changed.\n"))
            let pruned = try await audit.run(
                Self.prune + ["--older-than", "1d", "--format", "json"] + Self.now)
            #expect(pruned.status == 0, "\(pruned.errors)")
            let rows = try #require(try pruned.json()["environments"]?.arrayValue?.first?["rows"]?.integerValue)
            #expect(rows > 150)
            #expect(trial.output.contains("\(rows) rows"))
            let after = try await Self.told(audit)
            for (one, other) in zip(before, after) { #expect(one.output == other.output, "\(one.command)") }

            var verify = ["verify", "--database", "demo.sqlite"]
            if checkpoint.status == 0 { verify += ["--checkpoint", "held"] }
            let verified = try await audit.run(verify)
            #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
            #expect(verified.output.contains("\(rows * 5) captures hash-only (pruned)."), "\(verified.output)")
            let again = try await audit.run(Self.prune + ["--older-than", "1d"] + Self.now)
            #expect(again.output.contains("nothing to prune; \(rows) client-nights pruned before."), "\(again.output)")

            // A proof of what was pruned names what can be proven, and that can.
            _ = try await audit.run("checkpoint", "--database", "demo.sqlite")
            let proving = ["prove", "--client", "4199", "--path", "internal.passwordExpirationDays", "--at"]
            let refused = try await audit.run(proving + ["2026-11-03"] + Self.now)
            #expect(refused.status == 2)
            let near = try #require(refused.errors.firstMatch(of: /\(--at ([0-9a-f]+) or --at ([0-9a-f]+)\)/))
            for run in [near.1, near.2] {
                let proof = try await audit.run(proving + [String(run)] + Self.now)
                #expect(proof.status == 0, "\(proof.errors)")
            }
            // A pack of pruned nights is held to the log as far as it can be, and says how far.
            for client in [[], ["--client", "4203"]] {
                let packed = try await audit.run(
                    ["pack", "--from", "2026-11-03", "--to", "2026-11-07", "--output", "p.zip"] + client + Self.now)
                #expect(packed.status == 0, "\(packed.errors)")
                let checked = try await audit.run("pack", "verify", "p.zip")
                #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
                #expect(
                    checked.output.contains("of whose captures the log's hashes alone are kept"), "\(checked.output)")
            }
            // What was exported before is the same as what is there, but for its moments.
            let exported = try await audit.run(["snapshot", "export", "out", "--as-of", "2026-11-03"] + Self.now)
            #expect(exported.errors.contains("without the moments of capture"), "\(exported.errors)")
            let imported = try await audit.run("snapshot", "import", "out", "--database", "demo.sqlite")
            #expect(imported.status == 0 && imported.errors.contains("and the same"), "\(imported.errors)")
        }
    }

    @Test func `one altered byte of a mark or a hash ends verify with 4 and is named`() async throws {
        try await withTemporaryFolder { folder in
            let audit = try await Self.demo(in: folder, nights: 6, clients: 5)
            let pruned = try await audit.run(Self.prune + ["--older-than", "1d"] + Self.now)
            #expect(pruned.status == 0, "\(pruned.errors)")
            for (table, sql) in [
                ("unchanged_nights", "UPDATE unchanged_nights SET settings_id = settings_id + 1"),
                ("unchanged_nights", "UPDATE unchanged_nights SET through_start = through_start - 86400000"),
                ("unchanged_nights", "DELETE FROM unchanged_nights WHERE client_number = 4199"),
                ("pruned_subtree", "UPDATE pruned_subtree SET hash = zeroblob(32) WHERE run_id = 3"),
                ("pruned_subtree", "DELETE FROM pruned_subtree WHERE run_id = 3"),
            ] {
                let queue = try DatabaseQueue(path: folder.appending(path: "demo.sqlite").path)
                let copy = folder.appending(path: "copy.sqlite")
                try? FileManager.default.removeItem(at: copy)
                try await queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO '\(copy.path)'") }
                try queue.close()
                try? FileManager.default.copyItem(
                    atPath: folder.appending(path: "demo.sqlite.key").path, toPath: copy.path + ".key")
                let altered = try DatabaseQueue(path: copy.path)
                try await altered.writeWithoutTransaction { db in
                    for trigger in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
                    {
                        try db.execute(sql: "DROP TRIGGER \(trigger)")
                    }
                    try db.execute(sql: sql)
                    #expect(db.changesCount > 0)
                }
                try altered.close()
                let verified = try await audit.run("verify", "--database", "copy.sqlite")
                #expect(verified.status == 4, "\(sql): \(verified.output)\(verified.errors)")
                #expect(verified.output.contains(table), "\(sql): \(verified.output)")
            }
        }
    }

    @Test func `a client on hold keeps all, and holds are listed wherever it matters`() async throws {
        try await withTemporaryFolder { folder in
            let audit = try await Self.demo(in: folder, nights: 6, clients: 5)
            let none = try await audit.run(["snapshot", "holds"] + Self.now)
            #expect(none.output == "No client is on hold.\n")
            let hold = try await audit.run(
                ["snapshot", "hold", "4199", "--reason", "Case 17, \u{1B}[31mletter of 3 November"] + Self.now)
            #expect(hold.status == 0 && hold.errors.hasPrefix("demo/4199 is on hold"), "\(hold.errors)")
            let twice = try await audit.run(["snapshot", "hold", "4199", "--reason", "again"] + Self.now)
            #expect(twice.status == 2 && twice.errors.contains("is on hold since 2026-11-15"), "\(twice.errors)")
            let empty = try await audit.run(["snapshot", "hold", "4200", "--reason", " "] + Self.now)
            #expect(empty.status == 2)
            let elsewhere = try await audit.run(["snapshot", "holds", "--environment", "deom"] + Self.now)
            #expect(elsewhere.status == 2 && elsewhere.output.isEmpty, "\(elsewhere.output)")
            #expect(elsewhere.errors.contains("no environment 'deom'. Did you mean 'demo'?"), "\(elsewhere.errors)")
            let own = try await audit.run(["snapshot", "holds", "--environment", "demo"] + Self.now)
            #expect(own.status == 0 && own.output.contains("demo/4199"), "\(own.output)")
            let unknown = try await audit.run(["snapshot", "hold", "9", "--reason", "r"] + Self.now)
            #expect(unknown.status == 2 && unknown.errors.contains("no client '9'"), "\(unknown.errors)")
            let trial = try await audit.run(Self.prune + ["--older-than", "1d", "--dry-run"] + Self.now)
            #expect(trial.output.contains("of 4 clients would go"), "\(trial.output)")
            #expect(trial.output.contains("On hold: demo/4199 since 2026-11-15, by "), "\(trial.output)")
            #expect(!trial.output.contains("\u{1B}"))
            _ = try await audit.run(Self.prune + ["--older-than", "1d"] + Self.now)
            let listed = try await audit.run(["snapshot", "holds", "--format", "json"] + Self.now)
            #expect(try listed.json().arrayValue?.count == 1)
            #expect(try listed.json().arrayValue?.first?["reason"]?.stringValue?.hasPrefix("Case 17") == true)
            for reason in [[], ["--reason", " "]] {
                let bare = try await audit.run(["snapshot", "release", "4199"] + reason + Self.now)
                #expect(bare.status == 2 && bare.errors.contains("--reason"), "\(bare.errors)")
            }
            let released = try await audit.run(
                ["snapshot", "release", "CAVALRY", "--reason", "Case 17 is closed"] + Self.now)
            #expect(released.status == 0, "\(released.errors)")
            let all = try await audit.run(["snapshot", "holds", "--all", "--format", "csv"] + Self.now)
            #expect(all.output.split(whereSeparator: \.isNewline).count == 3, "\(all.output)")
            let again = try await audit.run(Self.prune + ["--older-than", "1d"] + Self.now)
            #expect(again.output.contains("of 1 client pruned"), "\(again.output)")
            #expect(try await audit.run("verify", "--database", "demo.sqlite").status == 0)
        }
    }

    @Test func `what is asked for wrongly is refused in a sentence, and nothing is done`() async throws {
        try await withTemporaryFolder { folder in
            let audit = try await Self.demo(in: folder, nights: 4, clients: 3)
            let bare = try await audit.run(["snapshot", "prune", "--older-than", "400d"] + Self.now)
            #expect(bare.status == 2 && bare.errors.contains("seen unchanged through"), "\(bare.errors)")
            for age in ["0d", "400", "d", "-3d", "1.5d", "12h", "99999999999999999999d"] {
                let wrong = try await audit.run(Self.prune + ["--older-than=\(age)"] + Self.now)
                #expect(wrong.status == 2, "\(age): \(wrong.output)\(wrong.errors)")
                #expect(wrong.errors.contains(age))
            }
            let missing = try await audit.run(Self.prune + ["--older-than", "4w", "--database", "none.sqlite"])
            #expect(missing.status == 2 && missing.errors.contains("there is no database"), "\(missing.errors)")
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "none.sqlite").path))
            let young = try await audit.run(Self.prune + ["--older-than", "2y"] + Self.now)
            #expect(young.status == 0 && young.output.contains("nothing to prune"), "\(young.output)")
            let store = try SnapshotStore.open(
                at: folder.appending(path: "demo.sqlite").path, access: .readWrite)
            let lock = try store.acquireRunLock(holder: "a test")
            let busy = try await audit.run(Self.prune + ["--older-than", "1d"] + Self.now)
            #expect(busy.status == 75 && busy.errors.contains("a test"), "\(busy.errors)")
            lock.release()
            #expect(try store.statistics().prunedNights == 0)
            try store.close()
        }
    }

    @Test func `killed at any write it leaves a database that verifies, and the next call ends what it began`()
        async throws
    {
        let seed = ProcessInfo.processInfo.environment["AUDIT_KILL_SEED"].flatMap { UInt64($0) } ?? 20_261_130
        var generator = SeededGenerator(seed: seed)
        print("kill -9 at moments drawn with AUDIT_KILL_SEED=\(seed)")
        try await withTemporaryFolder { folder in
            guard let library = try KillLibrary(in: folder) else { return }
            let audit = try await Self.demo(in: folder, nights: 12, clients: 12)
            let database = folder.appending(path: "demo.sqlite")
            func copy(_ from: String, _ to: String) throws {
                for suffix in ["", ".key", "-wal", "-shm"] {
                    let (source, target) = (folder.path + "/" + from + suffix, folder.path + "/" + to + suffix)
                    try? FileManager.default.removeItem(atPath: target)
                    if FileManager.default.fileExists(atPath: source) {
                        try FileManager.default.copyItem(atPath: source, toPath: target)
                    }
                }
            }
            try copy("demo.sqlite", "past")
            let arguments = Self.prune + ["--older-than", "1d", "--batch", "20", "--quiet"] + Self.now
            let writes = try await library.writes(of: audit, arguments)
            let expected = try Self.contents(of: database)
            #expect(expected.rows < expected.nights / 2)
            #expect(writes > 20, "\(writes)")
            var killed = 0
            for round in 0..<25 {
                try copy("past", "demo.sqlite")
                let write = round == 0 ? writes - 1 : Int.random(in: 1...writes, using: &generator)
                let result = try await library.killing(audit, at: write, isTorn: Bool.random(using: &generator)).run(
                    arguments)
                if result.killedBy == SIGKILL { killed += 1 }
                let verified = try await audit.run("verify", "--database", "demo.sqlite")
                #expect(verified.status == 0, "killed at write \(write): \(verified.output)\(verified.errors)")
                let last = try await audit.run(arguments)
                #expect(last.status == 0, "killed at write \(write): \(last.errors)")
                #expect(try Self.contents(of: database) == expected, "killed at write \(write)")
            }
            print("\(killed) kills of \(writes) writes")
            #expect(killed > 15)
        }
    }

    private struct Contents: Equatable {
        var rows: Int
        var nights: Int
        var marks: [String]
        var subtrees: [String]
    }

    private static func contents(of database: URL) throws -> Contents {
        let queue = try DatabaseQueue(path: database.path)
        defer { try? queue.close() }
        return try queue.read { db in
            Contents(
                rows: try Int.fetchOne(db, sql: "SELECT count(*) FROM client_night") ?? 0,
                nights: try Int.fetchOne(db, sql: "SELECT count(*) FROM night") ?? 0,
                marks: try Row.fetchAll(db, sql: "SELECT * FROM unchanged_nights").map(\.description),
                subtrees: try Row.fetchAll(db, sql: "SELECT * FROM pruned_subtree").map(\.description))
        }
    }
}
