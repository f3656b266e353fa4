import AuditModel
import AuditPipeline
import AuditTestSupport
import Collector
import Emulator
import Foundation
import LiveVoxAPI
import Logging
import Policies
import Reports
import SnapshotStore
import Synchronization
import Testing

@testable import audit

/// Nights on an emulator of five clients through the whole pipeline, by a clock that is moved by hand and by waiting.
struct FaultLab: Sendable {
    /// The client that faults are planted for: the last to be asked.
    static let victim = 4203
    static let environment = EnvironmentName("lab")

    let emulator: EmulatorServer
    let store: SnapshotStore
    let policies: PolicySet
    let clock = HandClock()

    static func run(
        isolation: isolated (any Actor)? = #isolation, _ body: (FaultLab) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            var logger = Logger(label: "emulator")
            logger.logLevel = .critical
            let emulator = try await EmulatorServer.start(EmulatorConfiguration(clients: 5), logger: logger)
            do {
                let store = try SnapshotStore.open(
                    at: folder.appending(path: "lab.sqlite").path, access: .readWrite)
                try await body(FaultLab(emulator: emulator, store: store, policies: try policies()))
            } catch {
                try? await emulator.stop()
                throw error
            }
            try await emulator.stop()
        }
    }

    /// One rule on the group that faults spoil, one on the group that says whose settings these are.
    private static func policies() throws -> PolicySet {
        let text = """
            policy: {id: lab, title: Lab, version: "1"}
            defaults: {severity: high, absent: fail, "null": fail}
            rules:
              - {id: LAB-INTERNAL, title: Lockout, check: {internal.maxFailedCcsLoginAttempts: {atMost: 1000}}}
              - {id: LAB-SETTINGS, title: Service level, check: {settings.serviceLevelSeconds: {atMost: 100000}}}

            """
        let loaded = PolicyLoader.load([PolicyFile(name: "lab.yaml", text: text)])
        return try #require(loaded.policySet, "\(loaded.diagnostics.map(\.description))")
    }

    /// The clients, each with an account of its own unless told otherwise.
    func roster() -> [Client] {
        emulator.manifest.accounts.map { account in
            Client(
                id: Client.ID(environment: Self.environment, number: account.clientId), code: account.clientName,
                account: account.clientName)
        }
    }

    /// One night, a day after the last.
    func night(
        _ setting: FaultRow.Setting = .usual, roster: [Client]? = nil, retired: Set<Client.ID> = []
    ) async throws -> AuditReport {
        clock.beginNextDay()
        var settings = EnvironmentSettings(
            name: Self.environment, baseURL: try BaseURL(emulator.manifest.baseURL), concurrency: 4)
        var policy = RetryPolicy()
        switch setting {
        case .usual: break
        case .single: settings.concurrency = 1
        case .impatient:
            settings.requestTimeout = .seconds(1)
            policy.maximumAttempts = 2
        case .wary:
            settings.concurrency = 1
            settings.breaker = CircuitBreaker(threshold: 2, pauses: [.seconds(30)])
        }
        let source = CollectorSource(
            settings: settings, logins: try logins(of: roster ?? self.roster()), store: store, clock: clock.clock,
            logger: Logger(label: "lab") { _ in SwiftLogNoOpLogHandler() }, retriesRefusedLogins: false,
            progress: ProgressDrawing(isQuiet: true), policy: policy)
        let audit = NightlyAudit(
            store: store, environment: Self.environment,
            address: EnvironmentAddress(baseURL: emulator.manifest.baseURL, isSynthetic: true),
            roster: roster ?? self.roster(), retired: retired, policies: policies, toolVersion: "lab")
        return try await audit.run(from: source, clock: clock.clock.now).report
    }

    /// Any account name stands for the client's own user: what differs between accounts is a matter of the roster.
    private func logins(of roster: [Client]) throws -> [String: AuditConfiguration.ResolvedAccount] {
        var logins: [String: AuditConfiguration.ResolvedAccount] = [:]
        for client in roster {
            let account = try #require(emulator.manifest.accounts.first { $0.clientId == client.id.number })
            let user = try #require(account.user(.sysadmin))
            logins[client.account] = AuditConfiguration.ResolvedAccount(
                login: AccountLogin(
                    account: client.account, clientName: client.code, userName: .plain(user.userName),
                    password: .held(Secret(user.password)), accessToken: .held(Secret(account.accessToken))),
                sharesCountries: false)
        }
        return logins
    }

    /// What the store has of the victim: `as before`, `changed`, or the failures of its groups.
    func stored(_ report: AuditReport) throws -> String {
        let failures = report.completeness.failures.filter { $0.client.id.number == Self.victim }
        guard !failures.isEmpty else {
            let night = try #require(try store.nights(of: report.run.id).first { $0.number == Self.victim })
            let previous = try #require(report.previousRun)
            let before = try #require(try store.nights(of: previous.id).first { $0.number == Self.victim })
            return night.captures == before.captures ? "as before" : "changed"
        }
        let reasons = Set(failures.map(\.failure.reason.rawValue)).sorted().joined(separator: ", ")
        let groups = failures.count == 5 ? "all five groups" : failures.map(\.group.rawValue).joined(separator: ", ")
        return "\(groups): \(reasons)"
    }

    /// The verdict of a rule for the victim, as the store has it.
    func verdict(_ report: AuditReport, of rule: String = "LAB-INTERNAL") throws -> Verdict? {
        let night = try #require(try store.nights(of: report.run.id).first { $0.number == Self.victim })
        let results = try #require(night.results)
        return try store.results(results).first { $0.ruleID == rule }?.verdict
    }

    /// The report as text, each run of white space as one space.
    static func text(_ report: AuditReport) -> String {
        let bytes = ReportRenderer.bytes(of: report, as: .text, options: ReportOptions(width: 4000))
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// A clock that is moved by hand, and by waiting, which takes no time.
final class HandClock: Sendable {
    private struct State {
        var elapsed = Duration.zero
        var day = 0
    }

    private let state = Mutex(State())
    /// 2026-10-31T02:00:00Z: the first night is the next day's.
    private let start = Timestamp(milliseconds: 1_793_412_000_000)

    /// Goes to two o'clock of the next day, however long the last night waited.
    func beginNextDay() {
        state.withLock { state in
            state.day += 1
            state.elapsed = .seconds(86_400 * state.day)
        }
    }

    var clock: CollectorClock {
        CollectorClock(
            now: { [self] in start.advanced(by: state.withLock(\.elapsed)) },
            uptime: { [self] in state.withLock(\.elapsed) },
            sleep: { [self] duration in
                try Task.checkCancellation()
                state.withLock { $0.elapsed += duration }
            })
    }
}
