import AuditModel
import AuditTestSupport
import Foundation
import Testing

/// What is printed and does not arrive: a full disk is told, a reader that went away is not.
@Suite(.serialized)
struct LostOutputTests {
    private static let hasFullDevice = FileManager.default.fileExists(atPath: "/dev/full")
    private static let sentence = "standard output could not be written (No space left on device)"

    /// Runs what follows with standard output on a disk that is full.
    private static func onFullDisk(_ audit: AuditProcess) -> AuditProcess {
        var wrapped = audit
        wrapped.wrapper = ["/bin/sh", "-c", "exec \"$@\" > /dev/full", "sh"]
        return wrapped
    }

    @Test(.enabled(if: hasFullDevice, "this system has no /dev/full"))
    func `a result that a full disk lost ends with 74 and a sentence, whichever command printed it`() async throws {
        try await withTemporaryFolder { folder in
            let audit = try await EvidenceLogTests.demo(in: folder)
            let full = Self.onFullDisk(audit)
            for command in [
                ["report"], ["report", "--output", "json=-"], ["report", "--output", "html=-"],
                ["diff", "previous", "latest"], ["diff", "previous", "latest", "--exit-code"],
                ["prove", "--client", "4199", "--path", "internal.passwordExpirationDays"], ["checkpoint"], ["verify"],
                ["verify", "--format", "json"], ["snapshot", "show", "4199"], ["snapshot", "list"],
                ["history", "4199"],
                ["history", "4199", "--format", "json"], ["forecast"],
            ] {
                let lost = try await full.run(command + ["--database", "demo.sqlite"])
                #expect(lost.status == 74, "\(command): \(lost.errors)")
                #expect(lost.errors.contains(Self.sentence), "\(command): \(lost.errors)")
                #expect(lost.errors.components(separatedBy: Self.sentence).count == 2, "told once: \(lost.errors)")
            }
            #expect(try await full.run("--help").status == 74)
            _ = try EvidenceLogTests.alter(
                folder.appending(path: "demo.sqlite"), as: "copy.sqlite",
                "UPDATE checkpoint SET note = replace(note, 'audit/', 'audit-') WHERE log_size = 2")
            let altered = try await full.run("verify", "--database", "copy.sqlite")
            #expect(
                altered.status == 4 && altered.errors.contains(Self.sentence), "4 comes after 74: \(altered.errors)")
            let usage = try await full.run("report", "--output", "json")
            #expect(usage.status == 2 && !usage.errors.contains(Self.sentence))
        }
    }

    @Test(.enabled(if: hasFullDevice, "this system has no /dev/full"))
    func `a night whose digest is lost is stored and its reports are written`() async throws {
        try await withTemporaryFolder { folder in
            let audit = AuditProcess(folder: folder)
            try Data(
                """
                database: audit.sqlite
                policies: [\(shippedPolicies)]
                environments:
                  local: {emulator: {clients: 2, seed: 7}}
                reports: [{format: json, path: night.json}]

                """.utf8
            ).write(to: folder.appending(path: "audit.yaml"))
            let night = try await Self.onFullDisk(audit).run("run", "--now", "2026-11-01T02:00:00Z")
            #expect(night.status == 74 && night.errors.contains(Self.sentence), "\(night.errors)")
            let written = try Data(contentsOf: folder.appending(path: "night.json"))
            let again = try await audit.run("report", "--output", "json=-")
            #expect(again.status == 0 && !written.isEmpty)
            #expect(try JSONReader.value(of: [UInt8](written))["run"] == again.json()["run"])
        }
    }

    @Test func `a reader that goes away is no error`() async throws {
        try await withTemporaryFolder { folder in
            var audit = try await EvidenceLogTests.demo(in: folder)
            audit.wrapper = ["/bin/sh", "-c", "{ \"$@\"; echo \"status $?\" >&2; } | true", "sh"]
            let left = try await audit.run("report", "--output", "html=-", "--database", "demo.sqlite")
            #expect(left.errors == "status 0\n")
        }
    }

    @Test func `a pipe that was set not to wait gets all of it`() async throws {
        try await withTemporaryFolder { folder in
            var audit = try await EvidenceLogTests.demo(in: folder)
            let arguments = ["report", "--output", "html=-", "--database", "demo.sqlite"]
            let whole = try await audit.run(arguments)
            #expect(whole.output.utf8.count > 50_000)
            // One page of room (F_SETPIPE_SZ is 1031), so that the writer must wait many times.
            let script = """
                import fcntl, os, subprocess, sys
                reading, writing = os.pipe()
                try: fcntl.fcntl(writing, 1031, 4096)
                except OSError: pass
                os.set_blocking(writing, False)
                process = subprocess.Popen(sys.argv[1:], stdout=writing)
                os.close(writing)
                with os.fdopen(reading, "rb") as file: sys.stdout.buffer.write(file.read())
                sys.exit(process.wait())
                """
            audit.wrapper = ["/usr/bin/env", "python3", "-c", script]
            let piped = try await audit.run(arguments)
            #expect(piped.status == 0 && piped.output == whole.output, "\(piped.errors)")
        }
    }
}
