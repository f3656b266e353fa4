import AuditModel
import Foundation

/// Whole nights of `audit run` as a user starts it, against the emulator in another process.
enum NightBench {
    static func run() throws {
        let clients = 2000
        let binary = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "audit").path
        guard FileManager.default.isExecutableFile(atPath: binary) else {
            print("  skipped: \(binary) is not built (make bench builds it)")
            return
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "audit-bench-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let emulator = try ChildProcess.start(
            binary, ["emulator", "--clients", String(clients), "--write-config", folder],
            output: folder + "/emulator.json")
        defer {
            kill(emulator, SIGTERM)
            var status: Int32 = 0
            waitpid(emulator, &status, 0)
        }
        try waitUntilReady(folder)
        let policies = FileManager.default.currentDirectoryPath + "/policies"
        let run = ["run", "--config", folder + "/audit.yaml", "--policies", policies, "--quiet"]
        var nights: [(name: String, usage: ChildProcess.Usage, size: Int)] = []
        for name in ["cold night", "second night, unchanged", "third night, unchanged"] {
            let usage = try ChildProcess.run(binary, run)
            nights.append((name, usage, size(of: folder + "/audit.sqlite")))
            print(
                String(
                    format: "  %@ of %d clients: %.2f s wall, %.2f s CPU, %.0f MiB at most, exit %d", name, clients,
                    usage.wallSeconds, usage.cpuSeconds, usage.peakMegabytes, usage.status))
        }
        print(
            String(
                format:
                    "  unchanged ÷ cold: %.2f of the CPU, %.2f of the time; %d bytes an unchanged client-night (bar 100)",
                nights[2].usage.cpuSeconds / nights[0].usage.cpuSeconds,
                nights[2].usage.wallSeconds / nights[0].usage.wallSeconds,
                (nights[2].size - nights[1].size) / clients))
        try printStatements(folder, binary)
    }

    /// The emulator's first line comes when it listens and its configuration is written.
    private static func waitUntilReady(_ folder: String) throws {
        let start = ContinuousClock.now
        while size(of: folder + "/emulator.json") == 0 {
            guard ContinuousClock.now - start < .seconds(60) else {
                throw ChildProcess.Failure(description: "the emulator did not start within a minute")
            }
            usleep(20_000)
        }
    }

    /// Commands over the stored nights, whole process.
    private static func printStatements(_ folder: String, _ binary: String) throws {
        let help = try ChildProcess.run(binary, ["--help"])
        let diff = try ChildProcess.run(binary, ["diff", "previous", "latest", "--config", folder + "/audit.yaml"])
        print(
            String(
                format:
                    "  audit --help: %.0f ms (bar 30); audit diff of the last two nights: %.0f ms, %.0f MiB (bar 100 ms)",
                help.wallSeconds * 1000, diff.wallSeconds * 1000, diff.peakMegabytes))
    }

    private static func size(of path: String) -> Int {
        ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber)?.intValue ?? 0
    }
}
