import AuditTestSupport
import Foundation
import Testing

/// Holds the `import` lines of the code to the plan: dependencies point inwards only.
struct LayeringTests {
    /// Which of our targets each target may import, and which packages.
    static let allowed: [String: (ours: Set<String>, outside: Set<String>)] = [
        "AuditModel": ([], ["Crypto"]),
        // The lock around what a pattern has learnt is all that it needs of the system.
        "LinearRegex": ([], ["Synchronization"]),
        "CEL": (["LinearRegex"], []),
        "LiveVoxAPI": (["AuditModel"], []),
        "Policies": (["AuditModel", "CEL", "LinearRegex"], ["Yams"]),
        "Drift": (["AuditModel"], []),
        "Evidence": (["AuditModel"], ["Crypto"]),
        "Reports": (["AuditModel"], []),
        "ReviewPack": (["AuditModel", "Evidence"], []),
        "Collector": (
            ["AuditModel", "LiveVoxAPI"],
            [
                "AsyncHTTPClient", "Logging", "NIOCore", "NIOHTTP1", "NIOHTTPCompression", "NIOPosix", "NIOSSL",
            ]
        ),
        "Remediator": (["AuditModel", "LiveVoxAPI", "Collector"], []),
        "SnapshotStore": (["AuditModel", "Evidence"], ["GRDB", "GRDBSQLite", "Crypto"]),
        "Emulator": ([], ["HummingbirdCore", "Logging", "NIOCore", "NIOHTTP1", "NIOPosix"]),
        "Dashboard": (
            ["AuditModel", "Reports"],
            [
                "Crypto", "HTTPTypes", "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "Logging", "NIOCore",
                "NIOPosix", "NIOSSL", "ServiceLifecycle", "UnixSignals",
            ]
        ),
        "AuditPipeline": (["AuditModel", "Policies", "Drift", "Evidence", "SnapshotStore"], ["Logging"]),
        "audit": (
            [
                "AuditModel", "LiveVoxAPI", "Policies", "Drift", "Evidence", "Reports", "ReviewPack", "Collector",
                "SnapshotStore", "Emulator", "AuditPipeline", "Remediator", "Dashboard",
            ], ["ArgumentParser", "Logging", "UnixSignals"]
        ),
        // Whole processes are measured from outside, so it needs no room that touches the world but the store, which it
        // fills with a year that nobody could wait for.
        "AllocationCounter": ([], []),
        // Whole processes are measured from outside; of the rooms that touch the world it needs the store alone.
        "audit-bench": (
            ["AllocationCounter", "AuditModel", "AuditPipeline", "Drift", "Evidence", "Policies", "SnapshotStore"],
            []
        ),
    ]

    /// What comes with the toolchain. A target that computes must not touch the world, so it gets none of these but
    /// what is listed for it.
    static let system: Set<String> = [
        "Foundation", "FoundationEssentials", "Dispatch", "Synchronization", "Glibc", "Darwin", "Musl",
    ]
    static let pure: Set<String> = [
        "AuditModel", "LinearRegex", "CEL", "LiveVoxAPI", "Policies", "Drift", "Evidence", "Reports",
        "ReviewPack",
    ]

    @Test func `every target imports only what the plan allows`() throws {
        let sources = packageRoot.appending(path: "Sources")
        let targets = try FileManager.default.contentsOfDirectory(atPath: sources.path).sorted()
        #expect(Set(targets) == Set(Self.allowed.keys))
        for target in targets {
            let rule = try #require(Self.allowed[target], "the plan does not know the target \(target)")
            for (file, imported) in try imports(under: sources.appending(path: target)) {
                let isAllowed =
                    rule.ours.contains(imported) || rule.outside.contains(imported)
                    || Self.system.contains(imported) && !Self.pure.contains(target)
                #expect(isAllowed, "\(target)/\(file) imports \(imported)")
            }
        }
    }

    @Test func `no target's plan lets a lower room look up`() {
        let order = [
            "AuditModel", "LinearRegex", "CEL", "LiveVoxAPI", "Policies", "Drift", "Evidence", "Reports", "ReviewPack",
            "Collector", "Remediator", "SnapshotStore", "Emulator", "Dashboard", "AuditPipeline", "audit",
        ]
        for (target, rule) in Self.allowed {
            guard let own = order.firstIndex(of: target) else { continue }
            for other in rule.ours {
                #expect((order.firstIndex(of: other) ?? .max) < own, "\(target) looks up at \(other)")
            }
        }
    }

    /// (file, module) for each import line of the Swift files below a folder.
    func imports(under folder: URL) throws -> [(file: String, module: String)] {
        var found: [(String, String)] = []
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        for file in files.sorted() where file.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let position = words.firstIndex(of: "import"), position <= 2, position + 1 < words.count,
                    words[..<position].allSatisfy({ $0.hasPrefix("@") || Self.accessLevels.contains(String($0)) })
                else { continue }
                // `import struct Foundation.Data` names the module before the dot.
                let kinds: Set<Substring> = ["struct", "class", "enum", "func", "protocol", "var", "let", "typealias"]
                let name = kinds.contains(words[position + 1]) ? words[position + 2] : words[position + 1]
                found.append((file, String(name.split(separator: ".")[0])))
            }
        }
        return found
    }

    private static let accessLevels: Set<String> = ["public", "package", "internal", "fileprivate", "private"]
}
