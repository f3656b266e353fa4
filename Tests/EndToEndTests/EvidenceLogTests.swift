import AuditModel
import AuditTestSupport
import Evidence
import Foundation
import GRDB
import Testing

/// The log of runs as its users meet it: nights, checkpoints, proofs, and somebody with an SQL shell.
@Suite(.serialized)
struct EvidenceLogTests {
    /// One altered byte or digit in each table, by SQL, and what the finding must name.
    static let alterations: [(table: String, sql: String)] = [
        ("document", "UPDATE document SET json = json || ' ' WHERE id = 3"),
        ("document", "UPDATE document SET json = json || ' ' WHERE id = (SELECT max(id) FROM document)"),
        ("document", "UPDATE document SET digest = zeroblob(32) WHERE id = 2"),
        ("document", "UPDATE document SET order_free_digest = zeroblob(32) WHERE id = 2"),
        (
            "client_night",
            "UPDATE client_night SET internal_id = (SELECT max(internal_id) FROM client_night) WHERE run_id = 1"
        ),
        ("client_night", "UPDATE client_night SET countries_id = -1 WHERE run_id = 2 AND countries_id > 0"),
        ("client_night", "UPDATE client_night SET times = CAST(times || x'00' AS BLOB) WHERE run_id = 3"),
        ("client_night", "UPDATE client_night SET results_id = results_id + 1 WHERE run_id = 1"),
        ("capture_failure", "INSERT INTO capture_failure VALUES (2, 4199, 1, 1, 'timedOut', NULL, '', '')"),
        ("results", "UPDATE results SET json = replace(json, 'fail', 'pass') WHERE json LIKE '%fail%'"),
        ("evaluation", "UPDATE evaluation SET results_id = results_id % 2 + 1"),
        ("raw_body", "UPDATE raw_body SET document_id = 1 WHERE document_id = (SELECT max(document_id) FROM raw_body)"),
        ("run", "UPDATE run SET started_at = started_at + 1 WHERE id = 2"),
        ("run", "UPDATE run SET tool_version = '9' WHERE id = 2"),
        ("roster", "UPDATE client_facts SET name = name || 'x' WHERE id = 1"),
        ("policy_text", "UPDATE policy_text SET text = replace(text, 'atMost', 'atmost')"),
        ("note", "INSERT INTO note VALUES (1, 0, 'all was well')"),
        (
            "log_entry",
            "UPDATE log_entry SET leaf = replace(leaf, '\"evaluator\":\"', '\"evaluator\":\"x') WHERE entry_index = 2"
        ),
        ("log_entry", "DELETE FROM log_entry WHERE entry_index = 1"),
        ("checkpoint", "UPDATE checkpoint SET note = replace(note, 'audit/', 'audit-') WHERE log_size = 2"),
    ]

    @Test func `whatever is altered with an SQL shell, verify ends with 4 and names the table`() async throws {
        try await withTemporaryFolder { folder in
            let audit = try await Self.demo(in: folder)
            let clean = try await audit.run("verify", "--database", "demo.sqlite", "--format", "json")
            #expect(clean.status == 0, "\(clean.output)\(clean.errors)")
            #expect(try clean.json()["findings"] == [])
            #expect(try clean.json()["checked"]?["evaluationKeys"] == 20)
            #expect(try clean.json()["checked"]?["judgedAgain"] == 20)
            for (table, sql) in Self.alterations {
                let changes = try Self.alter(folder.appending(path: "demo.sqlite"), as: "copy.sqlite", sql)
                #expect(changes > 0, "\(sql)")
                let verified = try await audit.run("verify", "--database", "copy.sqlite")
                #expect(verified.status == 4, "\(sql): \(verified.output)\(verified.errors)")
                let findings = verified.output.split(separator: "\n").filter { $0.hasPrefix("  ") }
                #expect(findings.contains { $0.contains(table) }, "\(sql): \(verified.output)")
            }
        }
    }

    @Test func `a log that was cut is told by a checkpoint that was held elsewhere, and by nothing else`() async throws
    {
        try await withTemporaryFolder { folder in
            let audit = try await Self.demo(in: folder)
            let checkpoint = try await audit.run("checkpoint", "--database", "demo.sqlite", "--output", "held")
            #expect(checkpoint.status == 0, "\(checkpoint.errors)")
            let cut = """
                DELETE FROM log_entry WHERE run_id = 4; DELETE FROM checkpoint WHERE log_size = 4;
                DELETE FROM note WHERE run_id = 4; DELETE FROM capture_failure WHERE run_id = 4;
                DELETE FROM client_night WHERE run_id = 4; DELETE FROM run WHERE id = 4
                """
            _ = try Self.alter(folder.appending(path: "demo.sqlite"), as: "copy.sqlite", cut)
            let alone = try await audit.run("verify", "--database", "copy.sqlite")
            #expect(alone.status == 0, "\(alone.output)")
            #expect(alone.output.contains("only a checkpoint that was held elsewhere can tell"))
            let held = try await audit.run("verify", "--database", "copy.sqlite", "--checkpoint", "held")
            #expect(held.status == 4)
            #expect(held.output.contains("the log has 3 entries, and the checkpoint that is held was made of 4"))
            #expect(try await audit.run("verify", "--database", "demo.sqlite", "--checkpoint", "held").status == 0)
        }
    }

