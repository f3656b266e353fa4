import NIOCore
import NIOPosix
import NIOSSL

/// A server that answers each request with the bytes that a closure chooses by its first line, as they are: for answers
/// that no well-behaved server gives.
final class RawServer: Sendable {
    let port: Int
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel

    private init(port: Int, group: MultiThreadedEventLoopGroup, channel: any Channel) {
        self.port = port
        self.group = group
        self.channel = channel
    }

    static func run(
        with tls: NIOSSLContext? = nil, answering answer: @escaping @Sendable (String) -> [UInt8],
        body: (RawServer) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
                    }
                    try channel.pipeline.syncOperations.addHandler(Handler(answer: answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = RawServer(port: channel.localAddress?.port ?? 0, group: group, channel: channel)
        let result: Result<Void, any Error>
        do { result = .success(try await body(server)) } catch { result = .failure(error) }
        try? await channel.close()
        try await group.shutdownGracefully()
        try result.get()
    }

    /// An answer with a length.
    static func answer(_ status: String = "200 OK", headers: [String] = [], body: [UInt8]) -> [UInt8] {
        let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers
        return Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let answer: @Sendable (String) -> [UInt8]
        private var received = ""

        init(answer: @escaping @Sendable (String) -> [UInt8]) { self.answer = answer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received += String(buffer: unwrapInboundIn(data))
            // The head is enough: what a login posts may come with it or be dropped as the next request's beginning.
            guard let end = received.firstRange(of: "\r\n\r\n") else { return }
            let line = String(received.prefix { $0 != "\r\n" })
            received = line.hasPrefix("POST") ? "" : String(received[end.upperBound...])
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer(line))), promise: nil)
        }
    }
}

/// Deflate, as little of it as a test needs (RFC 1951, RFC 1952).
enum Gzip {
    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

    /// Bytes in one stored block, with a right checksum.
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        let count = UInt16(bytes.count)
        return header + [1] + little(count) + little(~count) + bytes + little(crc(bytes)) + little(UInt32(bytes.count))
    }

    /// About `258 × repetitions` times the letter `a` in some hundredth of the space.
    static func bomb(repetitions: Int) -> [UInt8] {
        var bits: [Bool] = [true, true, false]  // last block, fixed codes
        func code(_ value: Int, length: Int) { bits += (0..<length).reversed().map { value >> $0 & 1 == 1 } }
        code(0x30 + 97, length: 8)
        for _ in 0..<repetitions {
            code(0xC0 + 5, length: 8)  // 258 bytes
            code(0, length: 5)  // from one byte back
        }
        code(0, length: 7)
        var packed = [UInt8](repeating: 0, count: (bits.count + 7) / 8)
        for (index, bit) in bits.enumerated() where bit { packed[index / 8] |= 1 << UInt8(index % 8) }
        return header + packed + [0, 0, 0, 0, 0, 0, 0, 0]
    }

    private static func little(_ value: some FixedWidthInteger) -> [UInt8] {
        (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var crc = ~UInt32(0)
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}
