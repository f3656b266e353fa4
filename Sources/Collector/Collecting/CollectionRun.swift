import AuditModel
import LiveVoxAPI
import Logging
import Synchronization

/// One collection while it runs: what its workers share.
final class CollectionRun: Sendable {
    private let requests: [ClientRequest]
    private let runner: RequestRunner
    private let performer: LoginPerformer
    private let refused: @Sendable (RefusedSession) async -> Void
    private let progress: (@Sendable (CollectionProgress) -> Void)?
    private let deliver: @Sendable (ClientAnswer) async throws -> Void
    private let logger: Logger
    private let startedAt: Duration
    /// The uptime at which the whole run must be done.
    private let deadline: Duration?
    private let state: Mutex<State>

    private struct State: Sendable {
        var schedule: WorkSchedule
        /// The clients that have been begun and not delivered; never more than there are workers.
        var open: [Int: OpenClient] = [:]
        /// Sessions that several clients share. A session of one client lives in its ``OpenClient`` only, so that memory
        /// does not grow with the fleet.
        var shared: [String: AccountSession] = [:]
        var clients = 0
        var clientsWithFailures = 0
        var refused: [RefusedSession] = []
        var warnings: Set<CredentialWarning> = []
        var userNames: [String: String] = [:]
        var days: [String: Int] = [:]
    }

    private struct OpenClient: Sendable {
        var session: AccountSession
        var deadline: Duration?
        var answer: ClientAnswer
    }

    init(
        requests: [ClientRequest], runner: RequestRunner, performer: LoginPerformer,
        refused: @escaping @Sendable (RefusedSession) async -> Void,
        progress: (@Sendable (CollectionProgress) -> Void)?,
        deliver: @escaping @Sendable (ClientAnswer) async throws -> Void, logger: Logger
    ) {
        self.requests = requests
        self.runner = runner
        self.performer = performer
        self.refused = refused
        self.progress = progress
        self.deliver = deliver
        self.logger = logger
        startedAt = runner.clock.uptime()
        deadline = runner.settings.runTimeout.map { [startedAt] in startedAt + $0 }
        state = Mutex(State(schedule: WorkSchedule(clients: requests.count)))
    }

    /// One worker: job after job until none is left.
    func work() async throws {
        var current: Int?
        while let (job, client) = nextJob(after: current) {
            try Task.checkCancellation()
            current = job.client
            let asking = GroupAsking(
                request: requests[job.client], group: job.group, session: client.session, runner: runner,
                deadline: client.deadline)
            let result = await asking.answer()
            // A request that was cut off by cancelling is no failure of the client: nothing of it is delivered.
            try Task.checkCancellation()
            guard let finished = record(result, of: job) else { continue }
            try await deliver(finished)
            report(finished)
        }
    }

    var summary: CollectionSummary {
        let counts = runner.counters.current
        let traffic = runner.traffic.summary
        return state.withLock { state in
            CollectionSummary(
                clients: state.clients, clientsWithFailures: state.clientsWithFailures, requests: counts.attempts,
                repeats: counts.repeats, logins: counts.logins,
                refusedSessions: state.refused.sorted {
                    ($0.account, $0.login.clientName) < ($1.account, $1.login.clientName)
                },
                credentialWarnings: state.warnings.sorted { $0.description < $1.description },
                userNames: state.userNames, daysUntilPasswordExpires: state.days,
                lowestConcurrency: traffic.lowest, requestsHeldBack: traffic.refused,
                elapsed: runner.clock.uptime() - startedAt)
        }
    }

    private func nextJob(after current: Int?) -> (WorkSchedule.Job, OpenClient)? {
        let now = runner.clock.uptime()
        return state.withLock { state in
            guard let job = state.schedule.next(after: current, groups: { requests[$0].groups }) else { return nil }
            if let client = state.open[job.client] { return (job, client) }
            let request = requests[job.client]
            let ownDeadline = runner.settings.clientTimeout.map { now + $0 }
            let client = OpenClient(
                session: session(for: request, in: &state),
                deadline: [ownDeadline, deadline].compactMap { $0 }.min(), answer: ClientAnswer(client: request.client))
            state.open[job.client] = client
            return (job, client)
        }
    }

    private func session(for request: ClientRequest, in state: inout State) -> AccountSession {
        if !request.login.isPerClient, let session = state.shared[request.sessionKey] { return session }
        let session = AccountSession(
            // Weakly, since the run holds its sessions.
            logIn: { [weak self] in
                await self?.logIn(request.login, code: request.client.code) ?? .failure(CaptureFailure(.notAttempted))
            },
            headers: { [settings = runner.settings] in LoginPerformer.headers(for: settings, session: $0) })
        if !request.login.isPerClient { state.shared[request.sessionKey] = session }
        return session
    }

    private func logIn(_ login: AccountLogin, code: String) async -> Result<LoginAnswer, CaptureFailure> {
        // The run's deadline, not the client's: other clients may wait for the same login.
        let outcome = await performer.logIn(login, code: code, deadline: deadline)
        let refusal = state.withLock { state -> RefusedSession? in
            state.warnings.formUnion(outcome.warnings)
            if let userName = outcome.userName { state.userNames[login.account] = userName }
            switch outcome.result {
            case .success(let answer):
                if let days = answer.daysUntilPasswordExpires {
                    state.days[login.account] = min(days, state.days[login.account] ?? days)
                }
            case .failure(let failure):
                guard let refused = outcome.refused else { break }
                let session = RefusedSession(
                    account: login.account, login: refused, failure: failure, wasSent: outcome.wasSent)
                state.refused.append(session)
                return session
            }
            return nil
        }
        if let refusal { await refused(refusal) }
        if case .failure(let failure) = outcome.result, failure.reason != .notAttempted {
            logger.debug(
                "login failed", metadata: ["account": "\(login.account)", "reason": "\(failure.reason.rawValue)"])
        }
        return outcome.result
    }

    /// Keeps one group's answer; the client's whole answer where it was the last.
    private func record(_ result: GroupAsking.Result, of job: WorkSchedule.Job) -> ClientAnswer? {
        state.withLock { state in
            // In place, without copying the answers out of the dictionary first.
            state.open[job.client]?.answer.answers[job.group] = result.answer
            if let session = result.session {
                state.open[job.client]?.answer.sessionClientID = session.clientID
                state.open[job.client]?.answer.daysUntilPasswordExpires = session.daysUntilPasswordExpires
            }
            if let failure = result.loginFailure { state.open[job.client]?.answer.loginFailure = failure }
            guard let answer = state.open[job.client]?.answer,
                answer.answers.count == requests[job.client].groups.count
            else { return nil }
            state.open[job.client] = nil
            return answer
        }
    }

    private func report(_ finished: ClientAnswer) {
        let (clients, failed) = state.withLock { state in
            state.clients += 1
            if finished.hasFailure { state.clientsWithFailures += 1 }
            return (state.clients, state.clientsWithFailures)
        }
        progress?(
            CollectionProgress(
                clientsDone: clients, clientsTotal: requests.count, clientsWithFailures: failed,
                requests: runner.counters.current.attempts, elapsed: runner.clock.uptime() - startedAt))
    }
}
