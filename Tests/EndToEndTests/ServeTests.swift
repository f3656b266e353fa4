import AsyncHTTPClient
import AuditModel
import AuditTestSupport
import Foundation
import NIOCore
import NIOHTTP1
import Testing

/// The dashboard as its users meet it: the built binary over the demo's database.
@Suite(.serialized)
struct ServeTests {
    private static let now = ["--now", "2026-11-14T12:00:00Z"]
    private static let token = "0123456789abcdef0123456789abcdef"

    /// A running `audit serve`.
    private struct Server {
        let process: Process
        let address: String

        init(in folder: URL, _ arguments: [String], environment: [String: String] = [:]) throws {
            let output = Pipe()
            process = Process()
            process.executableURL = AuditProcess.binary
            process.arguments = ["serve", "--port", "0"] + arguments
            process.currentDirectoryURL = folder
            process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C"]
                .merging(environment) { $1 }
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            // The first line comes once it listens; at its end without one there is nothing more to read.
            var line = ""
            while !line.hasSuffix("\n"), let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty {
                line += String(decoding: byte, as: UTF8.self)
            }
            let prefix = "Dashboard on "
            try #require(line.hasPrefix(prefix), "\(line)")
            address = String(line.dropFirst(prefix.count).dropLast())
        }

        func stop(by signal: Int32 = SIGTERM) -> Int32 {
            kill(process.processIdentifier, signal)
            process.waitUntilExit()
            return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        }
    }

    private func demo(_ folder: URL) async throws -> URL {
        let demo = try await AuditProcess(folder: folder).run(
            "demo", "--policies", shippedPolicies, "--last-night", "2026-11-14T02:00:00Z")
        try #require(demo.status == 0, "\(demo.errors)")
        return folder.appending(path: "snapshots/demo.sqlite")
    }

    private func get(
        _ url: String, _ headers: [(String, String)] = []
    ) async throws -> (status: Int, headers: HTTPHeaders, body: String) {
        var request = HTTPClientRequest(url: url)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 64 << 20)
        return (Int(response.status.code), response.headers, String(buffer: body))
    }

    @Test func `every link of every page leads to a page, every page has its twin, and nothing is written`() async throws {
        try await withTemporaryFolder { folder in
            let database = try await demo(folder)
            let before = try Data(contentsOf: database)
            let server = try Server(in: folder, ["--database", database.path] + Self.now)
            var open = ["/"]
            var seen: Set<String> = ["/"]
            var kinds: [String: Int] = [:]
            while let path = open.popLast() {
                let page = try await get(server.address + path)
                #expect(page.status == 200, "\(path)")
                #expect(page.headers.first(name: "Content-Security-Policy")?.hasPrefix("default-src 'none'") == true)
                guard page.headers.first(name: "Content-Type")?.hasPrefix("text/html") == true else { continue }
                let outline = try MarkupOutline(page.body)
                for link in outline.attributes where link.name == "href" && link.value.hasPrefix("/") {
                    // Of the hundreds of settings and clients some of each kind are enough.
                    let kind = link.value.split(separator: "/").prefix(1).joined() + "\(link.value.split(separator: "/").count)"
                        + (link.value.contains(".json") ? "twin" : "")
                    guard seen.insert(link.value).inserted, kinds[kind, default: 0] < 40 else { continue }
                    kinds[kind, default: 0] += 1
                    open.append(link.value)
                }
            }
            #expect(kinds.count >= 12, "\(kinds)")
            #expect(server.stop() == 0)
            #expect(try Data(contentsOf: database) == before)
            #expect(!FileManager.default.fileExists(atPath: database.path + "-wal"))
        }
    }

    @Test func `twins say what the commands say, and a tag saves the page until a run is sealed`() async throws {
        try await withTemporaryFolder { folder in
            let database = try await demo(folder)
            let audit = AuditProcess(folder: folder)
            let server = try Server(in: folder, ["--database", database.path] + Self.now)
            let common = ["--database", database.path, "--output", "json=-"] + Self.now
            let diff = try await audit.run(["diff", "2026-11-01", "2026-11-14"] + common)
            #expect(try await get(server.address + "/diff.json?from=2026-11-01&to=2026-11-14").body == diff.output)

            let report = try await audit.run(["report"] + common)
            let run = try #require(try report.json()["run"]?["id"]?.stringValue)
            #expect(try await get(server.address + "/runs/\(run).json").body == report.output)

            let history = try await audit.run([
                "history", "demo/4202", "--database", database.path, "--format", "json",
            ]).json()
            let client = try JSONReader.value(of: await get(server.address + "/clients/demo/4202.json").body)
            let told = { (json: SettingValue, key: String) in
                Set((json[key]?.arrayValue ?? []).compactMap { $0["path"]?.stringValue })
            }
            #expect(told(client, "settingsThatChanged") == told(history, "settings"))
            #expect(!told(client, "settingsThatChanged").isEmpty)

            let page = try await get(server.address + "/")
            let tag = try #require(page.headers.first(name: "ETag"))
            #expect(try await get(server.address + "/", [("If-None-Match", tag)]).status == 304)
            #expect(try await get(server.address + "/", [("Host", "evil.example")]).status == 421)
            #expect(server.stop(by: SIGINT) == 0)
        }
    }

    @Test func `a token that is told by reference guards the pages, and is in no output`() async throws {
        try await withTemporaryFolder { folder in
            let database = try await demo(folder)
            let server = try Server(
                in: folder, ["--database", database.path, "--token", "env:DASHBOARD"],
                environment: ["DASHBOARD": Self.token])
            #expect(try await get(server.address + "/rules.json").status == 401)
            let allowed = try await get(server.address + "/rules.json", [("Authorization", "Bearer \(Self.token)")])
            #expect(allowed.status == 200 && !allowed.body.contains(Self.token))
            #expect(try await get(server.address + "/healthz").body == "{\n  \"status\": \"up\"\n}\n")
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

            let first = try Server(in: folder, database)
            let port = try #require(first.address.split(separator: ":").last)
            let busy = try audit.run(["serve", "--port", String(port)] + database)
            #expect(busy.status == 74)
            #expect(busy.errors.contains("another program listens there"))
            #expect(first.stop() == 0)
        }
    }
}
