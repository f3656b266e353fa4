import AuditModel
import AuditTestSupport
import Foundation
import Testing

/// Who is told of what, over nights of an emulated fleet whose drift is planted, at an address on this machine.
@Suite(.serialized)
struct NotifyTests {
    /// A folder with a configuration, and somebody who listens.
    private struct Night {
        let folder: URL
        let server: PostServer
        let audit: AuditProcess

        /// Writes the configuration for one night of the emulator: from night 3 to 5 one client's encryption is off.
        func configure(night: Int, _ notify: String) throws {
            try write(
                """
                database: audit.sqlite
                policies: [\(shippedPolicies)]
                environments:
                  local: {emulator: {clients: 25, seed: 7, night: \(night)}}
                reports: []
                notify: \(notify)

                """, to: "audit.yaml")
        }

        func write(_ text: String, to name: String) throws {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }

        func run(day: Int, _ arguments: String...) async throws -> AuditProcess.Result {
            try await audit.run(["run", "--now", "2026-11-0\(day)T02:00:00Z"] + arguments)
        }

        /// What was posted since the last call, as JSON.
        func posts(after count: Int) throws -> [SettingValue] {
            try server.requests.dropFirst(count).map { try JSONReader.value(of: $0.body) }
        }
    }

    private func withNight(_ body: (Night) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try await PostServer.run { server in
                let audit = AuditProcess(folder: folder, environment: ["HOOK": server.url + "/T1?key=s3cret-part"])
                try await body(Night(folder: folder, server: server, audit: audit))
            }
        }
    }

    private static let all = "[{name: ops, webhook: env:HOOK, on: [new, fixed, incomplete, alive]}]"

    private static let schema: JSONSchema? = {
        let file = packageRoot.appending(path: "Sources/Reports/Schemas/audit-notification.schema.json")
        return (try? Data(contentsOf: file)).flatMap { try? JSONSchema(bytes: $0) }
    }()

    @Test func `each run's news goes out once, whatever is called again`() async throws {
        try await withNight { night in
            try night.configure(night: 2, Self.all)
            let baseline = try await night.run(day: 1)
            #expect(baseline.errors.contains("ops: told of the run of 2026-11-01 ("), "\(baseline.errors)")
            try night.configure(night: 3, Self.all)
            #expect(try await night.run(day: 2).status == 1)
            #expect(try await night.run(day: 3).status == 1)
            try night.configure(night: 6, Self.all)
            _ = try await night.run(day: 4)
            let posts = try night.posts(after: 0)
            let schema = try #require(Self.schema)
            for post in posts {
                #expect(schema.problems(of: post) == [])
                #expect(post["synthetic"] == true)
                #expect(post["digest"]?.stringValue?.hasPrefix("Synthetic data (emulator): ") == true)
            }
            #expect(posts.map { $0["day"] } == ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"])
            try #require(posts.count == 4)
            #expect(posts[0]["events"] == ["alive"])
            #expect(posts[1]["events"]?.arrayValue?.contains("new") == true)
            #expect(posts[2]["events"] == ["alive"])
            #expect(posts[3]["events"]?.arrayValue?.contains("fixed") == true)
            let news = try #require(posts[1]["new"]?["listed"]?.arrayValue?.first)
            #expect(news["cause"] == "new")
            let mended = try #require(posts[3]["fixed"]?["listed"]?.arrayValue)
            #expect(mended.contains { $0["id"] == news["id"] })

            let again = try await night.audit.run("notify", "--now", "2026-11-04T12:00:00Z")
            #expect(again.status == 0)
            #expect(again.output == "ops: was told already at 2026-11-04T02:00:00Z\n")
            #expect(try await night.audit.run("notify", "2026-11-02", "--now", "2026-11-04T12:00:00Z").status == 0)
            #expect(night.server.requests.count == 4)
            let resent = try await night.audit.run("notify", "2026-11-02", "--resend", "--now", "2026-11-04T12:00:00Z")
            #expect(resent.status == 0)
            #expect(try night.posts(after: 4) == [posts[1]])
        }
    }

    @Test func `what did not arrive is told by the next run, with the run that it is of`() async throws {
        try await withNight { night in
            let news = "[{name: ops, webhook: env:HOOK, on: [new]}]"
            try night.configure(night: 2, news)
            _ = try await night.run(day: 1)
            #expect(night.server.requests.isEmpty)
            night.server.answer(503)
            try night.configure(night: 3, news)
            let failed = try await night.run(day: 2)
            #expect(failed.status == 74, "\(failed.errors)")
            let run = try await night.audit.run("report", "--output", "json=-", "--now", "2026-11-02T02:00:00Z").json()
            let id = try #require(run["run"]?["id"]?.stringValue)
            let sentence =
                "ops was not told of the run of 2026-11-02 (\(id.prefix(8))): it answered with HTTP 503; the next run tries again."
            #expect(failed.output.contains("exit status 74 (also 1)"), "\(failed.output)")
            #expect(failed.output.replacing("\n", with: " ").contains(sentence.prefix(60)), "\(failed.output)")
            night.server.answer(200)
            let next = try await night.run(day: 3)
            #expect(next.status == 1, "\(next.errors)")
            #expect(next.errors.contains("ops: nothing to tell"))
            #expect(next.errors.contains("ops: told of the run of 2026-11-02 (\(id.prefix(8))): new, at attempt 2"))
            let posts = try night.posts(after: 0)
            #expect(posts.map { $0["run"]?["id"] } == [.string(id), .string(id)])
            #expect(posts.map { $0["attempt"] } == [1, 2])
            try #require(posts.count == 2)
            #expect(posts[0]["id"] == posts[1]["id"])
            _ = try await night.run(day: 4)
            #expect(night.server.requests.count == 2)
        }
    }

    @Test func `what no run tries again is not said to be tried`() async throws {
        try await withNight { night in
            let news = "[{name: ops, webhook: env:HOOK, on: [new]}]"
            night.server.answer(503)
            try night.configure(night: 2, "[{name: ops, webhook: env:HOOK, on: [alive]}]")
            _ = try await night.run(day: 1)
            let alive = try await night.audit.run("notify", "--now", "2026-11-01T12:00:00Z")
            #expect(alive.status == 74)
            #expect(
                alive.errors.replacing("\n", with: " ").contains(
                    "a sign of life is not told late, and no run tries again"),
                "\(alive.errors)")
            try night.configure(night: 3, news)
            _ = try await night.run(day: 2)
            let soon = try await night.audit.run("notify", "2026-11-02", "--now", "2026-11-09T01:59:00Z")
            #expect(soon.status == 74 && soon.errors.contains("the next run tries again."), "\(soon.errors)")
            let late = try await night.audit.run("notify", "2026-11-02", "--now", "2027-11-02T12:00:00Z")
            #expect(late.status == 74 && !late.errors.contains("the next run tries again"))
            #expect(
                late.errors.contains("the run is more than seven days old, and no run tries again ('audit notify "),
                "\(late.errors)")
        }
    }

    @Test func `no run tries for ever`() async throws {
        try await withNight { night in
            let news = "[{name: ops, webhook: env:HOOK, on: [new]}]"
            try night.configure(night: 2, news)
            _ = try await night.run(day: 1)
            night.server.answer(500)
            try night.configure(night: 3, news)
            var last = try await night.run(day: 2)
            for day in 3...8 { last = try await night.run(day: day) }
            #expect(night.server.requests.count == 5)
            #expect(last.status == 1, "\(last.errors)")
            let byHand = try await night.audit.run("notify", "2026-11-02", "--now", "2026-11-08T12:00:00Z")
            #expect(byHand.status == 74)
            #expect(byHand.errors.contains("it was attempt 6, and no run tries again"), "\(byHand.errors)")
        }
    }

    @Test func `evidence that stays incomplete is told each night, with since when`() async throws {
        try await withNight { night in
            try night.write(
                """
                policy: {id: gap, title: Gap, version: "1"}
                rules:
                  - id: GAP-1
                    title: Cannot be told
                    undocumented: true
                    when: {internal.notThere: true}
                    check: {internal.passwordExpirationDays: {atMost: 9000}}

                """, to: "gap.yaml")
            try night.configure(night: 0, Self.all)
            _ = try await night.run(day: 1)
            for day in 2...4 {
                let result = try await night.run(day: day, "--policies", shippedPolicies, "--policies", "gap.yaml")
                #expect(result.status == 3, "\(result.errors)")
            }
            let posts = try night.posts(after: 1)
            #expect(posts.map { $0["events"] } == [["incomplete"], ["incomplete"], ["incomplete"]])
            #expect(posts.map { $0["incomplete"]?["since"]?["day"] ?? .null } == [.null, "2026-11-02", "2026-11-02"])
            #expect(posts.map { $0["incomplete"]?["since"]?["nights"] ?? .null } == [.null, 2, 3])
            let sentence = posts.first?["incomplete"]?["conditions"]?["listed"]?.arrayValue?.first?["sentence"]
            #expect(sentence == "25 verdicts could not be told.")
        }
    }

    @Test func `print shows every message, and neither sends nor records nor tells an address`() async throws {
        try await withNight { night in
            try night.configure(
                night: 2,
                """

                  - {name: ops, webhook: env:HOOK, on: [alive]}
                  - {webhook: "cmd:echo https://hooks.slack.com/services/s3cret-part", on: [alive]}
                  - {name: news, webhook: env:HOOK, on: [new]}
                  - {name: others, webhook: env:HOOK, on: [alive], environments: [local]}
                """)
            night.server.answer(500)
            #expect(try await night.run(day: 1).status == 74)
            let posts = night.server.requests.count
            #expect(posts == 2)
            let shown = try await night.audit.run("notify", "--print", "--now", "2026-11-01T12:00:00Z")
            #expect(shown.status == 0, "\(shown.errors)")
            #expect(night.server.requests.count == posts)
            let titles = shown.output.split(separator: "\n").filter { $0.hasPrefix("#") }
            #expect(
                titles == [
                    "# ops, json: alive", "# webhook cmd:…, slack: alive", "# news: nothing to tell",
                    "# others, json: alive",
                ])
            let own = shown.output.components(separatedBy: "# ")[1].drop { $0 != "\n" }
            var value = try JSONReader.value(of: Array(own.utf8))
            #expect(value["attempt"] == 2)
            let sent = try night.posts(after: 0)[0]
            for post in [sent, value] { #expect(try #require(Self.schema).problems(of: post) == []) }
            if case .object(var object) = value {
                object["attempt"] = 1
                value = .object(object)
            }
            #expect(value == sent)
            for text in [shown.output, shown.errors] { #expect(!text.contains("s3cret-part")) }
            let again = try await night.audit.run("notify", "--print", "--now", "2026-11-01T12:00:00Z")
            #expect(again.output == shown.output)
            for file in try FileManager.default.contentsOfDirectory(atPath: night.folder.path)
            where file != "audit.yaml" {
                let bytes = try Data(contentsOf: night.folder.appending(path: file))
                #expect(bytes.range(of: Data("s3cret-part".utf8)) == nil, "\(file)")
            }
        }
    }

    @Test func `an address that cannot be had is told of, by doctor too, and shows no secret`() async throws {
        try await withNight { night in
            try night.configure(
                night: 2,
                "[{name: gone, webhook: env:NOT_SET, on: [alive]}, {name: plain, webhook: env:PLAIN, on: [alive]}, {name: good, webhook: env:HOOK}]"
            )
            var audit = night.audit
            audit.environment["PLAIN"] = "http://hooks.example.com/s3cret-part"
            let run = try await audit.run("run", "--now", "2026-11-01T02:00:00Z")
            #expect(run.status == 74)
            let told = run.output.split { $0.isWhitespace }.joined(separator: " ")
            #expect(told.contains("the environment variable 'NOT_SET' is not set"), "\(run.output)")
            let doctor = try await audit.run("doctor", "--format", "json")
            #expect(doctor.status == 2)
            let rows = try #require(try doctor.json().arrayValue).filter {
                $0["what"]?.stringValue?.hasPrefix("notify") == true
            }
            #expect(rows.map { $0["state"] } == ["wrong", "wrong", "ok"])
            #expect(rows[1]["finding"] == "its URL is no https:// address (http:// is for loopback addresses alone).")
            #expect(night.server.requests.isEmpty)
            for text in [run.output, run.errors, doctor.output, doctor.errors] {
                #expect(!text.contains("s3cret-part"))
            }
        }
    }
}
