import AuditTestSupport
import Foundation

/// The library that kills `audit` at a chosen write, built for this test run.
struct KillLibrary {
    private let path: String

    /// Builds it in a folder; nil, and a printed reason, where that cannot be done.
    init?(in folder: URL) throws {
        #if os(Linux)
            let library = folder.appending(path: "kill-at-write.so")
            let compiler = Process()
            compiler.executableURL = URL(filePath: "/usr/bin/env")
            compiler.arguments = [
                "clang", "-shared", "-fPIC", "-O1", "-o", library.path,
                packageRoot.appending(path: "Tests/Support/kill-at-write.c").path, "-ldl",
            ]
            try compiler.run()
            compiler.waitUntilExit()
            guard compiler.terminationStatus == 0 else {
                print("skipped: clang, which comes with the Swift toolchain, could not build kill-at-write.c")
                return nil
            }
            path = library.path
        #else
            print("skipped: killing at a write is done by LD_PRELOAD, which is Linux's")
            return nil
        #endif
    }

    /// A process that is killed at its n-th write, which is done by half where it is torn.
    func killing(_ audit: AuditProcess, at write: Int, isTorn: Bool) -> AuditProcess {
        var audit = audit
        audit.environment["LD_PRELOAD"] = path
        audit.environment["AUDIT_KILL_AT"] = String(write)
        if isTorn { audit.environment["AUDIT_KILL_TORN"] = "1" }
        return audit
    }

    /// How many writes a whole run makes.
    func writes(of audit: AuditProcess, _ arguments: [String]) async throws -> Int {
        let file = audit.folder.appending(path: ".writes")
        var audit = audit
        audit.environment["LD_PRELOAD"] = path
        audit.environment["AUDIT_KILL_COUNT"] = file.path
        _ = try await audit.run(arguments)
        return Int(try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }
}
