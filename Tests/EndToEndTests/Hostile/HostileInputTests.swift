import AuditModel
import AuditTestSupport
import Foundation
import Testing

/// A platform, and files, whose texts are hostile: what is told of them acts on nobody.
@Suite(.serialized)
struct HostileInputTests {
    private func write(_ text: String, to name: String, in folder: URL) throws {
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    private static let policy = """
        policy: {id: p, title: P, version: "1"}
        rules:
          - {id: R-1, title: Encrypted, check: {internal.encryptCcsPassword: true}}

        """

    /// A folder for a platform at an address, with two clients, whose codes are hostile, too.
    private func configure(_ folder: URL, _ url: String) throws {
        // What a terminal acts on cannot stand in a line of CSV but between quotes.
        let code = HostileText.text(0).replacing("\"", with: "\"\"")
        try write(
            "id,code,account,name,env\n1,\"\(code)\",main,\"\(code)\",\"\(code)\"\n2,PLAIN,main,,prod\n",
            to: "clients.csv", in: folder)
        for name in ["user", "password", "token"] { try write("s3cret-\(name)", to: name, in: folder) }
        try write(Self.policy, to: "p.yaml", in: folder)
        try write(
            """
            database: audit.sqlite
            policies: [p.yaml]
            environments:
              lab: {baseURL: "\(url)", concurrency: 1}
            accounts:
              main: {environment: lab, clientName: "{code}", userName: "file:user", password: "file:password", accessToken: "file:token"}
            clientsFile: clients.csv
            reports: []

            """, to: "audit.yaml", in: folder)
    }

    @Test func `what a platform says is safe in every report of the night`() async throws {
        try await withTemporaryFolder { folder in
            try await PostServer.run { platform in
                try configure(folder, platform.url)
                let message = CanonicalJSON.text(of: .string(HostileText.withNull))
                platform.answer { request in
                    request.line.hasPrefix("POST")
                        ? .status(200, body: #"{"sessionId":"s-1","clientId":1}"#)
                        : .status(
                            422, headers: ["Content-Type: application/json"], body: #"{"code":7,"message":\#(message)}"#
                        )
                }
                let formats: [(String, HostileBytes.Kind)] = [
                    ("json", .json), ("html", .html), ("markdown", .markdown), ("csv", .csv), ("sarif", .json),
                    ("junit", .xml), ("ndjson", .lines),
                ]
                let run = try await AuditProcess(folder: folder).run(
                    ["run"] + formats.flatMap { ["--output", "\($0.0)=night.\($0.0)"] })
                #expect(run.status == 3, "\(run.status) \(run.errors)")
                HostileBytes.check(run.output, as: .text, "audit run")
                HostileBytes.check(run.errors, as: .text, "audit run (errors)", isMarked: false)
                for (format, kind) in formats {
                    let text = try String(contentsOf: folder.appending(path: "night.\(format)"), encoding: .utf8)
                    HostileBytes.check(text, as: kind, "audit run, \(format)")
                }
                #expect(platform.requests.count > 2)
            }
        }
    }

    @Test func `what is wrong with files is told safely`() async throws {
        try await withTemporaryFolder { folder in
            let audit = AuditProcess(folder: folder)
            let quoted = HostileText.yaml(HostileText.text(0))
            // As they stand in a file that somebody sends: bidirectional marks are no escapes there.
            let bare = "MARK7 \u{202E}txt.exe\u{2066}\u{200F}\u{FEFF}\u{200B}<b>|`"
            try write(
                "policy: {id: p, title: P, version: \"1\"}\n# \(bare)\nrules:\n  - {id: R-1, title: \"\(bare)\", check: {\(quoted): true, settings.\(bare): 1}}\n",
                to: "p.yaml", in: folder)
            try write(
                "waivers:\n  - {id: \(quoted), rule: R, clients: [\(quoted)], reason: \"\(bare)\", \"\(bare)\": 1}\n",
                to: "w.yaml", in: folder)
            try write(
                "\(quoted): 1\n\"\(bare)\": 2\nenvironments: {\(quoted): {baseURL: \"\(bare)\"}}\n", to: "bad.yaml",
                in: folder)
            try FileManager.default.createDirectory(
                at: folder.appending(path: "files"), withIntermediateDirectories: true)
            let json = CanonicalJSON.text(of: .string(HostileText.withNull))
            try write(
                "{\"schema\":\"audit-snapshot/1\",\"client\":{\(json):1},\"run\":{\"id\":\(json),\"state\":\(json)},\"groups\":{}}",
                to: "files/1.json", in: folder)
            try write("{\"schema\":\(json)}", to: "files/2.json", in: folder)
            for arguments in [
                ["policy", "check", "p.yaml"], ["waiver", "check", "--waivers", "w.yaml", "--policies", "p.yaml"],
                ["waiver", "list", "--waivers", "w.yaml"], ["doctor", "--config", "bad.yaml"],
                ["check", "--from", "files", "--policies", "p.yaml"],
                ["snapshot", "import", "files", "--database", "x.sqlite"],
                ["run", "--config", "bad.yaml"], ["policy", "explain", bare, "--policies", "p.yaml"],
                ["history", bare, "--database", bare], ["report", "--output", bare], ["pack", "verify", bare],
            ] {
                let result = try await audit.run(arguments)
                let origin = arguments.prefix(2).joined(separator: " ")
                #expect(result.status == 2, "\(origin): \(result.status)")
                HostileBytes.check(result.output, as: .text, origin, isMarked: false)
                HostileBytes.check(result.errors, as: .text, origin + " (errors)")
            }
        }
    }
}
