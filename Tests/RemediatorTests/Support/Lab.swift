import AuditModel
import AuditTestSupport
import Collector
import Emulator
import Foundation
import LiveVoxAPI
import Logging
import Remediator
import Testing

/// An emulator on a port of its own, a folder for plans and journal, and a client with the pool 1, 2, 3, 5.
struct Lab: Sendable {
    static let environment = EnvironmentName("lab")
    static let now = Timestamp(milliseconds: 1_793_500_000_000)
    static let seen = [1, 2, 3, 5]

    let emulator: EmulatorServer
    let folder: RemediationFolder

    static func run(
        isolation: isolated (any Actor)? = #isolation, _ body: (Lab) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            var logger = Logger(label: "emulator")
            logger.logLevel = .critical
            let emulator = try await EmulatorServer.start(EmulatorConfiguration(clients: 2), logger: logger)
            let lab = Lab(
                emulator: emulator, folder: RemediationFolder(ofDatabase: folder.appending(path: "lab.sqlite").path))
            do {
                #expect(try await lab.pool() == seen)
                try await body(lab)
            } catch {
                try? await emulator.stop()
                throw error
            }
            try await emulator.stop()
        }
    }

    var account: EmulatorAccount { emulator.manifest.accounts[0] }

    func settings(timeout: Duration = .seconds(20)) throws -> EnvironmentSettings {
        EnvironmentSettings(
            name: Self.environment, baseURL: try BaseURL(emulator.manifest.baseURL), requestTimeout: timeout)
    }

    func login(role: EmulatorRole = .itUser, account: EmulatorAccount? = nil, password: String? = nil) throws
        -> ResolvedLogin
    {
        let account = account ?? self.account
        let user = try #require(account.user(role))
        return ResolvedLogin(
            account: "writer", clientName: account.clientName, userName: user.userName,
            password: Secret(password ?? user.password), accessToken: Secret(account.accessToken))
    }

    /// A plan for the client: by default to add 11 and remove 2 and 5.
    func plan(
        _ actions: [PlannedWrite] = [PlannedWrite(.add, 11), PlannedWrite(.remove, 2), PlannedWrite(.remove, 5)],
        seen: [Int] = Lab.seen, defaultVoice: Int? = 1, knowsDefaultVoice: Bool = true,
        expiresAfter: Duration = .seconds(3600)
    ) throws -> RemediationPlan {
        try RemediationPlan(
            environment: Self.environment, baseURL: emulator.manifest.baseURL, isSynthetic: true,
            client: account.clientId, code: account.clientName,
            seen: PoolSeen(
                voices: seen, defaultVoice: defaultVoice, knowsDefaultVoice: knowsDefaultVoice,
                document: Digest(of: "pool"), run: AuditRun.ID("run"), answeredAt: Self.now),
            actions: actions, createdAt: Self.now, expiresAt: Self.now.advanced(by: expiresAfter), toolVersion: "lab")
    }

    func journal() throws -> RemediationJournal {
        try RemediationJournal.open(in: folder, holder: "lab", now: Self.now)
    }

    /// A clock that stands, and waits that take no time.
    static func clock(at now: Timestamp = Lab.now) -> CollectorClock {
        let system = CollectorClock.system
        return CollectorClock(now: { now }, uptime: system.uptime, sleep: { _ in try Task.checkCancellation() })
    }

    /// Applies a plan as a process of its own would: the journal is opened, used and closed.
    func apply(
        _ plan: RemediationPlan, maximumWrites: Int = 10, isForced: Bool = false, isDryRun: Bool = false,
        login: ResolvedLogin? = nil, timeout: Duration = .seconds(20), now: Timestamp = Lab.now
    ) async throws -> AppliedRemediation {
        let remediator = Remediator(
            journal: try journal(), environment: try settings(timeout: timeout), login: try login ?? self.login(),
            clock: Self.clock(at: now))
        return try await remediator.apply(
            plan,
            order: ApplyOrder(
                maximumWrites: maximumWrites, isForced: isForced, isDryRun: isDryRun, by: "J. Doe", process: "lab",
                toolVersion: "lab"))
    }

    /// What applying a plan is refused for.
    func refusal(
        _ plan: RemediationPlan, maximumWrites: Int = 10, isForced: Bool = false, login: ResolvedLogin? = nil,
        now: Timestamp = Lab.now
    ) async throws -> RemediationError? {
        do {
            _ = try await apply(plan, maximumWrites: maximumWrites, isForced: isForced, login: login, now: now)
            return nil
        } catch let error as RemediationError {
            return error
        }
    }

    /// The names of the journal's events.
    func events() throws -> [String] {
        try RemediationJournal.records(in: folder).map(\.event.name)
    }

    // MARK: The platform, as somebody else sees and changes it

    private func withClient<Value: Sendable>(_ body: (LiveVoxClient, ClientNumber) async throws -> Value) async throws
        -> Value
    {
        let number = try ClientNumber(account.clientId)
        return try await LiveVoxClient.with(
            settings(), login: login(role: .sysadmin), clock: Self.clock()
        ) { try await body($0, number) }
    }

    func pool() async throws -> [Int] {
        try await withClient { client, number in
            try await client.readVoicePool(client: number).ids.map { Int($0) }.sorted()
        }
    }

    func write(_ writes: PlannedWrite...) async throws {
        try await withClient { client, number in
            for write in writes {
                switch write.kind {
                case .add: try await client.addVoice(VoiceID(write.voice), client: number)
                case .remove: try await client.removeVoice(VoiceID(write.voice), client: number)
                }
            }
        }
    }

    /// The writes that changed the pool since the start, as `+11` and `-2`, whoever made them.
    var changes: [String] {
        emulator.trail.filter(\.changed).map { "\($0.kind == .addVoice ? "+" : "-")\($0.voiceID)" }
    }

    /// All writes since the start, whether or not they changed anything.
    var attempts: Int { emulator.trail.count }
}
