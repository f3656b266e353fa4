import NIOCore
import NIOHTTP1

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Turns the HTTP requests of one connection into questions to the ``Platform``, and its answers into HTTP responses.
///
/// No router: two of the vendor's paths differ only by what stands in one place (`clients/voicePool/5`,
/// `clients/4199/voicePool`), a 405 has to name the methods, and a look at the segments is faster than a tree.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let platform: Platform
    private var request: IncomingRequest?
    /// The answer that waits for its time, with whatever came by the connection since.
    private var late: (answer: Answer, request: IncomingRequest, timer: Scheduled<Void>)?
    private var arrivedMeanwhile: [HTTPServerRequestPart] = []
    /// Whether the connection closes after the answer that is under way, or at once where none is.
    private var isEnding = false
    /// Whether the connection has been cut, so that nothing more is answered.
    private var isCut = false

    init(platform: Platform) { self.platform = platform }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { arrived(unwrapInboundIn(data), context) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent {
            end(context)
        } else if event is ChannelShouldQuiesceEvent {
            end(context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let late {
            late.timer.cancel()
            self.late = nil
            platform.leave()
        }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func end(_ context: ChannelHandlerContext) {
        isEnding = true
        if late == nil, request == nil { context.close(promise: nil) }
    }

    // MARK: Requests

    private func arrived(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        guard late == nil else {
            arrivedMeanwhile.append(part)
            return
        }
        guard !isCut else { return }
        switch part {
        case .head(let head): request = IncomingRequest(head)
        case .body(let bytes): request?.append(bytes)
        case .end:
            guard let request else { return }
            self.request = nil
            answer(request, context)
        }
    }

    private func answer(_ request: IncomingRequest, _ context: ChannelHandlerContext) {
        if case .control(let segments) = request.route {
            respond(to: request, with: control(segments, request, context), context)
            return
        }
        platform.enter()
        let answer = platform.answer(
            request.route, access: request.head.headers.first(name: "LV-Access"),
            session: request.head.headers.first(name: "LV-Session"), body: request.loginBody)
        guard answer.delay > .zero else {
            platform.leave()
            respond(to: request, with: answer, context)
            return
        }
        let handler = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let timer = context.eventLoop.scheduleTask(in: TimeAmount(answer.delay)) {
            let (handler, context) = handler.value
            handler.respondLate(context)
        }
        late = (answer, request, timer)
    }

    private func respondLate(_ context: ChannelHandlerContext) {
        guard let (answer, request, _) = late else { return }
        late = nil
        platform.leave()
        respond(to: request, with: answer, context)
        let parts = arrivedMeanwhile
        arrivedMeanwhile = []
        for part in parts { arrived(part, context) }
    }

    private func control(
        _ segments: [String], _ request: IncomingRequest, _ context: ChannelHandlerContext
    ) -> Answer {
        guard Loopback.contains(context.channel.remoteAddress?.ipAddress) else { return .notFound }
        guard !request.isTooLarge else { return .error(413, "The body is too large.") }
        let command = ControlCommand(
            method: request.head.method.rawValue, segments: segments, body: request.body,
            contentType: request.head.headers.first(name: "Content-Type"))
        return command.perform(on: platform)
    }

    // MARK: Responses

    private func respond(to request: IncomingRequest, with answer: Answer, _ context: ChannelHandlerContext) {
        let isLast = isEnding || !request.head.isKeepAlive
        var head = responseHead(answer, isLast: isLast)
        switch answer.cut {
        case nil:
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            if let body = answer.body, request.head.method != .HEAD {
                context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
            }
            guard isLast else {
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
                return
            }
            isCut = true
            closeAfter(.end(nil), context)
        case .beforeAnswer: reset(context)
        case .midBody:
            // Announces the whole body and closes in the middle.
            let bytes = answer.body ?? ByteBuffer(string: String(repeating: " ", count: 64))
            if answer.body == nil { head.status = .ok }
            head.headers.replaceOrAdd(name: "Content-Length", value: String(bytes.readableBytes))
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            isCut = true
            let half = bytes.getSlice(at: bytes.readerIndex, length: bytes.readableBytes / 2)
            closeAfter(.body(.byteBuffer(half ?? bytes)), context)
        }
    }

    private func closeAfter(_ part: HTTPServerResponsePart, _ context: ChannelHandlerContext) {
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(part)).whenComplete { _ in channel.close(promise: nil) }
    }

    /// The connection is gone before anything is written.
    private func reset(_ context: ChannelHandlerContext) {
        isCut = true
        let channel = context.channel
        // Without lingering, closing sends a reset and not an orderly end (socket(7), SO_LINGER).
        guard let options = channel as? any SocketOptionProvider else { return channel.close(promise: nil) }
        options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
    }

    /// What scripts choose, without what would end the header line.
    private static func headerValue(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return text }
        return String(decoding: text.utf8.filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
    }

    private func responseHead(_ answer: Answer, isLast: Bool) -> HTTPResponseHead {
        var headers = HTTPHeaders()
        headers.reserveCapacity(6)
        if let allow = answer.allow { headers.add(name: "Allow", value: allow) }
        if let retryAfter = answer.retryAfter { headers.add(name: "Retry-After", value: Self.headerValue(retryAfter)) }
        if answer.body != nil {
            headers.add(name: "Content-Type", value: Self.headerValue(answer.contentType))
            if let encoding = answer.contentEncoding { headers.add(name: "Content-Encoding", value: encoding) }
        }
        if answer.status != 204 {
            headers.add(name: "Content-Length", value: String(answer.body?.readableBytes ?? 0))
        }
        headers.add(name: "Date", value: platform.dateHeader())
        headers.add(name: "Server", value: "audit-emulator")
        if isLast { headers.add(name: "Connection", value: "close") }
        return HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status), headers: headers)
    }
}

/// A request while it arrives.
private struct IncomingRequest {
    let head: HTTPRequestHead
    let route: Route
    private(set) var body = ByteBuffer()
    /// Whether there was more of a body than is read; ``body`` is then empty.
    private(set) var isTooLarge = false
    private let limitInBytes: Int

    /// Bytes of a login or of a command to the control path.
    private static let maximumBody = 64 * 1024
    /// Bytes of a body that a test puts in place of a client's own.
    private static let maximumReplacement = 64 * 1024 * 1024

    init(_ head: HTTPRequestHead) {
        self.head = head
        route = Route(method: head.method.rawValue, target: head.uri)
        limitInBytes =
            switch route {
            case .control(let segments): segments.first == "clients" ? Self.maximumReplacement : Self.maximumBody
            default: route.hasLoginBody ? Self.maximumBody : 0
            }
    }

    mutating func append(_ bytes: ByteBuffer) {
        guard limitInBytes > 0, !isTooLarge else { return }
        guard body.readableBytes + bytes.readableBytes <= limitInBytes else {
            isTooLarge = true
            body = ByteBuffer()
            return
        }
        body.writeImmutableBuffer(bytes)
    }

    var loginBody: [UInt8] { route.hasLoginBody ? Array(body.readableBytesView) : [] }
}

/// Addresses of this machine.
enum Loopback {
    /// Whether an IP address, as the system writes it, is one of this machine's own. No address is none.
    static func contains(_ address: String?) -> Bool {
        guard let address else { return false }
        return address.hasPrefix("127.") || address == "::1" || address.hasPrefix("::ffff:127.")
    }
}

extension TimeAmount {
    /// As long as a duration, to the nanosecond; at most about 290 years.
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        self = .nanoseconds(overflow ? .max / 4 : nanoseconds + attoseconds / 1_000_000_000)
    }
}
