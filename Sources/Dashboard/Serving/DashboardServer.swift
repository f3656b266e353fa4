import AuditModel
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
public import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle
import UnixSignals

/// A dashboard on HTTP.
public struct DashboardServer: Sendable {
    /// How many connections there may be at once; more have to wait.
    private static let mostConnections = 512
    /// How long requests that are being answered may take when it is stopped.
    private static let grace = Duration.seconds(5)

    private let site: Site
    private let configuration: DashboardConfiguration
    private let logger: Logger

    /// Makes a dashboard ready.
    /// - Throws: ``DashboardRefusal`` where it must not be started so.
    public init(
        source: any DashboardSource, configuration: DashboardConfiguration, logger: Logger
    ) throws(DashboardRefusal) {
        if let refusal = configuration.refusal { throw refusal }
        site = Site(source: source, configuration: configuration)
        self.configuration = configuration
        self.logger = logger
    }

    /// Serves until SIGINT or SIGTERM comes, or until the task is cancelled; what is being answered then is answered.
    ///
    /// - Parameter listening: called once with the address that browsers open, with the real port.
    /// - Throws: ``DashboardRefusal`` where a certificate cannot be used or the address cannot be listened on.
    public func run(listening: @escaping @Sendable (String) -> Void) async throws {
        let application = try application(listening: listening)
        var group = ServiceGroupConfiguration(
            services: [application], gracefulShutdownSignals: [.sigint, .sigterm], logger: logger)
        group.maximumGracefulShutdownDuration = Self.grace
        do {
            try await ServiceGroup(configuration: group).run()
        } catch let error as IOError {
            throw DashboardRefusal.cannotListen(
                host: configuration.host, port: configuration.port, cause: Self.words(error))
        } catch let error as NIOConnectionError {
            throw DashboardRefusal.cannotListen(
                host: configuration.host, port: configuration.port, cause: "the name leads nowhere (\(error.host))")
        }
    }

    /// The application, which tests ask without a socket, too.
    func application(
        listening: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(DashboardRefusal) -> Application<DashboardResponder> {
        let http = HTTPServerBuilder.http1(
            configuration: .init(
                idleTimeout: .seconds(60),
                httpDecoderConfiguration: .init(maxHeaderFieldSize: 16_384, maxHeaderListSize: 32_768)))
        let isSecure = configuration.tls != nil
        let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
        let port = configuration.port
        return Application(
            responder: DashboardResponder(site: site),
            server: try configuration.tls.map { files throws(DashboardRefusal) in try Self.secured(http, files) }
                ?? http,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: nil,
                availableConnectionsDelegate: .maximum(Self.mostConnections, logger: logger)),
            onServerRunning: { channel in
                listening("\(isSecure ? "https" : "http")://\(host):\(channel.localAddress?.port ?? port)")
            }, logger: logger)
    }

    private static func secured(
        _ base: HTTPServerBuilder, _ files: DashboardConfiguration.TLSFiles
    ) throws(DashboardRefusal) -> HTTPServerBuilder {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMFile(files.certificate)
        } catch {
            throw .certificate(path: files.certificate, cause: "it is no certificate in PEM (\(error))")
        }
        let key: NIOSSLPrivateKey
        do {
            key = try NIOSSLPrivateKey(file: files.key, format: .pem)
        } catch {
            throw .certificate(path: files.key, cause: "it is no private key in PEM without a passphrase (\(error))")
        }
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        tls.minimumTLSVersion = .tlsv12
        do {
            _ = try NIOSSLContext(configuration: tls)
            return try .tls(base, tlsConfiguration: tls)
        } catch {
            throw .certificate(path: files.key, cause: "it does not belong to \(files.certificate) (\(error))")
        }
    }

    private static func words(_ error: IOError) -> String {
        switch error.errnoCode {
        case EADDRINUSE: "another program listens there"
        case EACCES: "ports below 1024 need a privilege"
        case EADDRNOTAVAIL: "this machine has no such address"
        default: error.description
        }
    }
}
