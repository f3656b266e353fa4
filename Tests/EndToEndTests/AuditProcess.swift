import AuditModel
import AuditTestSupport
import Foundation
import Testing

/// The built `audit`, run as a user runs it.
struct AuditProcess {
    /// What a run of it gave.
    struct Result {
        var status: Int32
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

    /// The binary beside the test bundle: the one that this very build made.
    static let binary: URL = {
        let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        return bundle.appending(path: "audit")
    }()

    /// Runs it to its end. Output goes through files, so that no pipe can fill up and block.
    func run(_ arguments: String...) throws -> Result {
        try run(arguments)
    }

    func run(_ arguments: [String]) throws -> Result {
        let output = folder.appending(path: ".stdout-\(UUID().uuidString)")
        let errors = folder.appending(path: ".stderr-\(UUID().uuidString)")
        defer {
            try? FileManager.default.removeItem(at: output)
            try? FileManager.default.removeItem(at: errors)
        }
        let process = try started(arguments, output: output, errors: errors)
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8))
    }

    private func started(_ arguments: [String], output: URL, errors: URL) throws -> Process {
        try Data().write(to: output)
        try Data().write(to: errors)
        let process = Process()
        process.executableURL = Self.binary
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C"]
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        return process
    }
}

/// The shipped policies.
let shippedPolicies = packageRoot.appending(path: "policies").path
