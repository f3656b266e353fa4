import AuditModel
public import LiveVoxAPI
public import Logging

/// Asks one environment for the settings of many clients, and delivers what came, client by client.
///
/// A failed group is a value; only the caller's own errors and cancellation end a collection early. Nothing is ever
/// logged out, since that would end the session of every process on the same user and token.
public struct Collector: Sendable {
    private let environment: EnvironmentSettings
    private let policy: RetryPolicy
    private let clock: CollectorClock
    private let logger: Logger

    /// Joins the parts.
    public init(
        environment: EnvironmentSettings, policy: RetryPolicy = RetryPolicy(), clock: CollectorClock = .system,
        logger: Logger
    ) {
        self.environment = environment
        self.policy = policy
        self.clock = clock
        self.logger = logger
    }

    /// Asks for all of it, with at most `concurrency` requests at a time.
    ///
    /// - Parameters:
    ///   - requests: one a client; a request without groups is passed over.
    ///   - wasRefusedBefore: whether these very credentials were refused in an earlier run; such a login is not sent.
    ///     Called before each login, which is once a session, or twice where a session ends early.
    ///   - refused: called as soon as a login was refused, before anything else is asked with it: whoever is killed a moment
    ///     later must not try the same credential again.
    ///   - progress: called after each delivered client, by any worker.
    ///   - deliver: called once a client when all its groups are in, by several workers at a time; the worker waits for
    ///     it. Workers run on event loops, so what takes long belongs onto another executor. An error ends the
    ///     collection.
    /// - Returns: counts, refused sessions and warnings.
    /// - Throws: `CancellationError` when the task is cancelled (clients that were not delivered by then never are), the
    ///   error of `deliver`, or ``CollectorError``.
    public func collect(
        _ requests: [ClientRequest],
        wasRefusedBefore: @escaping @Sendable (ResolvedLogin) async -> Bool = { _ in false },
        refused: @escaping @Sendable (RefusedSession) async -> Void = { _ in },
        progress: (@Sendable (CollectionProgress) -> Void)? = nil,
        deliver: @escaping @Sendable (ClientAnswer) async throws -> Void
    ) async throws -> CollectionSummary {
        // Mostly there is nothing to leave out, and a fleet's requests are not copied.
        let requests = requests.contains { $0.groups.isEmpty } ? requests.filter { !$0.groups.isEmpty } : requests
        return try await HTTPTransport.with(environment) { transport in
            let runner = RequestRunner(
                transport: transport, settings: environment, policy: policy, clock: clock,
                pace: SharedPace(requestsPerSecond: environment.requestsPerSecond),
                traffic: TrafficControl(environment),
                counters: RequestCounters())
            let run = CollectionRun(
                requests: requests, runner: runner,
                performer: LoginPerformer(runner: runner, wasRefusedBefore: wasRefusedBefore), refused: refused,
                progress: progress, deliver: deliver, logger: logger)
            try await withThrowingTaskGroup(of: Void.self) { group in
                let workers = min(environment.concurrency, max(1, requests.count * SettingsGroup.allCases.count))
                for worker in 0..<workers {
                    let executor = transport.executors[worker % transport.executors.count]
                    group.addTask(executorPreference: executor) { try await run.work() }
                }
                try await group.waitForAll()
            }
            try Task.checkCancellation()
            return run.summary
        }
    }
}
