import AuditModel
import AuditTestSupport
import Foundation
import NIOHTTP1
import SnapshotStore
import Testing

/// The dashboard as its users meet it: the built binary over the demo's database.
@Suite(.serialized)
struct ServeTests {
    private static let now = ["--now", "2026-11-14T12:00:00Z"]
    private static let token = "0123456789abcdef0123456789abcdef"

    private func demo(_ folder: URL) async throws -> URL {
        let demo = try await AuditProcess(folder: folder).run(
            "demo", "--policies", shippedPolicies, "--last-night", "2026-11-14T02:00:00Z")
        try #require(demo.status == 0, "\(demo.errors)")
        return folder.appending(path: "snapshots/demo.sqlite")
    }

    /// Follows the links of all pages; how many of each kind were followed. Of hundreds of settings and clients some are
    /// enough.
    private func crawl(_ dashboard: DashboardProcess) async throws -> [String: Int] {
        var open = ["/"]
        var seen: Set<String> = ["/"]
        var kinds: [String: Int] = [:]
        while let path = open.popLast() {
            let page = try await dashboard.get(path)
            #expect(page.status == 200, "\(path)")
            let policy = page.headers.first(name: "Content-Security-Policy") ?? ""
            #expect(policy.hasPrefix("default-src 'none'"))
            let type = page.headers.first(name: "Content-Type") ?? ""
            if !type.hasPrefix("text/html") { continue }
            for link in try links(of: page.body) where seen.insert(link).inserted {
                let kind = Self.kind(of: link)
                let count = kinds[kind] ?? 0
                if count >= 40 { continue }
                kinds[kind] = count + 1
                open.append(link)
            }
        }
        return kinds
    }

    private func links(of page: String) throws -> [String] {
        try MarkupOutline(page).attributes.filter { $0.name == "href" && $0.value.hasPrefix("/") }.map(\.value)
    }

    /// The first segment, how many there are, and whether it is a twin.
    private static func kind(of link: String) -> String {
        let segments = link.split(separator: "/")
        return "\(segments.first ?? "") \(segments.count)" + (link.contains(".json") ? " twin" : "")
    }

