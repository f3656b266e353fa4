import AuditModel
import AuditTestSupport
import Foundation
import Testing

/// The built `audit`, run as a user runs it.
struct AuditProcess {
    /// What a run of it gave.
    struct Result {
        var status: Int32
        /// The signal that ended it, or nil where it ended by itself.
        var killedBy: Int32?
        var output: String
        var errors: String

        /// Standard output as JSON.
        func json() throws -> SettingValue {
            try JSONReader.value(of: output)
        }
    }

    /// Where it is run.
    let folder: URL
    /// Variables besides a bare environment.
    var environment: [String: String] = [:]
    /// A command that runs it, the binary and its arguments following; empty to run it directly.
    var wrapper: [String] = []
    /// What is run.
    var executable = Self.binary

    /// The binary beside the test bundle: the one that this very build made.
    static let binary: URL = {
        let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        return bundle.appending(path: "audit")
    }()

    /// Runs it to its end. Output goes through files, so that no pipe can fill up and block.
    ///
    /// The test's thread is not held meanwhile: the emulator that the process talks to may need it.
    func run(_ arguments: String...) async throws -> Result {
        try await run(arguments)
    }

    func run(_ arguments: [String]) async throws -> Result {
        try await start(arguments).result()
    }

    /// Runs it to its end, holding the thread: for tests without an emulator in their own process.
    func run(_ arguments: String...) throws -> Result {
        try run(arguments)
    }

    func run(_ arguments: [String]) throws -> Result {
        let running = try start(arguments)
        running.process.waitUntilExit()
        return try running.ending()
    }

    /// A run of it that goes on while the test does.
    struct Running {
        let process: Process
        fileprivate let output: URL
        fileprivate let errors: URL
        fileprivate let ended: AsyncStream<Never>

        /// Waits for its end.
        func result() async throws -> Result {
            for await _ in ended {}
            return try ending()
        }

        fileprivate func ending() throws -> Result {
            defer {
                try? FileManager.default.removeItem(at: output)
                try? FileManager.default.removeItem(at: errors)
            }
            let isKilled = process.terminationReason == .uncaughtSignal
            return Result(
                status: process.terminationStatus, killedBy: isKilled ? process.terminationStatus : nil,
                output: try String(contentsOf: output, encoding: .utf8),
                errors: try String(contentsOf: errors, encoding: .utf8))
        }
    }

    /// Starts it.
    func start(_ arguments: [String]) throws -> Running {
        let output = folder.appending(path: ".stdout-\(UUID().uuidString)")
        let errors = folder.appending(path: ".stderr-\(UUID().uuidString)")
        try Data().write(to: output)
        try Data().write(to: errors)
        let process = Process()
        let command = wrapper + [executable.path] + arguments
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C"]
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        let (ended, end) = AsyncStream<Never>.makeStream()
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        return Running(process: process, output: output, errors: errors, ended: ended)
    }
}

/// The shipped policies.
let shippedPolicies = packageRoot.appending(path: "policies").path
