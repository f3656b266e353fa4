import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import Emulator

@Suite struct RequestHandlerTests {
    private static let validate = "/session/validate/x"

    /// A connection without a socket, whose peer is therefore no loopback address.
    private func connection(_ configuration: EmulatorConfiguration = .init(clients: 2)) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: RequestHandler(platform: Platform(configuration)))
        try channel.connect(to: .init(unixDomainSocketPath: "peer")).wait()
        return channel
    }

    private func send(
        _ channel: EmbeddedChannel, _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders = [:]
    ) throws {
        let head = HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers)
        try channel.writeInbound(HTTPServerRequestPart.head(head))
        try channel.writeInbound(HTTPServerRequestPart.end(nil))
    }

    /// All that was sent since, as one word a part.
    private func sent(_ channel: EmbeddedChannel) throws -> [String] {
        var parts: [String] = []
        while let part = try channel.readOutbound(as: HTTPServerResponsePart.self) {
            switch part {
            case .head(let head):
                parts.append("\(head.status.code)/\(head.headers.first(name: "Content-Length") ?? "–")")
            case .body(let bytes): parts.append("body \(bytes.readableBytes)")
            case .end: parts.append("end")
            }
        }
        return parts
    }

    @Test func `requests that come before an answer is due are answered after it, in order`() throws {
        let channel = try connection(.init(clients: 2, latency: .milliseconds(50)))
        try send(channel, .GET, Self.validate)
        try send(channel, .GET, "/elsewhere")
        try send(channel, .DELETE, Self.validate)
        #expect(try sent(channel).isEmpty)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(50))
        #expect(try sent(channel) == ["404/35", "body 35", "end"])
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(49))
        #expect(try sent(channel).isEmpty)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        #expect(try sent(channel) == ["404/35", "body 35", "end"])
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(50))
        #expect(try sent(channel) == ["405/44", "body 44", "end"])
        #expect(channel.isActive)
    }

    @Test func `the answer to HEAD announces the body and has none`() throws {
        let channel = try connection()
        try send(channel, .HEAD, "/elsewhere")
        #expect(try sent(channel) == ["404/35", "end"])
    }

    @Test func `a peer that asks for it is answered and then let go`() throws {
        let channel = try connection()
        try send(channel, .GET, Self.validate, ["Connection": "close"])
        #expect(try sent(channel) == ["404/35", "body 35", "end"])
        channel.embeddedEventLoop.run()
        #expect(!channel.isActive)
    }

    @Test func `a peer that sends nothing more is let go once it has been answered`() throws {
        let channel = try connection(.init(clients: 2, latency: .milliseconds(50)))
        try send(channel, .GET, Self.validate)
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(50))
        #expect(try sent(channel) == ["404/35", "body 35", "end"])
        channel.embeddedEventLoop.run()
        #expect(!channel.isActive)
    }

    @Test func `the control path is there for loopback addresses alone`() throws {
        let channel = try connection()
        try send(channel, .GET, "/_emulator/night")
        #expect(try sent(channel) == ["404/35", "body 35", "end"])
    }

    @Test func `what a script puts into a header cannot end its line`() throws {
        let platform = Platform(.init(clients: 2))
        platform.withState {
            $0.faults = [EmulatorFault(status: 429, retryAfter: "1\r\nX: y", contentType: "a\nb")]
        }
        let channel = EmbeddedChannel(handler: RequestHandler(platform: platform))
        try channel.connect(to: .init(unixDomainSocketPath: "peer")).wait()
        try send(channel, .GET, Self.validate)
        guard case .head(let head)? = try channel.readOutbound(as: HTTPServerResponsePart.self) else {
            Issue.record("there was no answer")
            return
        }
        #expect(head.headers["Retry-After"] == ["1X: y"])
        #expect(head.headers["Content-Type"] == ["ab"])
    }
}
