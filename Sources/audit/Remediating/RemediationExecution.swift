import AuditModel
import Collector
import Foundation
import LiveVoxAPI
import Remediator
import SnapshotStore

/// Carries out `remediate apply`: finds the plan, its environment and the credentials, and hands them to the remediator.
struct RemediationExecution {
    let workspace: Workspace
    let retriesRefusedLogin: Bool

    /// Applies a plan by its digest; the digest of the journal's last record comes with it.
    func apply(
        planNamed name: String, order: ApplyOrder
    ) async throws -> (applied: AppliedRemediation, head: Digest) {
        guard let configuration = workspace.configuration, configuration.remediation.isEnabled else {
            throw CommandEnd(
                .usage,
                "remediation is not enabled, so nothing is written: audit.yaml needs remediation: {enabled: true, accounts: "
                    + "{NAME: {userName: …, password: …, accessToken: …}}}, with credentials of its own.")
        }
        let folder = RemediationFolder(ofDatabase: workspace.database)
        let plan = try folder.plan(name)
        let now = try workspace.now(isSynthetic: plan.isSynthetic)
        let settings = try environment(of: plan, configuration)
        let journal = try RemediationJournal.open(
            in: folder,
            holder: "audit remediate apply, \(order.process) since \(Workspace.clock().rfc3339)", now: now)
        if let earlier = Remediator.earlierApplication(of: plan, in: journal) { return (earlier, journal.head) }
        if let refusal = Remediator.refusal(of: plan, for: settings, in: journal, now: now) { throw refusal }
        try await refuseOtherPlatform(plan, settings)
        let login = try await login(for: plan, configuration)
        let remediator = Remediator(
            journal: journal, environment: settings, login: login, clock: clock(at: now))
        do throws(RemediationError) {
            let applied = try await remediator.apply(plan, order: order)
            return (applied, journal.head)
        } catch {
            if case .login(let failure) = error, failure.reason == .loginRefused { remember(login, of: plan, at: now) }
            throw error
        }
    }

    /// The machine's clocks, or the present that was given.
    private func clock(at now: Timestamp) -> CollectorClock {
        let system = CollectorClock.system
        guard workspace.hasNowOverride else { return system }
        return CollectorClock(now: { now }, uptime: system.uptime, sleep: system.sleep)
    }

    /// The plan's environment; another base URL is refused later, in words of its own.
    private func environment(
        of plan: RemediationPlan, _ configuration: AuditConfiguration
    ) throws -> EnvironmentSettings {
        guard let entry = configuration.environments.first(where: { $0.name == plan.environment }) else {
            throw CommandEnd(
                .usage,
                "the plan is for environment '\(plan.environment)', which audit.yaml does not have; nothing was written."
            )
        }
        guard case .platform(let settings) = entry.kind else {
            throw CommandEnd(
                .usage,
                "environment '\(plan.environment)' is an embedded emulator, which ends with each command and forgets what was "
                    + "written; serve one with 'audit emulator' to try plans.")
        }
        return settings
    }

    /// A plan that was made of a real platform must not be applied to an emulator at its address, nor the other way round.
    private func refuseOtherPlatform(_ plan: RemediationPlan, _ settings: EnvironmentSettings) async throws {
        guard settings.baseURL.isLoopback, let probe = try? await PlatformProbe.probe(settings) else { return }
        guard probe.isEmulator == plan.isSynthetic else {
            throw CommandEnd(
                .usage,
                "\(settings.baseURL) is \(probe.isEmulator ? "the emulator" : "not the emulator"), and the plan was made of "
                    + "\(plan.isSynthetic ? "an emulator" : "a real platform"); nothing was written.")
        }
    }

    /// Remediation's own credentials for the plan's client, got now.
    private func login(for plan: RemediationPlan, _ configuration: AuditConfiguration) async throws -> ResolvedLogin {
        guard let client = configuration.roster(of: plan.environment).first(where: { $0.id.number == plan.client })
        else {
            throw CommandEnd(
                .usage,
                "client \(plan.environment)/\(plan.client) of the plan is not on the roster (any more); nothing was written."
            )
        }
        guard client.code.isIdentical(to: plan.code) else {
            throw RemediationError.otherClient(plan: plan.code, answered: client.code, of: "audit.yaml")
        }
        guard let own = try configuration.remediationLogin(of: client.account, clientName: plan.code) else {
            throw CommandEnd(
                .usage,
                "remediation has no credentials for account '\(client.account)', whose client \(client.id) is; write them under "
                    + "remediation: {accounts: {\(client.account): …}}.")
        }
        let login = try await own.resolved(forCode: plan.code)
        for warning in login.warnings { Console.message("\(own.account): \(warning).") }
        if let clause = try await OwnCredentials.sharing(
            of: login, forCode: plan.code, in: plan.environment, configuration)
        {
            throw CommandEnd(.usage, "\(clause). Nothing was written.")
        }
        guard retriesRefusedLogin || !isRefused(login, of: plan) else {
            throw CommandEnd(
                .authentication,
                "the login of \(own.account) to \(plan.code) was refused before with this very credential, and is not tried "
                    + "again: change it, or say --retry-login. Nothing was written.")
        }
        return login
    }

    private func isRefused(_ login: ResolvedLogin, of plan: RemediationPlan) -> Bool {
        guard let store = try? SnapshotStore.open(at: workspace.database, access: .readOnly), let key = try? store.key()
        else { return false }
        let known = try? store.refusal(
            in: plan.environment, sessionKey: CollectorSource.sessionKey(login),
            fingerprint: key.fingerprint(of: login.fingerprintInput))
        return known != nil
    }

    private func remember(_ login: ResolvedLogin, of plan: RemediationPlan, at now: Timestamp) {
        do {
            let store = try SnapshotStore.open(at: workspace.database, access: .readWrite)
            try store.rememberRefusedLogin(
                in: plan.environment, sessionKey: CollectorSource.sessionKey(login),
                fingerprint: try store.key().fingerprint(of: login.fingerprintInput), at: now)
        } catch {
            Console.message(
                "the refusal could not be remembered, so the next attempt sends this credential again: \(error)")
        }
    }
}
