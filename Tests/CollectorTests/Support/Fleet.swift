import AuditModel
import Collector
import Emulator
import LiveVoxAPI
import Logging
import Synchronization
import Testing

/// An emulator on a port of its own, and what a test asks of it through a collector.
struct Fleet: Sendable {
    let emulator: EmulatorServer
    let clock = TestClock()
    let log = LogStore()
    static let environment = EnvironmentName("test")

    static func run(clients: Int = 3, latency: Duration = .zero, body: (Fleet) async throws -> Void) async throws {
        var logger = Logger(label: "emulator")
        logger.logLevel = .critical
        let emulator = try await EmulatorServer.start(
            EmulatorConfiguration(clients: clients, latency: latency), logger: logger)
        do {
            try await body(Fleet(emulator: emulator))
        } catch {
            try? await emulator.stop()
            throw error
        }
        try await emulator.stop()
    }

    var accounts: [EmulatorAccount] { emulator.manifest.accounts }

    func settings(_ change: (inout EnvironmentSettings) -> Void = { _ in }) throws -> EnvironmentSettings {
        var settings = EnvironmentSettings(
            name: Self.environment, baseURL: try BaseURL(emulator.manifest.baseURL), concurrency: 4,
            userAgent: "audit/test")
        change(&settings)
        return settings
    }

    func client(_ account: EmulatorAccount) -> Client {
        Client(
            id: Client.ID(environment: Self.environment, number: account.clientId), code: account.clientName,
            account: account.clientName)
    }

    func login(_ account: EmulatorAccount, role: EmulatorRole = .itUser, password: String? = nil) throws -> AccountLogin
    {
        let user = try #require(account.user(role))
        return AccountLogin(
            account: account.clientName, clientName: account.clientName, userName: .plain(user.userName),
            password: .held(Secret(password ?? user.password)), accessToken: .held(Secret(account.accessToken)))
    }

    /// Each client through its own account.
    func ownRequests() throws -> [ClientRequest] {
        try accounts.map { ClientRequest(client: client($0), login: try login($0)) }
    }

    /// All clients through the one user that may read them all.
    func sharedRequests() throws -> [ClientRequest] {
        let user = try #require(emulator.manifest.fleetUser)
        let login = AccountLogin(
            account: "fleet", clientName: accounts[0].clientName, userName: .plain(user.userName),
            password: .held(Secret(user.password)), accessToken: .held(Secret(accounts[0].accessToken)))
        return accounts.map { ClientRequest(client: client($0), login: login) }
    }

    /// What a collection came to.
    struct Collected: Sendable {
        var answers: [Int: ClientAnswer]
        var summary: CollectionSummary

        subscript(client: Int, group: SettingsGroup) -> GroupAnswer? { answers[client]?.answers[group] }

        func failure(_ client: Int, _ group: SettingsGroup) -> CaptureFailure? {
            guard case .failure(let failure)? = self[client, group]?.outcome else { return nil }
            return failure
        }

        func body(_ client: Int, _ group: SettingsGroup) -> [UInt8]? {
            guard case .body(let body, status: 200)? = self[client, group]?.outcome else { return nil }
            return body
        }

        /// The reasons of all groups of a client that failed.
        func reasons(_ client: Int) -> [CaptureFailure.Reason] {
            SettingsGroup.allCases.compactMap { failure(client, $0)?.reason }
        }
    }

    func collect(
        _ requests: [ClientRequest], settings: EnvironmentSettings? = nil, policy: RetryPolicy = RetryPolicy(),
        wasRefusedBefore: @escaping @Sendable (ResolvedLogin) async -> Bool = { _ in false },
        progress: (@Sendable (CollectionProgress) -> Void)? = nil,
        onDelivery: @escaping @Sendable (ClientAnswer) async throws -> Void = { _ in }
    ) async throws -> Collected {
        let settings = try settings ?? self.settings()
        let collector = Collector(environment: settings, policy: policy, clock: clock.clock, logger: log.logger)
        let answers = Mutex<[Int: ClientAnswer]>([:])
        let summary = try await collector.collect(requests, wasRefusedBefore: wasRefusedBefore, progress: progress) {
            answer in
            let before = answers.withLock { $0.updateValue(answer, forKey: answer.client.id.number) }
            #expect(before == nil, "delivered twice")
            try await onDelivery(answer)
        }
        return Collected(answers: answers.withLock { $0 }, summary: summary)
    }
}

/// Keeps every line that is logged, metadata and all.
final class LogStore: Sendable {
    private let lines = Mutex<[String]>([])

    var text: String { lines.withLock { $0.joined(separator: "\n") } }

    var logger: Logger {
        Logger(label: "collector") { _ in Handler(store: self) }
    }

    private struct Handler: LogHandler {
        let store: LogStore
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            store.lines.withLock { $0.append("\(event.level) \(event.message) \(event.metadata ?? [:])") }
        }
    }
}
