import AsyncHTTPClient
import LiveVoxAPI
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// Sends one request and takes in one answer, within a time and a size. Repeats nothing, follows no redirection.
///
/// Futures and a delegate, not the library's `async` interface: that one starts a task and an actor for each request,
/// which costs more than the request. A task that runs on one of ``executors`` never leaves its event loop here.
struct HTTPTransport: Sendable {
    /// The event loops, for the tasks that send.
    let executors: [EventLoopExecutor]
    private let client: HTTPClient
    private let group: MultiThreadedEventLoopGroup
    private let baseURL: String
    private let limitInBytes: Int

    /// Runs the body with connections to an environment, and closes them afterwards.
    /// - Throws: the body's error, or ``CollectorError/unusableTrustRoots(path:)``.
    static func with<Result: Sendable>(
        _ settings: EnvironmentSettings, _ body: (HTTPTransport) async throws -> Result
    ) async throws -> Result {
        let configuration = try configuration(for: settings)
        // One event loop does half as many requests a second as two; more than two only cost memory.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let client = HTTPClient(eventLoopGroup: group, configuration: configuration)
        let transport = HTTPTransport(
            executors: group.makeIterator().map { EventLoopExecutor($0) }, client: client, group: group,
            baseURL: settings.baseURL.text, limitInBytes: settings.responseLimitInBytes)
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(transport)) } catch { result = .failure(error) }
        // Nothing that goes wrong while closing can change what was collected.
        try? await client.shutdown()
        try? await group.shutdownGracefully()
        return try result.get()
    }

    private static func configuration(for settings: EnvironmentSettings) throws -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let path = settings.additionalTrustRoots {
            guard let certificates = try? NIOSSLCertificate.fromPEMFile(path), !certificates.isEmpty else {
                throw CollectorError.unusableTrustRoots(path: path)
            }
            tls.additionalTrustRoots = [.certificates(certificates)]
        }
        let patience = TimeAmount(settings.requestTimeout)
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(connect: min(patience, .seconds(10)), read: patience),
            decompression: .enabled(limit: .size(settings.responseLimitInBytes)))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = settings.concurrency
        // Repeating is RetryPolicy's business; the library would hide every failed attempt to connect.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    /// Sends one request.
    func send(
        _ verb: HTTPVerb, path: String, headers: HTTPHeaders, body: [UInt8]? = nil, within limit: Duration
    ) async -> Result<TransportAnswer, TransportFailure> {
        do {
            let request = try HTTPClient.Request(
                url: baseURL + path, method: HTTPMethod(verb), headers: headers,
                body: body.map { .byteBuffer(ByteBuffer(bytes: $0)) })
            let task = client.execute(
                request: request, delegate: AnswerAccumulator(limitInBytes: limitInBytes),
                // The loop that the calling task runs on, where it runs on one.
                eventLoop: .delegate(on: group.any()), deadline: .now() + TimeAmount(limit))
            return .success(
                try await withTaskCancellationHandler {
                    try await task.get()
                } onCancel: {
                    task.cancel()
                })
        } catch let refusal as AnswerAccumulator.BodyOfRefusalIsTooLarge {
            return .success(refusal.answer)
        } catch {
            return .failure(TransportFailure(error))
        }
    }
}

extension TimeAmount {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        self = .nanoseconds(overflow ? .max / 4 : nanoseconds + attoseconds / 1_000_000_000)
    }
}

extension HTTPMethod {
    fileprivate init(_ verb: HTTPVerb) {
        switch verb {
        case .get: self = .GET
        case .post: self = .POST
        case .delete: self = .DELETE
        }
    }
}