    @Test func `a proof holds here and for an independent program, and a changed value for neither`() async throws {
        try await withTemporaryFolder { folder in
            let audit = try await Self.demo(in: folder)
            let made = try await audit.run("checkpoint", "key", "log.key", "--database", "demo.sqlite")
            #expect(made.status == 0, "\(made.errors)")
            let mode = try FileManager.default.attributesOfItem(atPath: folder.appending(path: "log.key").path)
            #expect((mode[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            let again = try await audit.run("checkpoint", "key", "log.key", "--database", "demo.sqlite")
            #expect(again.status == 2 && again.errors.contains("A key is never overwritten"))
            let key = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
            try Data(key.utf8).write(to: folder.appending(path: "log.vkey"))
            try Data("database: demo.sqlite\nevidence: {key: \"file:log.key\"}\n".utf8).write(
                to: folder.appending(path: "audit.yaml"))
            #expect(try await audit.run("checkpoint").output.contains("\u{2014} audit/"))
            let prove = [
                "prove", "--client", "4199", "--path", "internal.maxFailedCcsLoginAttempts", "--at", "2026-11-12",
                "--output", "proof.json", "--now", "2026-11-14T12:00:00Z",
            ]
            let proved = try await audit.run(prove)
            #expect(proved.status == 0, "\(proved.errors)")
            let verified = try await audit.run("verify", "proof.json", "--key", "log.vkey", "--format", "json")
            #expect(verified.status == 0, "\(verified.errors)")
            #expect(try verified.json()["client"] == "demo/4199" && verified.json()["vouchedFor"] == true)
            let value = try #require(try verified.json()["value"]?.integerValue)
            // A setting that is documented and was not there can be proven, and that it is absent is said.
            let absent = try await audit.run(
                "prove", "--client", "4199", "--path", "voicePool.voice[id=987654].id", "--now",
                "2026-11-14T12:00:00Z")
            #expect(absent.status == 0 && absent.errors.contains("the proof is of its absence"), "\(absent.errors)")
            #expect(!proved.errors.contains("absence"))

            let file = folder.appending(path: "proof.json")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(try Self.python(file, key: key) == 0)
            let forged = text.replacing("\"value\": \(value)", with: "\"value\": \(value + 1)")
            #expect(forged != text)
            try Data(forged.utf8).write(to: file)
            let refused = try await audit.run("verify", "proof.json", "--key", "log.vkey")
            #expect(refused.status == 4)
            #expect(refused.errors.contains("the document has the stated value at the path: no"), "\(refused.errors)")
            #expect(try Self.python(file, key: key) == 1)
            let other = try SignerKey(name: "other", seed: Array(repeating: 7, count: 32)).verifier.vkey
            try Data(text.utf8).write(to: file)
            #expect(try await audit.run("verify", "proof.json", "--key", other).status == 4)
            let unvouched = try await audit.run("verify", "proof.json")
            #expect(unvouched.status == 0 && unvouched.output.hasPrefix("The file agrees with itself; nothing vouches"))
            #expect(try await audit.run("verify", "proof.json", "--format", "json").json()["vouchedFor"] == false)
            // A flipped bit of a stored signature is found by the key of the configuration.
            _ = try Self.alter(
                folder.appending(path: "demo.sqlite"), as: "copy.sqlite",
                "UPDATE checkpoint SET note = substr(note, 1, length(note) - 8) || 'AAAA' || substr(note, -4) "
                    + "WHERE note LIKE '%' || char(8212) || '%'")
            let altered = try await audit.run("verify", "--database", "copy.sqlite")
            #expect(altered.status == 4 && altered.output.contains("checkpoint"), "\(altered.output)")
        }
    }

