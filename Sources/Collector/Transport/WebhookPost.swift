import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// One POST of a text to a URL that somebody else reads. Follows no redirection and repeats nothing.
public enum WebhookPost {
    /// Why it did not arrive, as one clause without the URL, which may hold a secret.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// The clause.
        public var description: String
    }

    /// Sends it, within a time.
    ///
    /// - Parameters:
    ///   - url: `https://…`, or `http://` for a loopback address alone.
    ///   - type: the media type.
    public static func send(
        _ body: [UInt8], type: String, to url: String, userAgent: String, within limit: Duration = .seconds(30)
    ) async throws(Failure) {
        // What stands behind '?' is often the secret of such an address.
        guard (try? BaseURL(String(url.prefix { $0 != "?" }))) != nil else {
            throw Failure(description: "its URL is no https:// address (http:// is for loopback addresses alone)")
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
            let seconds = TimeAmount.seconds(max(1, limit.components.seconds))
            result = .success(try await client.execute(request, timeout: seconds).status)
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
            throw Failure(description: failure.detail.isEmpty ? "\(failure.kind)" : failure.detail)
        }
    }
}
