import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// One POST of a text to a URL that somebody else reads. Follows no redirection and repeats nothing.
public enum WebhookPost {
    /// Why it did not arrive, as one clause without the URL, which may hold a secret.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// The clause.
        public var description: String

        /// Takes the clause.
        public init(description: String) { self.description = description }
    }

    /// The most bytes that are sent; what is larger is a mistake of whoever made it.
    public static let sizeLimit = 1 << 20

    /// Why nothing would be sent to a URL; nil for `https://…`, and for `http://` with a loopback address.
    public static func defect(of url: String) -> Failure? {
        // What stands behind '?' is often the secret of such an address.
        guard (try? BaseURL(String(url.prefix { $0 != "?" }))) != nil else {
            return Failure(description: "its URL is no https:// address (http:// is for loopback addresses alone)")
        }
        return nil
    }

    /// Sends it, within a time. What is answered besides the status is not read.
    ///
    /// - Parameters:
    ///   - body: at most ``sizeLimit`` bytes.
    ///   - type: the media type.
    ///   - url: `https://…`, or `http://` for a loopback address alone.
    ///   - limit: a millisecond or more.
    public static func send(
        _ body: [UInt8], type: String, to url: String, userAgent: String, within limit: Duration = .seconds(30)
    ) async throws(Failure) {
        if let defect = defect(of: url) { throw defect }
        guard body.count <= sizeLimit else {
            throw Failure(description: "it has \(body.count) bytes, and \(sizeLimit) are the limit")
        }
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers = ["Content-Type": type, "User-Agent": userAgent]
        request.body = .bytes(ByteBuffer(bytes: body))
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: HTTPClient.Configuration(redirectConfiguration: .disallow))
        let result: Result<HTTPResponseStatus, any Error>
        do {
            let milliseconds = TimeAmount.milliseconds(max(1, Int64(limit / .milliseconds(1))))
            result = .success(try await client.execute(request, timeout: milliseconds).status)
        } catch {
            result = .failure(error)
        }
        // Nothing that goes wrong while closing changes whether it arrived.
        try? await client.shutdown()
        switch result {
        case .success(let status) where (200..<300).contains(status.code): return
        case .success(let status): throw Failure(description: "it answered with HTTP \(status.code)")
        case .failure(let error):
            let failure = TransportFailure(error)
            throw Failure(description: clause(of: failure))
        }
    }
    private static func clause(of failure: TransportFailure) -> String {
        guard failure.detail.isEmpty else { return failure.detail }
        return switch failure.kind {
        case .timedOut: "it did not answer in time"
        case .cancelled: "it was interrupted"
        case .couldNotConnect, .notTrusted, .brokenOff, .tooLarge: "the connection failed"
        }
    }
}
