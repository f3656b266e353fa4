import Hummingbird
import Logging
import NIOCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The connection a request came by: what Hummingbird hands to the responder beside the request.
struct ConnectionContext: InitializableFromSource {
    let channel: any Channel

    init(source: ApplicationRequestContextSource) { channel = source.channel }

    /// Whether the peer is on this machine.
    var isLoopback: Bool { Self.isLoopback(channel.remoteAddress?.ipAddress) }

    /// Whether an IP address, as the system writes it, is one of this machine's own. No address is none.
    static func isLoopback(_ address: String?) -> Bool {
        guard let address else { return false }
        return address.hasPrefix("127.") || address == "::1" || address.hasPrefix("::ffff:127.")
    }
}

/// Turns HTTP requests into questions to the ``Platform``, and its answers into HTTP responses.
///
/// No router: two of the vendor's paths differ only by what stands in one place (`clients/voicePool/5`,
/// `clients/4199/voicePool`), a 405 has to name the methods, and a look at the segments is faster than a tree.
struct EmulatorResponder: HTTPResponder {
    typealias Context = ConnectionContext

    let platform: Platform

    /// Bytes of a login or of a command to the control path.
    private static let maximumBody = 64 * 1024
    /// Bytes of a body that a test puts in place of a client's own.
    private static let maximumReplacement = 64 * 1024 * 1024

    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        let route = Route(method: request.method.rawValue, target: request.head.path ?? "/")
        if case .control(let segments) = route {
            guard context.isLoopback else { return response(to: .notFound) }
            let limit = segments.first == "clients" ? Self.maximumReplacement : Self.maximumBody
            guard let body = try? await request.body.collect(upTo: limit) else {
                return response(to: .error(413, "The body is too large."))
            }
            let command = ControlCommand(
                method: request.method.rawValue, segments: segments, body: body,
                contentType: request.headers[.contentType])
            return response(to: command.perform(on: platform))
        }
        platform.enter()
        defer { platform.leave() }
        var body: [UInt8] = []
        if route.hasLoginBody, let bytes = try? await request.body.collect(upTo: Self.maximumBody) {
            body = Array(bytes.readableBytesView)
        }
        let answer = platform.answer(
            route, access: request.headers[Header.access], session: request.headers[Header.session], body: body)
        if answer.delay > .zero { try await Task.sleep(for: answer.delay) }
        return switch answer.cut {
        case nil: request.method == .head ? response(to: answer).createHeadResponse() : response(to: answer)
        case .beforeAnswer: await responseAfterReset(context.channel)
        case .midBody: responseThatStopsHalfway(answer)
        }
    }

    private func response(to answer: Answer) -> Response {
        var headers = HTTPFields()
        if let allow = answer.allow { headers[.allow] = allow }
        if let retryAfter = answer.retryAfter { headers[.retryAfter] = retryAfter }
        let status = HTTPResponse.Status(code: answer.status)
        guard let body = answer.body else { return Response(status: status, headers: headers) }
        headers[.contentType] = answer.contentType
        if let encoding = answer.contentEncoding { headers[.contentEncoding] = encoding }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    /// The connection is gone before anything is written; Hummingbird's write then fails, and that is all.
    private func responseAfterReset(_ channel: any Channel) async -> Response {
        // Without lingering, closing sends a reset and not an orderly end (socket(7), SO_LINGER).
        try? await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        channel.close(promise: nil)
        return Response(status: .serviceUnavailable)
    }

    /// Announces the whole body and closes in the middle: a throw from the body writer closes the connection.
    private func responseThatStopsHalfway(_ answer: Answer) -> Response {
        var whole = response(to: answer)
        let bytes = answer.body ?? ByteBuffer(string: String(repeating: " ", count: 64))
        if answer.body == nil { whole.status = .ok }
        whole.body = ResponseBody(contentLength: bytes.readableBytes) { writer in
            if let half = bytes.getSlice(at: bytes.readerIndex, length: bytes.readableBytes / 2) {
                try await writer.write(half)
            }
            throw ConnectionCut()
        }
        return whole
    }

    private struct ConnectionCut: Error {}

    /// The platform's own header names.
    private enum Header {
        typealias Name = HTTPFields.Element.Name
        // Both are tokens of RFC 9110, so neither can be nil.
        static let access = Name("LV-Access")!
        static let session = Name("LV-Session")!
    }
}
