import Foundation

/// The emulator in another process, and a folder with all that is needed to audit it.
struct FleetProcess {
    let folder: String
    let clients: Int
    private let child: pid_t

    /// The release binary beside this one; nil where it is not built.
    static var binary: String? {
        let path = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "audit").path
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }

    /// Runs the body with an emulator of so many clients; says so and does nothing where `audit` is not built.
    static func with(clients: Int, latency: String = "0ms", _ body: (FleetProcess, String) throws -> Void) throws {
        guard let binary else {
            print("  skipped: audit is not built in release (make bench builds it)")
            return
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "audit-bench-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let arguments = [
            "emulator", "--clients", String(clients), "--latency", latency, "--write-config", folder,
        ]
        let child = try ChildProcess.start(binary, arguments, output: folder + "/emulator.json")
        defer {
            kill(child, SIGKILL)
            var status: Int32 = 0
            waitpid(child, &status, 0)
        }
        let fleet = FleetProcess(folder: folder, clients: clients, child: child)
        let start = ContinuousClock.now
        // The emulator's first line comes when it listens and its configuration is written.
        while fleet.size(of: "emulator.json") == 0 {
            guard ContinuousClock.now - start < .seconds(120) else {
                throw ChildProcess.Failure(description: "the emulator did not start within two minutes")
            }
            usleep(20_000)
        }
        try body(fleet, binary)
    }

    /// The size of a file of the folder in bytes; 0 where there is none.
    func size(of name: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }

    /// `audit run` or `audit fetch`, as a user starts it.
    ///
    /// - Parameter database: the name of another file of the folder than the configuration's database.
    func audit(_ command: String, _ binary: String, database: String? = nil) throws -> ChildProcess.Usage {
        var arguments = [command, "--config", folder + "/audit.yaml", "--quiet"]
        if let database { arguments += ["--database", folder + "/" + database] }
        if command == "run" {
            arguments += ["--policies", FileManager.default.currentDirectoryPath + "/policies"]
        }
        return try ChildProcess.run(binary, arguments)
    }
}
