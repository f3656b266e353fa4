import AsyncHTTPClient
import LiveVoxAPI
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// Sends one request and takes in one answer, within a time and a size. Repeats nothing, follows no redirection.
struct HTTPTransport: Sendable {
    private let client: HTTPClient
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
            client: client, baseURL: settings.baseURL.text, limitInBytes: settings.responseLimitInBytes)
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
        var request = HTTPClientRequest(url: baseURL + path)
        request.method = HTTPMethod(verb)
        request.headers = headers
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let deadline = NIODeadline.now() + TimeAmount(limit)
        do {
            let response = try await client.execute(request, deadline: deadline)
            return .success(
                TransportAnswer(
                    status: Int(response.status.code), body: try await wholeBody(of: response, until: deadline),
                    retryAfter: response.headers.first(name: "Retry-After"),
                    server: response.headers.first(name: "Server"), date: response.headers.first(name: "Date")))
        } catch {
            return .failure(TransportFailure(error))
        }
    }

    /// The body; the library's deadline ends with the head of the answer, so that a body that trickles is timed here.
    private func wholeBody(of response: HTTPClientResponse, until deadline: NIODeadline) async throws -> [UInt8] {
        // The body of a refusal only adds a clause to it, so that its size must not hide the status.
        let isRefusal = response.status != .ok
        let limitInBytes = isRefusal ? min(limitInBytes, 64 << 10) : limitInBytes
        let tooLarge = TransportFailure(kind: .tooLarge, detail: "it is larger than \(limitInBytes) bytes")
        if let announced = response.headers.first(name: "Content-Length").flatMap({ Int($0) }), announced > limitInBytes
        {
            if isRefusal { return [] }
            throw tooLarge
        }
        var whole: ByteBuffer?
        for try await chunk in response.body {
            guard (whole?.readableBytes ?? 0) + chunk.readableBytes <= limitInBytes else {
                if isRefusal { return [] }
                throw tooLarge
            }
            if whole == nil { whole = chunk } else { whole?.writeImmutableBuffer(chunk) }
            guard NIODeadline.now() < deadline else { throw TransportFailure(kind: .timedOut, detail: "") }
        }
        return whole.map { Array(buffer: $0) } ?? []
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
