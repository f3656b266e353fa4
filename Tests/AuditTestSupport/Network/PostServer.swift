import Foundation
import Synchronization

/// A server on a loopback port of its own that keeps what it is sent and answers as it is told: for what posts to the
/// addresses of others.
///
/// One connection at a time, one request a connection, on a thread of its own.
public final class PostServer: Sendable {
    /// One request, as it came.
    public struct Request: Sendable {
        /// `POST /path HTTP/1.1`.
        public var line: String
        /// Header fields by name in lower case.
        public var headers: [String: String]
        /// The body.
        public var body: [UInt8]
    }

    /// What a request gets.
    public enum Answer: Sendable {
        /// A status with header fields and a body.
        case status(Int, headers: [String] = [], body: String = "")
        /// Nothing; the connection stays open until the server ends.
        case silence
    }

    private struct State {
        var requests: [Request] = []
        var answer: @Sendable (Request) -> Answer = { _ in .status(200) }
        var held: [Int32] = []
    }

    /// Where it listens.
    public let port: Int
    private let listener: Int32
    private let state = Mutex(State())

    private init() throws {
        let listener = socket(AF_INET, streamSocket, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listener, generic, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, generic, &length) == 0
            }
        }
        guard isListening else {
            close(listener)
            throw POSIXError(.EADDRNOTAVAIL)
        }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    /// Runs the body with a server, and ends it afterwards.
    public static func run<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: (PostServer) async throws -> Result
    ) async throws -> Result {
        let server = try PostServer()
        Thread.detachNewThread { server.serve() }
        defer { server.end() }
        return try await body(server)
    }

    /// `http://127.0.0.1:PORT`.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// What has come so far.
    public var requests: [Request] { state.withLock { $0.requests } }

    /// What comes next is answered so.
    public func answer(_ answer: @escaping @Sendable (Request) -> Answer) { state.withLock { $0.answer = answer } }

    /// What comes next gets a status.
    public func answer(_ status: Int) { answer { _ in .status(status) } }

    private func serve() {
        // Closed by this thread alone, when it needs them no more: a number that is closed may be another server's at once.
        defer {
            close(listener)
            for connection in state.withLock({ $0.held }) { close(connection) }
        }
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            guard let request = Self.request(on: connection) else {
                close(connection)
                continue
            }
            let answer = state.withLock { state in
                state.requests.append(request)
                return state.answer
            }
            switch answer(request) {
            case .silence: state.withLock { $0.held.append(connection) }
            case .status(let status, let headers, let body):
                let head = ["HTTP/1.1 \(status) Status", "Content-Length: \(body.utf8.count)", "Connection: close"]
                let bytes = Array(((head + headers).joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
                // A client that goes away is one of the things that are tested.
                _ = bytes.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, sendFlags) }
                close(connection)
            }
        }
    }

    private func end() {
        // Wakes the thread that waits for connections.
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private static func request(on connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let end = headEnd(of: bytes) {
                let lines = String(decoding: bytes[..<end], as: UTF8.self).components(separatedBy: "\r\n")
                let pairs = lines.dropFirst().compactMap { line -> (String, String)? in
                    guard let colon = line.firstIndex(of: ":") else { return nil }
                    let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                    return (line[..<colon].lowercased(), value)
                }
                let headers = Dictionary(pairs) { first, _ in first }
                let body = bytes[(end + 4)...]
                if body.count >= headers["content-length"].flatMap({ Int($0) }) ?? 0 {
                    return Request(line: lines[0], headers: headers, body: Array(body))
                }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
    }

    private static func headEnd(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (0...bytes.count - 4).first { Array(bytes[$0..<$0 + 4]) == [13, 10, 13, 10] }
    }
}

// The two systems' headers write the same numbers in different types.
#if canImport(Darwin)
    private let streamSocket = SOCK_STREAM
    private let sendFlags: Int32 = 0
#else
    private let streamSocket = Int32(SOCK_STREAM.rawValue)
    private let sendFlags = Int32(MSG_NOSIGNAL)
#endif