    @Test func `each night hands its signed checkpoint over, and never over a checkpoint that it does not go on from`()
        async throws
    {
        try await Fleet.with(clients: 3) { fleet in
            let key = try SignerKey(name: "audit.example/fleet", seed: Array(repeating: 9, count: 32))
            try fleet.write(key.skey + "\n", to: "secrets/log.key")
            let configured = try String(contentsOf: fleet.folder.appending(path: "audit.yaml"), encoding: .utf8)
            let evidence = """
                evidence:
                  key: "file:secrets/log.key"
                  checkpoints: [{file: held}, {command: "cat >> '\(fleet.folder.path)/received'"}]

                """
            try fleet.write(configured + evidence, to: "audit.yaml")
            // Wide, so that no sentence with the folder's name in it is broken, however long that is.
            let audit = AuditProcess(folder: fleet.folder, environment: ["COLUMNS": "1000"])
            func night(_ day: Int) async throws -> AuditProcess.Result {
                try await audit.run(["run", "--now", "2026-11-0\(day)T02:00:00Z"])
            }
            let first = try await night(1)
            #expect(first.status == 1, "\(first.errors)")
            #expect(
                first.output.contains("The checkpoint is at: file \(fleet.folder.path)/held, command."),
                "\(first.output)")
            let held = try Data(contentsOf: fleet.folder.appending(path: "held"))
            let (checkpoint, _) = try TrustedLog(key: key.verifier).checkpoint(in: [UInt8](held))
            #expect(checkpoint.size == 1)
            #expect(try Data(contentsOf: fleet.folder.appending(path: "received")) == held)
            let report = try JSONReader.value(
                of: [UInt8](Data(contentsOf: fleet.folder.appending(path: "reports/latest.json"))))
            #expect(report["log"]?["root"] == .string(checkpoint.root.hex))
            #expect(report["log"]?["signedBy"] == .string("\(key.verifier.identity)"))

            // A place that cannot be reached: the night is there, and says so.
            try fleet.write(
                configured + evidence.replacing("]\n", with: ", {command: \"exit 3\"}]\n"), to: "audit.yaml")
            let second = try await night(2)
            #expect(second.status == 74, "\(second.errors)")
            #expect(second.output.contains("its command ended with status 3"), "\(second.output)")
            #expect(second.output.contains("Log: entry 1 of 2"))

            // The store is put back to where it was, and goes on from there: what is held tells.
            let database = fleet.folder.appending(path: "audit.sqlite")
            let cut = """
                DELETE FROM log_entry WHERE run_id = 2; DELETE FROM checkpoint WHERE log_size = 2;
                DELETE FROM note WHERE run_id = 2; DELETE FROM capture_failure WHERE run_id = 2;
                DELETE FROM client_night WHERE run_id = 2; DELETE FROM run WHERE id = 2
                """
            try Self.execute(cut, on: database)
            try fleet.write(configured + evidence, to: "audit.yaml")
            let before = try Data(contentsOf: fleet.folder.appending(path: "held"))
            let third = try await night(3)
            #expect(third.status == 4, "\(third.output)\(third.errors)")
            #expect(third.output.contains("the log does not go on from it"), "\(third.output)")
            #expect(try Data(contentsOf: fleet.folder.appending(path: "held")) == before)
            #expect(third.output.contains("The checkpoint is at: command; it did not get to: file"), "\(third.output)")
            // The file alone: it refuses, which is not as if no place were configured.
            try fleet.write(configured + "evidence: {checkpoints: [{file: held}]}\n", to: "audit.yaml")
            let fourth = try await night(4)
            #expect(fourth.output.contains("The checkpoint got to none of its places (file "), "\(fourth.output)")
            #expect(!fourth.output.contains("'evidence: checkpoints' in audit.yaml"), "\(fourth.output)")

            let doctor = try await audit.run("doctor")
            #expect(doctor.output.contains("checkpoints go to file"), "\(doctor.output)")
            try fleet.write(configured + evidence + "  origin: other\n", to: "audit.yaml")
            let renamed = try await night(5)
            #expect(renamed.status == 2 && renamed.errors.contains("A log keeps its name"), "\(renamed.errors)")
            try fleet.write(configured, to: "audit.yaml")
            let nowhere = try await audit.run("doctor")
            #expect(nowhere.output.contains("checkpoints of the log go to no place"), "\(nowhere.output)")
        }
    }
}

extension EvidenceLogTests {
    /// Four nights of five clients.
    static func demo(in folder: URL, nights: Int = 4, clients: Int = 5) async throws -> AuditProcess {
        let audit = AuditProcess(folder: folder)
        let demo = try await audit.run(
            "demo", "--policies", shippedPolicies, "--last-night", "2026-11-14T02:00:00Z", "--nights",
            "\(nights)", "--clients", "\(clients)", "--database", "demo.sqlite")
        #expect(demo.status == 0, "\(demo.errors)")
        return audit
    }

    /// Copies a database with its key, and alters the copy.
    ///
    /// - Returns: The number of rows altered.
    @discardableResult
    static func alter(_ database: URL, as name: String, _ sql: String) throws -> Int {
        let copy = database.deletingLastPathComponent().appending(path: name)
        for suffix in ["", ".key", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: copy.path + suffix)
            if FileManager.default.fileExists(atPath: database.path + suffix) {
                try FileManager.default.copyItem(atPath: database.path + suffix, toPath: copy.path + suffix)
            }
        }
        return try execute(sql, on: copy)
    }

    /// Runs SQL with no trigger, foreign key or check in its way.
    @discardableResult
    private static func execute(_ sql: String, on database: URL) throws -> Int {
        let queue = try DatabaseQueue(path: database.path)
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction { db in
            for trigger in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                try db.execute(sql: "DROP TRIGGER \(trigger)")
            }
            try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
            let before = db.totalChangesCount
            try db.execute(sql: sql)
            return db.totalChangesCount - before
        }
    }

    /// The status of the independent verifier.
    private static func python(_ proof: URL, key: String) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", packageRoot.appending(path: "Tests/Support/verify-proof.py").path, proof.path, "--key", key,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