    @Test func `every link of every page leads to a page, every page has its twin, and nothing is written`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let database = try await demo(folder)
            let before = try Data(contentsOf: database)
            let server = try DashboardProcess(in: folder, ["--database", database.path] + Self.now)
            let kinds = try await crawl(server)
            #expect(kinds.count >= 12, "\(kinds)")
            #expect(server.stop() == 0)
            #expect(try Data(contentsOf: database) == before)
            // A reader of a database with a log opens that log; there must be nothing in it.
            let log = FileManager.default.contents(atPath: database.path + "-wal") ?? Data()
            #expect(log.isEmpty)
        }
    }

    private static func paths(_ json: SettingValue, _ key: String) -> Set<String> {
        Set((json[key]?.arrayValue ?? []).compactMap { $0["path"]?.stringValue })
    }

    @Test func `twins say what the commands say, and a tag saves the page until a run is sealed`() async throws {
        try await withTemporaryFolder { folder in
            let database = try await demo(folder)
            let audit = AuditProcess(folder: folder)
            let server = try DashboardProcess(in: folder, ["--database", database.path] + Self.now)
            let common = ["--database", database.path, "--output", "json=-"] + Self.now
            let diff = try await audit.run(["diff", "2026-11-01", "2026-11-14"] + common)
            let diffTwin = try await server.get("/diff.json?from=2026-11-01&to=2026-11-14").body
            #expect(diffTwin == diff.output)

            let report = try await audit.run(["report"] + common)
            let run = try #require(try report.json()["run"]?["id"]?.stringValue)
            let reportTwin = try await server.get("/runs/\(run).json").body
            #expect(reportTwin == report.output)

            let history = try await audit.run([
                "history", "demo/4202", "--database", database.path, "--format", "json",
            ]).json()
            let clientTwin = try await server.get("/clients/demo/4202.json").body
            let client = try JSONReader.value(of: clientTwin)
            #expect(Self.paths(client, "settingsThatChanged") == Self.paths(history, "settings"))
            #expect(!Self.paths(client, "settingsThatChanged").isEmpty)
            let schema = try JSONSchema.ofReports("audit-dashboard")
            #expect(schema.problems(of: client) == [])
            for path in [
                "/index", "/runs", "/clients", "/rules", "/rules/SEC-EXP-ON", "/waivers",
                "/clients/demo/4202/settings/internal.passwordExpirationDays", "/rules/NONE",
            ] {
                let twin = try JSONReader.value(of: await server.get(path + ".json").body)
                #expect(schema.problems(of: twin) == [], "\(path)")
            }

            let page = try await server.get("/")
            let tag = try #require(page.headers.first(name: "ETag"))
            let again = try await server.get("/", [("If-None-Match", tag)])
            #expect(again.status == 304)
            let rebound = try await server.get("/", [("Host", "evil.example")])
            #expect(rebound.status == 421)
            #expect(server.stop(by: SIGINT) == 0)
        }
    }

    /// A night more, in which each client is as in the last one and the first is judged as the second; what it was judged by
    /// stays.
    private func addNight(to database: URL) throws -> AuditRun {
        let store = try SnapshotStore.open(at: database.path, access: .readWrite)
        let last = try #require(try store.runs().last)
        let start = last.startedAt.advanced(by: .seconds(3600))
        var run = last
        run.id = AuditRun.ID(environment: last.environment, startedAt: start)
        (run.startedAt, run.sealedAt, run.state) = (start, nil, .open)
        try store.beginRun(run, roster: store.roster(of: last.id))
        var nights = try store.nights(of: last.id)
        nights[0].results = nights[1].results
        try store.append(nights, to: run.id)
        try store.seal(run.id, at: start.advanced(by: .seconds(60)), state: .partial, evaluator: "5")
        try store.close()
        return run
    }

    @Test func `a night that is sealed meanwhile is told at the next request, by pages that were kept before, too`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let database = try await demo(folder)
            let server = try DashboardProcess(in: folder, ["--database", database.path] + Self.now)
            let rule = try #require(
                try JSONReader.value(of: try await server.get("/rules.json").body)["rules"]?[0]?["facts"]?[
                    "id"]?
                    .stringValue)
            let changing: Set = ["/", "/index.json", "/runs.json", "/diff.json"]
            let pages = changing.sorted() + ["/clients.json", "/rules.json", "/rules/\(rule).json"]
            var before: [String: String] = [:]
            for page in pages { before[page] = try await server.get(page).body }
            let run = try addNight(to: database)
            // A server that never saw the shorter store is the judge of what each page has to say now.
            let fresh = try DashboardProcess(in: folder, ["--database", database.path] + Self.now)
            for page in pages + ["/runs/\(run.id).json"] {
                let after = try await server.get(page).body
                if changing.contains(page) { #expect(after != before[page], "\(page)") }
                #expect(after == (try await fresh.get(page).body), "\(page)")
            }
            #expect(try await server.get("/runs.json").body.contains(run.id.rawValue))
            #expect(server.stop() == 0 && fresh.stop() == 0)
        }
    }

    @Test func `a token that is told by reference guards the pages, and is in no output`() async throws {
        try await withTemporaryFolder { folder in
            let database = try await demo(folder)
            let server = try DashboardProcess(
                in: folder, ["--database", database.path, "--token", "env:DASHBOARD"],
                environment: ["DASHBOARD": Self.token])
            let refused = try await server.get("/rules.json")
            #expect(refused.status == 401)
            let allowed = try await server.get("/rules.json", [("Authorization", "Bearer \(Self.token)")])
            #expect(allowed.status == 200 && !allowed.body.contains(Self.token))
            let health = try await server.get("/healthz")
            #expect(health.body == "{\n  \"status\": \"up\"\n}\n")
            #expect(server.stop() == 0)
        }
    }

    @Test func `what must not or cannot be started says so`() throws {
        try withTemporaryFolder { folder in
            let audit = AuditProcess(folder: folder)
            let missing = try audit.run("serve", "--port", "0")
            #expect(missing.status == 2)
            #expect(missing.errors.hasPrefix("audit: there is no database at snapshots/audit.sqlite"))
            #expect(try audit.run("serve", "--port", "70000").status == 2)
            #expect(try audit.run("serve", "--tls-key", "k").status == 2)

            let store = folder.appending(path: "snapshots")
            try FileManager.default.createDirectory(at: store, withIntermediateDirectories: true)
            #expect(try audit.run("demo", "--policies", shippedPolicies, "--nights", "1", "--clients", "1").status == 0)
            let database = ["--database", "snapshots/demo.sqlite"]
            let open = try audit.run(["serve", "--host", "0.0.0.0", "--port", "0"] + database)
            #expect(open.status == 2)
            #expect(open.errors.contains("can be reached from other machines"))
            let literal = try audit.run(["serve", "--token", Self.token] + database)
            #expect(literal.status == 2)
            #expect(!literal.errors.contains(Self.token))

            let first = try DashboardProcess(in: folder, database)
            let port = try #require(first.address.split(separator: ":").last)
            let busy = try audit.run(["serve", "--port", String(port)] + database)
            #expect(busy.status == 74)
            #expect(busy.errors.contains("another program listens there"))
            #expect(first.stop() == 0)
        }
    }
}
