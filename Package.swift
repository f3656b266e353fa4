// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "audit",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "audit", targets: ["audit"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Nouns
        .target(name: "AuditModel", dependencies: [.crypto]),
        .target(name: "LinearRegex"),
        // Rounding is libm's where the optimizer is off, and Foundation, which would bring it, is not imported.
        .target(
            name: "CEL", dependencies: ["LinearRegex"],
            linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
        // Judgement
        .target(name: "LiveVoxAPI", dependencies: ["AuditModel"]),
        .target(name: "Policies", dependencies: ["AuditModel", "CEL", "LinearRegex", .yams]),
        .target(name: "Drift", dependencies: ["AuditModel"]),
        .target(name: "Evidence", dependencies: ["AuditModel", .crypto]),
        .target(name: "Reports", dependencies: ["AuditModel"], exclude: ["Schemas"]),
        .target(name: "ReviewPack", dependencies: ["AuditModel", "Evidence"]),
        // Rim
        .target(
            name: "Collector",
            dependencies: [
                "AuditModel", "LiveVoxAPI", .asyncHTTPClient, .nioCore, .nioHTTP1, .nioHTTPCompression, .nioPosix,
                .nioSSL,
                .log,
            ]),
        .target(name: "Remediator", dependencies: ["AuditModel", "LiveVoxAPI", "Collector"]),
        .target(name: "SnapshotStore", dependencies: ["AuditModel", "Evidence", .grdb, .crypto]),
        .target(name: "Emulator", dependencies: [.hummingbirdCore, .nioCore, .nioHTTP1, .nioPosix, .log]),
        .target(
            name: "Dashboard",
            dependencies: [
                "AuditModel", "Reports", .crypto, .httpTypes, .hummingbird, .hummingbirdCore, .hummingbirdTLS, .log,
                .nioCore, .nioPosix, .nioSSL, .serviceLifecycle, .unixSignals,
            ]),
        // Top
        .target(
            name: "AuditPipeline", dependencies: ["AuditModel", "Policies", "Drift", "Evidence", "SnapshotStore", .log]),
        .executableTarget(
            name: "audit",
            dependencies: [
                "AuditModel", "LiveVoxAPI", "Policies", "Drift", "Evidence", "Reports", "ReviewPack",
                "Collector", "Remediator", "SnapshotStore", "Emulator", "AuditPipeline", "Dashboard", .argumentParser,
                .log, .unixSignals,
            ]),
        // Counts what a program asks of malloc; for the bench alone.
        .target(name: "AllocationCounter"),
        .executableTarget(
            name: "audit-bench",
            dependencies: [
                "AllocationCounter", "AuditModel", "AuditPipeline", "Drift", "Evidence", "Policies", "SnapshotStore",
            ]),
        // Tests
        .target(
            name: "AuditTestSupport", dependencies: ["AuditModel", "SnapshotStore"], path: "Tests/AuditTestSupport"),
        .testTarget(name: "AuditModelTests", dependencies: ["AuditModel", "AuditTestSupport"]),
        .testTarget(name: "LinearRegexTests", dependencies: ["AuditTestSupport", "LinearRegex"]),
        .testTarget(name: "CELTests", dependencies: ["AuditTestSupport", "CEL"]),
        .testTarget(name: "LiveVoxAPITests", dependencies: ["AuditModel", "LiveVoxAPI", "AuditTestSupport"]),
        .testTarget(name: "PoliciesTests", dependencies: ["AuditModel", "Policies", "AuditTestSupport"]),
        .testTarget(name: "DriftTests", dependencies: ["AuditModel", "Drift", "AuditTestSupport"]),
        .testTarget(name: "EvidenceTests", dependencies: ["AuditModel", "Evidence", "AuditTestSupport"]),
        .testTarget(name: "ReportsTests", dependencies: ["AuditModel", "Reports", "AuditTestSupport"]),
        .testTarget(
            name: "ReviewPackTests", dependencies: ["AuditModel", "Evidence", "ReviewPack", "AuditTestSupport"]),
        .testTarget(
            name: "CollectorTests",
            dependencies: [
                "AuditModel", "LiveVoxAPI", "Collector", "Emulator", "AuditTestSupport", .nioCore, .nioHTTP1, .nioPosix,
                .nioSSL, .log,
            ]),
        .testTarget(
            name: "RemediatorTests",
            dependencies: [
                "AuditModel", "LiveVoxAPI", "Collector", "Emulator", "Remediator", "AuditTestSupport", .log,
            ]),
        .testTarget(
            name: "SnapshotStoreTests",
            dependencies: ["AuditModel", "Evidence", "SnapshotStore", "AuditTestSupport", .grdb]),
        .testTarget(
            name: "EmulatorTests",
            dependencies: [
                "Emulator", "AuditTestSupport", .asyncHTTPClient, .nioCore, .nioEmbedded, .nioHTTP1, .log,
            ]),
        .testTarget(
            name: "DashboardTests",
            dependencies: [
                "AuditModel", "AuditTestSupport", "Dashboard", "Reports", .httpTypes, .hummingbird, .hummingbirdTesting,
                .log,
            ]),
        .testTarget(
            name: "AuditPipelineTests",
            dependencies: [
                "AuditModel", "AuditPipeline", "Evidence", "Policies", "SnapshotStore", "AuditTestSupport", .log,
            ]),
        .testTarget(
            name: "auditTests",
            dependencies: [
                "AuditModel", "AuditTestSupport", "Collector", "Policies", "Reports", "SnapshotStore", "audit",
                .argumentParser,
            ]),
        .testTarget(name: "LayeringTests", dependencies: ["AuditTestSupport"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "audit", "AuditModel", "AuditPipeline", "AuditTestSupport", "Collector", "Drift", "Emulator",
                "Evidence",
                "LiveVoxAPI", "Policies", "Remediator", "Reports", "ReviewPack", "SnapshotStore", .asyncHTTPClient,
                .grdb, .log, .nioCore, .nioHTTP1, .nioSSL,
            ], exclude: ["Goldens"]),
    ],
    swiftLanguageModes: [.v6]
)

extension Target.Dependency {
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let asyncHTTPClient = product(name: "AsyncHTTPClient", package: "async-http-client")
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let grdb = product(name: "GRDB", package: "GRDB.swift")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
    static let hummingbirdTesting = product(name: "HummingbirdTesting", package: "hummingbird")
    static let hummingbirdTLS = product(name: "HummingbirdTLS", package: "hummingbird")
    static let log = product(name: "Logging", package: "swift-log")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioEmbedded = product(name: "NIOEmbedded", package: "swift-nio")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioHTTPCompression = product(name: "NIOHTTPCompression", package: "swift-nio-extras")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
    static let serviceLifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let yams = product(name: "Yams", package: "Yams")
}

// Only for Tests/Fuzz/run.sh, since it links libFuzzer, which takes the place of a program's own loop.
if Context.environment["AUDIT_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "policy-fuzz", dependencies: ["AuditModel", "Policies"], path: "Tests/Fuzz/PolicyFuzz",
            exclude: ["tokens.dict"]))
}

// One loop, so that no target can be built under softer rules than its neighbours. Warnings are errors in CI alone:
// a newer compiler's new warning must not keep a user from building.
for target in package.targets {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
    if Context.environment["CI"] != nil {
        target.swiftSettings?.append(.treatAllWarnings(as: .error))
    }
}
