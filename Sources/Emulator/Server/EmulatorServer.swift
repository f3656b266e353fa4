import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix

/// A running stand-in for the platform, in this process, on real HTTP.
///
/// Scripts steer it by the methods here or, over loopback only, by the paths under `/_emulator`.
public final class EmulatorServer: Sendable {
    /// Where it listens, and how to log in.
    public let manifest: EmulatorManifest
    let platform: Platform
    private let serving: Task<Void, any Error>

    private init(manifest: EmulatorManifest, platform: Platform, serving: Task<Void, any Error>) {
        self.manifest = manifest
        self.platform = platform
        self.serving = serving
    }

    /// Starts an emulator; returns once it listens.
    /// - Throws: the system's error where the address cannot be bound.
    public static func start(_ configuration: EmulatorConfiguration, logger: Logger) async throws -> EmulatorServer {
        let platform = Platform(configuration)
        let (ports, listening) = AsyncStream<Int>.makeStream()
        let server = Server(
            childChannelSetup: EmulatorConnection(platform: platform),
            configuration: ServerConfiguration(
                address: .hostname(configuration.host, port: configuration.port), backlog: 1024),
            onServerRunning: { channel in
                listening.yield(channel.localAddress?.port ?? configuration.port)
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
        let serving = Task {
            defer { listening.finish() }
            try await server.run()
        }
        for await port in ports {
            let manifest = EmulatorManifest(
                baseURL: "http://\(Self.urlHost(configuration.host)):\(port)", accounts: platform.accounts)
            return EmulatorServer(manifest: manifest, platform: platform, serving: serving)
        }
        try await serving.value
        throw EmulatorError.stoppedBeforeListening
    }

    /// Ends the server; requests that are waiting are dropped.
    /// - Throws: what ended the server before, where that was an error.
    public func stop() async throws {
        serving.cancel()
        try await waitUntilStopped()
    }

    /// Returns once the server has ended. A cancelled wait ends the server.
    /// - Throws: what ended the server, where that was an error.
    public func waitUntilStopped() async throws {
        do {
            try await withTaskCancellationHandler {
                try await serving.value
            } onCancel: {
                serving.cancel()
            }
        } catch is CancellationError {
            // The way it is meant to end.
        }
    }

    private static func urlHost(_ host: String) -> String {
        // An address with colons stands in brackets in a URL (RFC 3986, 3.2.2).
        host.contains(":") ? "[\(host)]" : host
    }
}

/// Why an emulator did not start.
public enum EmulatorError: Error, Equatable, Sendable {
    /// The server ended without an error before it listened.
    case stoppedBeforeListening
}
