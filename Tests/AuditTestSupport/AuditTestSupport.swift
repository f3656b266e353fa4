public import Foundation

/// The repository's root, found from this file's own place.
public let packageRoot: URL = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The folder of public conformance suites: `$AUDIT_CONFORMANCE`, else `../shared/conformance` beside the package; nil
/// where it is absent, and then the suites that read it are skipped with a printed reason.
public let conformanceFolder: URL? = {
    let named = ProcessInfo.processInfo.environment["AUDIT_CONFORMANCE"].map { URL(filePath: $0) }
    let folder = named ?? packageRoot.deletingLastPathComponent().appending(path: "shared/conformance")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()

/// Says, once for each suite, that it is skipped, and why.
public func skipWithoutConformanceFolder(_ suite: String) -> Bool {
    if conformanceFolder == nil {
        print(
            "skipped \(suite): no conformance folder (set AUDIT_CONFORMANCE, or put shared/conformance beside the package)"
        )
    }
    return conformanceFolder != nil
}

/// A small generator of pseudo-random numbers (SplitMix64) whose seed a failing property test can print.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    /// The seed it started from.
    public let seed: UInt64
    private var state: UInt64

    /// Starts from a seed.
    public init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A folder that exists while the closure runs.
public func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "audit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
}

/// A folder that exists while the closure runs.
public func withTemporaryFolder<Result>(
    isolation: isolated (any Actor)? = #isolation, _ body: (URL) async throws -> Result
) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "audit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}
