import AuditTestSupport
import Emulator
import Foundation
import Testing

/// What `docs/scheduling.md` tells people to copy.
struct SchedulingTests {
    private static let docs = packageRoot.appending(path: "docs")

    @Test func `the systemd units are valid`() async throws {
        let program = ["/usr/bin/systemd-analyze", "/bin/systemd-analyze"].first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        guard let program else {
            print("skipped: there is no systemd-analyze here")
            return
        }
        try await withTemporaryFolder { folder in
            for name in ["audit.service", "audit.timer"] {
                let unit = try String(contentsOf: Self.docs.appending(path: "systemd/\(name)"), encoding: .utf8)
                // The program is not installed where the tests run, and verify looks for it.
                try Data(unit.replacing("/usr/local/bin/audit", with: AuditProcess.binary.path).utf8)
                    .write(to: folder.appending(path: name))
            }
            let units = ["audit.service", "audit.timer"].map { folder.appending(path: $0).path }
            let verified = try await Self.output(of: [program, "verify", "--man=no"] + units)
            #expect(verified.status == 0, "\(verified.text)")
            #expect(verified.text == "")
            // Can fail: a misspelt option is found.
            let broken = folder.appending(path: "broken.service")
            try Data("[Service]\nType=oneshot\nExecStart=/bin/true\nProtectSistem=strict\n".utf8).write(to: broken)
            #expect(
                try await Self.output(of: [program, "verify", "--man=no", broken.path]).text.contains("ProtectSistem"))
        }
    }

    @Test func `the timer makes up for missed nights, and the service may write where its database is`() throws {
        let timer = try Self.settings(of: "audit.timer")
        #expect(timer["Persistent"] == ["true"])
        #expect(timer["OnCalendar"] == ["*-*-* 03:30:00"])
        let service = try Self.settings(of: "audit.service")
        #expect(service["ProtectSystem"] == ["strict"])
        #expect(service["WorkingDirectory"] == ["/var/lib/\(service["StateDirectory"]?.first ?? "")"])
        let text = try String(contentsOf: Self.docs.appending(path: "scheduling.md"), encoding: .utf8)
        #expect(text.contains("database: /var/lib/audit/audit.sqlite"))
    }

    @Test func `the line for cron prints only when somebody must look`() async throws {
        let text = try String(contentsOf: Self.docs.appending(path: "scheduling.md"), encoding: .utf8)
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("30 3 * * *") })
        // cron takes an unescaped % for the end of the line.
        #expect(!line.contains("%"))
        let command = String(line.drop { $0 != "c" })
        #expect(command.hasPrefix("cd /var/lib/audit && /usr/local/bin/audit run"))
        try await Fleet.with(clients: 2) { fleet in
            let local = command.replacing("/var/lib/audit", with: fleet.folder.path)
                .replacing("/usr/local/bin/audit", with: AuditProcess.binary.path)
                .replacing("/etc/audit/config.yaml", with: "audit.yaml")
            let quiet = try await Self.output(of: ["/bin/sh", "-c", local])
            #expect(quiet.text == "")
            #expect(quiet.status == 0)
            await fleet.server.add(EmulatorFault(clientID: 4200, kind: .messaging, status: 403))
            let loud = try await Self.output(of: ["/bin/sh", "-c", local])
            #expect(loud.text.contains("audit ended with status 3"))
            #expect(loud.text.contains("could not be read"))
        }
    }

    private static func settings(of unit: String) throws -> [String: [String]] {
        let text = try String(contentsOf: docs.appending(path: "systemd/\(unit)"), encoding: .utf8)
        var settings: [String: [String]] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { settings[String(parts[0]), default: []].append(String(parts[1])) }
        }
        return settings
    }

    private static func output(of command: [String]) async throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        let output = FileManager.default.temporaryDirectory.appending(path: "audit-\(UUID().uuidString)")
        try Data().write(to: output)
        defer { try? FileManager.default.removeItem(at: output) }
        let handle = try FileHandle(forWritingTo: output)
        process.standardOutput = handle
        process.standardError = handle
        let (ended, end) = AsyncStream<Never>.makeStream()
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        for await _ in ended {}
        let bytes = try Data(contentsOf: output)
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}
