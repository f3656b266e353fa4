public import AuditModel
public import Collector
public import LiveVoxAPI

/// Applies plans: reads, refuses what moved, puts each intent into the journal before its call, writes, reads again.
public struct Remediator: Sendable {
    let journal: RemediationJournal
    let environment: EnvironmentSettings
    let login: ResolvedLogin
    let policy: RetryPolicy
    let clock: CollectorClock

    /// - Parameters:
    ///   - journal: the journal of the database that the plan was made from; it is the right to apply.
    ///   - login: remediation's own credentials, for a session of the plan's client.
    public init(
        journal: RemediationJournal, environment: EnvironmentSettings, login: ResolvedLogin,
        policy: RetryPolicy = RetryPolicy(), clock: CollectorClock = .system
    ) {
        self.journal = journal
        self.environment = environment
        self.login = login
        self.policy = policy
        self.clock = clock
    }

    /// What a plan came to when it was applied to its end before; nil where it was not.
    public static func earlierApplication(
        of plan: RemediationPlan, in journal: RemediationJournal
    ) -> AppliedRemediation? {
        let history = PlanHistory(of: plan, in: journal.records)
        guard let moment = history.appliedAt else { return nil }
        return AppliedRemediation(
            plan: plan, result: .appliedBefore(moment, by: history.beginning?.by ?? ""),
            outcomes: plan.actions.map { _ in .doneBefore }, isRecovery: false, before: nil, after: nil)
    }

    /// What can be told without asking the platform: that the plan is not for this environment, or has expired before
    /// anything was sent.
    public static func refusal(
        of plan: RemediationPlan, for environment: EnvironmentSettings, in journal: RemediationJournal, now: Timestamp
    ) -> RemediationError? {
        guard plan.environment == environment.name, plan.baseURL == environment.baseURL.text else {
            return .otherEnvironment(plan: plan.baseURL, now: environment.baseURL.text, name: plan.environment)
        }
        if now >= plan.expiresAt, !PlanHistory(of: plan, in: journal.records).isTouched {
            return .expired(at: plan.expiresAt)
        }
        return nil
    }

    /// Applies a plan, or goes on with one whose earlier application was cut off.
    ///
    /// No write is ever sent twice unless the pool has told that it did not take effect. Nothing is written where the pool is
    /// not the one that the plan saw, or, after an earlier attempt, one on the plan's way.
    /// - Throws: ``RemediationError``: nothing was written then, but for ``RemediationError/inputOutput(path:cause:)`` of
    ///   the journal, after which nothing more is written.
    public func apply(
        _ plan: RemediationPlan, order: ApplyOrder
    ) async throws(RemediationError) -> AppliedRemediation {
        if let earlier = Self.earlierApplication(of: plan, in: journal) { return earlier }
        if let refusal = Self.refusal(of: plan, for: environment, in: journal, now: clock.now()) { throw refusal }
        let outcome: Result<AppliedRemediation, RemediationError>
        do {
            outcome = try await LiveVoxClient.with(environment, login: login, policy: policy, clock: clock) { client in
                do throws(RemediationError) {
                    let number = try await session(client, plan)
                    var application = Application(plan, client, number, journal, clock, environment.apiVersion)
                    return .success(try await application.run(order))
                } catch {
                    return .failure(error)
                }
            }
        } catch {
            throw .notReached("\(error)")
        }
        return try outcome.get()
    }

    /// Logs in; the session must be the plan's client's.
    private func session(_ client: LiveVoxClient, _ plan: RemediationPlan) async throws(RemediationError)
        -> ClientNumber
    {
        let number: ClientNumber
        do throws(LiveVoxError) {
            number = try await client.logIn()
        } catch {
            throw .login(error.failure)
        }
        guard number.rawValue == plan.client else {
            throw .otherClient(plan: String(plan.client), answered: String(number.rawValue), of: "the session")
        }
        return number
    }
}
