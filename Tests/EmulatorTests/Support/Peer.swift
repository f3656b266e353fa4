import AsyncHTTPClient
import Emulator
import Logging
import NIOCore
import NIOHTTP1
import Testing

/// An emulator on a port of its own, and an HTTP peer to it that shares no code with it.
struct Peer: Sendable {
    let emulator: EmulatorServer

    /// Starts an emulator, runs `body`, and stops the emulator.
    static func run(
        _ configuration: EmulatorConfiguration = .init(clients: 3), body: (Peer) async throws -> Void
    ) async throws {
        var logger = Logger(label: "emulator-tests")
        logger.logLevel = .critical
        let emulator = try await EmulatorServer.start(configuration, logger: logger)
        do {
            try await body(Peer(emulator: emulator))
        } catch {
            try? await emulator.stop()
            throw error
        }
        try await emulator.stop()
    }

    /// What came back.
    struct Reply: Sendable {
        var status: Int
        var headers: [String: String]
        var text: String
    }

    /// One request; `headers` as they are, nothing added.
    func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: String? = nil
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: emulator.manifest.baseURL + path)
        request.method = .init(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let bytes = try await response.body.collect(upTo: 1 << 24)
        let named = response.headers.map { ($0.name.lowercased(), $0.value) }
        return Reply(
            status: Int(response.status.code), headers: Dictionary(named) { first, _ in first },
            text: String(buffer: bytes))
    }

    /// One request with a session.
    func send(_ method: String, _ path: String, session: String) async throws -> Reply {
        try await send(method, path, headers: ["LV-Session": session])
    }

    // MARK: Logins

    /// The account at `place`.
    func account(_ place: Int = 0) throws -> EmulatorAccount {
        try #require(emulator.manifest.accounts.count > place)
        return emulator.manifest.accounts[place]
    }

    /// Sends the login of `user`; everything can be said otherwise.
    func login(
        _ account: EmulatorAccount, _ user: EmulatorUser, password: String? = nil, userName: String? = nil,
        token: String? = nil, path: String = "/session/login"
    ) async throws -> Reply {
        let body = """
            {"clientName":"\(account.clientName)","userName":"\(userName ?? user.userName)",\
            "password":"\(password ?? user.password)","agent":\(user.role == .agent)}
            """
        return try await send("POST", path, headers: ["LV-Access": token ?? account.accessToken], body: body)
    }

    /// The session id of a login that has to succeed.
    func session(_ role: EmulatorRole = .sysadmin, place: Int = 0, token: String? = nil) async throws -> String {
        let account = try account(place)
        return try await sessionID(login(account, #require(account.user(role)), token: token))
    }

    /// A session of the user that may read every client.
    func fleetSession() async throws -> String {
        try await sessionID(login(account(), #require(emulator.manifest.fleetUser)))
    }

    /// The session id of a login's answer.
    func sessionID(_ reply: Reply) throws -> String {
        try #require(reply.status == 200, "login answered \(reply.status): \(reply.text)")
        let match = try #require(reply.text.firstMatch(of: /"sessionId":"([^"]*)"/))
        return String(match.1)
    }
}
