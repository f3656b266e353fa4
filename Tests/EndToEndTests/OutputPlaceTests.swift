import AuditModel
import AuditTestSupport
import Foundation
import Testing

/// Where `--output` writes: files are replaced, links followed, pipes written into, and no place is written twice.
@Suite(.serialized)
struct OutputPlaceTests {
    private static let database = ["--database", "demo.sqlite", "--quiet"]

    private static func type(_ folder: URL, _ name: String) throws -> FileAttributeType? {
        try FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)[.type]
            as? FileAttributeType
    }

    private static func bytes(_ folder: URL, _ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    @Test func `a named pipe stays one, and its reader gets all of it`() async throws {
        try await withTemporaryFolder { folder in
            var audit = try await EvidenceLogTests.demo(in: folder)
            let prove = ["prove", "--client", "4199", "--path", "internal.passwordExpirationDays"]
            let proof = try await audit.run(prove + ["--database", "demo.sqlite"]).output
            let html = try await audit.run(["report", "--output", "html=-"] + Self.database).output
            try #require(mkfifo(folder.appending(path: "pipe").path, 0o600) == 0)
            audit.wrapper = [
                "/bin/sh", "-c", "cat pipe > got & \"$@\"; status=$?; wait; exit $status", "sh",
            ]
            let report = try await audit.run(["report", "--output", "html=pipe"] + Self.database)
            #expect(report.status == 0, "\(report.errors)")
            #expect(try Self.bytes(folder, "got") == html)
            let proved = try await audit.run(prove + ["--database", "demo.sqlite", "--output", "pipe"])
            #expect(proved.status == 0, "\(proved.errors)")
            #expect(try Self.bytes(folder, "got") == proof)
            var pipe = stat()
            #expect(lstat(folder.appending(path: "pipe").path, &pipe) == 0 && pipe.st_mode & S_IFMT == S_IFIFO)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(!names.contains { $0.hasSuffix(".tmp") }, "\(names)")
        }
    }

    @Test func `a link stays one, and the file that it leads to is replaced, for its owner alone`() async throws {
        try await withTemporaryFolder { folder in
            let audit = try await EvidenceLogTests.demo(in: folder)
            let files = FileManager.default
            try files.createDirectory(at: folder.appending(path: "real"), withIntermediateDirectories: true)
            try Data("old".utf8).write(to: folder.appending(path: "real/report.json"))
            for (link, target) in [
                ("first", "second"), ("second", "real/report.json"), ("dangling", "real/new.json"),
                ("circle", "circle"), ("open", "/proc/self/fd/1"),
            ] {
                try files.createSymbolicLink(
                    atPath: folder.appending(path: link).path, withDestinationPath: target)
            }
            let json = try await audit.run(["report", "--output", "json=-"] + Self.database).output
            for (link, target) in [("first", "real/report.json"), ("dangling", "real/new.json")] {
                let written = try await audit.run(["report", "--output", "json=\(link)"] + Self.database)
                #expect(written.status == 0, "\(written.errors)")
                #expect(try Self.type(folder, link) == .typeSymbolicLink)
                #expect(try Self.type(folder, target) == .typeRegular)
                #expect(try Self.bytes(folder, target) == json)
                let mode = try files.attributesOfItem(atPath: folder.appending(path: target).path)
                #expect(mode[.posixPermissions] as? Int == 0o600)
            }
            let circle = try await audit.run(["report", "--output", "json=circle"] + Self.database)
            #expect(circle.status == 74 && circle.errors.contains("lead in a circle"), "\(circle.errors)")
            let taken = try await audit.run(["report", "--output", "json=real"] + Self.database)
            #expect(taken.status == 74 && taken.errors.contains("could not write real: it is a folder"))
            if files.fileExists(atPath: "/proc/self/fd/1") {
                let open = try await audit.run(["report", "--output", "json=open"] + Self.database)
                #expect(open.status == 0 && open.output.hasSuffix(json), "\(open.errors)")
                #expect(try Self.type(folder, "open") == .typeSymbolicLink)
            }
        }
    }

    @Test func `two reports for one place are refused before anything is done`() async throws {
        try await withTemporaryFolder { folder in
            let audit = try await EvidenceLogTests.demo(in: folder)
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending(path: "link").path, withDestinationPath: "x")
            for (command, outputs, sentence) in [
                (["report"], ["json=x", "html=x"], "json and html would both be written to x"),
                (["report"], ["json=x", "html=../\(folder.lastPathComponent)/./x"], "only one would be left"),
                (["report"], ["json=x", "html=link"], "only one would be left"),
                (["report"], ["json={run}/x", "html={run}/x"], "only one would be left"),
                (["report"], ["json=-", "ndjson=-"], "json and ndjson would both go to standard output"),
                (["check", "--policies", shippedPolicies], ["json=-", "text=-"], "standard output"),
                (["diff", "previous", "latest"], ["json=x", "html=x"], "only one would be left"),
                (["diff", "previous", "latest"], ["json=x", "json-patch=x"], "only one would be left"),
            ] {
                let arguments = command + outputs.flatMap { ["--output", $0] } + Self.database
                let refused = try await audit.run(arguments)
                #expect(refused.status == 2 && refused.output.isEmpty, "\(outputs): \(refused.output)")
                #expect(refused.errors.contains(sentence), "\(outputs): \(refused.errors)")
                #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "x").path))
            }
            let twice = ["report", "--output", "json=-", "--output", "json=-"] + Self.database
            #expect(try await audit.run(twice).json()["schema"] != nil)
            try await refusesInConfiguration(audit, folder)
        }
    }

    private func refusesInConfiguration(_ audit: AuditProcess, _ folder: URL) async throws {
        func configure(_ reports: String) throws {
            let text = """
                database: nights.sqlite
                policies: [\(shippedPolicies)]
                environments:
                  local: {emulator: {clients: 1, seed: 7}}
                reports: \(reports)

                """
            try Data(text.utf8).write(to: folder.appending(path: "audit.yaml"))
        }
        try configure("[{format: html, path: \"{date}.x\"}, {format: json, path: \"./{date}.x\"}]")
        let refused = try await audit.run("run", "--now", "2026-11-01T02:00:00Z")
        #expect(
            refused.status == 2 && refused.errors.contains("html and json would both be written"), "\(refused.errors)")
        try configure("[{format: html, path: night.x}]")
        let both = try await audit.run("run", "--now", "2026-11-01T02:00:00Z", "--output", "json=night.x")
        #expect(both.status == 2 && both.errors.contains("only one would be left"), "\(both.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "nights.sqlite").path))
    }

    @Test func `a file of another kind is no broken evidence`() async throws {
        try await withTemporaryFolder { folder in
            let audit = try await EvidenceLogTests.demo(in: folder)
            try Data().write(to: folder.appending(path: "empty.sqlite"))
            for command in [["report"], ["verify"], ["checkpoint"], ["serve"]] {
                let empty = try await audit.run(command + ["--database", "empty.sqlite"])
                #expect(empty.status == 2 && empty.errors.contains("empty.sqlite is empty"), "\(empty.errors)")
            }
            #expect(try Data(contentsOf: folder.appending(path: "empty.sqlite")).isEmpty)

            let prove = ["prove", "--client", "4199", "--path", "internal.passwordExpirationDays"]
            let proof = try await audit.run(prove + ["--database", "demo.sqlite"]).output
            for (name, text, status) in [
                ("README.md", "# audit\n", Int32(2)), ("p.zip", "PK\u{3}\u{4}", 2), ("none", "", 2), ("list", "[]", 2),
                ("other.json", "{\"format\": \"something\"}", 2), ("proof.json", proof, 0),
                ("cut.json", String(proof.prefix(proof.count / 2)), 4),
                ("version.json", proof.replacing("\"version\": 1", with: "\"version\": 2"), 4),
            ] {
                try Data(text.utf8).write(to: folder.appending(path: name))
                let verified = try await audit.run("verify", name)
                #expect(verified.status == status, "\(name): \(verified.errors)")
                let sentence = [2: "\(name) is no proof of a setting", 4: "\(name) does not hold"][status] ?? ""
                #expect(sentence.isEmpty || verified.errors.contains(sentence), "\(name): \(verified.errors)")
                #expect(verified.errors.contains("audit pack verify") == (name == "p.zip"))
            }
        }
    }
}
