import AsyncHTTPClient
import LiveVoxAPI
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

extension TransportFailure {
    /// What an error of the HTTP library means here.
    init(_ error: any Error) {
        switch error {
        case let failure as TransportFailure: self = failure
        case is CancellationError: self.init(kind: .cancelled, detail: "")
        case let error as HTTPClientError: self.init(error)
        case NIOHTTPDecompression.DecompressionError.limit:
            self.init(kind: .tooLarge, detail: "unpacked, it is larger than the limit")
        case is NIOHTTPDecompression.DecompressionError, is NIOHTTPDecompression.ExtraDecompressionError:
            self.init(kind: .brokenOff, detail: "the packed answer cannot be unpacked")
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            self.init(
                kind: .notTrusted,
                detail: "the TLS handshake failed: \(UntrustedText.clause(String(describing: error)))")
        case let error as NIOConnectionError:
            let cause = error.connectionErrors.first.map { String(describing: $0.error) }
            self.init(
                kind: .couldNotConnect,
                detail: UntrustedText.clause(cause ?? "the host '\(error.host)' has no known address"))
        case let error as IOError where error.errnoCode == 111 || error.errnoCode == 61:
            // ECONNREFUSED of Linux and of Darwin.
            self.init(kind: .couldNotConnect, detail: "connection refused")
        case let error as IOError where [104, 54, 32].contains(error.errnoCode):
            // ECONNRESET of Linux and of Darwin, EPIPE.
            self.init(kind: .brokenOff, detail: "the server reset the connection")
        case HTTPParserError.invalidEOFState: self.init(kind: .brokenOff, detail: Self.endedEarly)
        default: self.init(kind: .brokenOff, detail: UntrustedText.clause(String(describing: error)))
        }
    }

    private static let endedEarly = "the server closed the connection before the answer was complete"

    private init(_ error: HTTPClientError) {
        switch error {
        case .cancelled: self.init(kind: .cancelled, detail: "")
        case .deadlineExceeded, .readTimeout, .writeTimeout, .getConnectionFromPoolTimeout:
            self.init(kind: .timedOut, detail: "")
        case .connectTimeout, .tlsHandshakeTimeout:
            self.init(kind: .couldNotConnect, detail: "no connection in time")
        case .remoteConnectionClosed:
            self.init(kind: .brokenOff, detail: Self.endedEarly)
        default: self.init(kind: .brokenOff, detail: UntrustedText.clause(error.shortDescription))
        }
    }

    /// The same, as far as repeating the request is concerned; nil for a cancellation.
    var outcome: AttemptOutcome? {
        switch kind {
        case .timedOut: .timedOut
        case .couldNotConnect: .couldNotConnect
        case .notTrusted: .notTrusted
        case .brokenOff: .brokenOff
        case .tooLarge: .tooLarge
        case .cancelled: nil
        }
    }
}
