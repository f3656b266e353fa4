import AuditModel
import AuditPipeline
import LiveVoxAPI
import Policies
import Remediator

/// All that can be done about one run's failures: plans, and steps for people.
struct RemediationSheet {
    /// A plan with the client as people know it.
    struct ClientPlan {
        var client: Client
        var plan: RemediationPlan
    }

    /// One setting that somebody has to change in the portal.
    struct ManualStep {
        /// Where in the portal; nil for a setting that the catalogue does not know, and for a rule that names none.
        var portalTab: String?
        var client: Client
        var finding: String
        var rule: RuleFacts
        /// The setting; nil where the rule names none.
        var path: SettingPath?
        var now: SettingValue?
        /// What the rule asks for, as people read it.
        var wanted: String
        /// What else the client's rules ask of the same setting.
        var also: [SettingDemand]
        /// What the setting does; nil where nobody knows.
        var meaning: String?
        /// Why no plan does it, for the settings that plans can be made for.
        var reason: String?
    }

    /// Whether plans can be applied as things are.
    enum Permission: String {
        /// No configuration, or it says nothing of remediation.
        case off
        /// The configuration has it switched off.
        case disabled
        case enabled

        init(_ configuration: AuditConfiguration?) {
            guard let settings = configuration?.remediation else {
                self = .off
                return
            }
            self = settings.isEnabled ? .enabled : settings.accounts.isEmpty ? .off : .disabled
        }
    }

    let report: RemedyReport
    let permission: Permission
    /// The version in the paths of requests, as the configuration has it.
    let apiVersion: APIVersion?
    private(set) var plans: [ClientPlan] = []
    /// By portal tab, client, severity, rule and setting.
    private(set) var steps: [ManualStep] = []

    init(
        of report: RemedyReport, createdAt: Timestamp, expiresAt: Timestamp, permission: Permission,
        apiVersion: APIVersion?
    ) {
        self.report = report
        self.permission = permission
        self.apiVersion = apiVersion
        for client in report.clients {
            let plan = Self.plan(for: client, of: report.run, createdAt: createdAt, expiresAt: expiresAt)
            if let plan { plans.append(ClientPlan(client: client.client, plan: plan)) }
            for failure in client.failures {
                // A remedy that comes to no plan is a step, too: nothing that fails is left out.
                if case .writes = failure.remedy, plan != nil { continue }
                steps += Self.steps(for: failure)
            }
        }
        steps.sort { left, right in
            let (one, other) = (left.portalTab ?? "~", right.portalTab ?? "~")
            if one != other { return one < other }
            if left.client.id != right.client.id { return left.client.id < right.client.id }
            if left.rule.severity != right.rule.severity { return left.rule.severity.rank < right.rule.severity.rank }
            return left.rule.id < right.rule.id
        }
    }

    private static func plan(
        for client: ClientRemedies, of run: AuditRun, createdAt: Timestamp, expiresAt: Timestamp
    ) -> RemediationPlan? {
        guard let pool = client.pool, !client.additions.isEmpty || !client.removals.isEmpty else { return nil }
        func reasons(_ includes: ([Int64], [Int64]) -> Bool) -> [PlannedWrite.Reason] {
            client.failures.compactMap { failure in
                guard case .writes(let additions, let removals) = failure.remedy, includes(additions, removals) else {
                    return nil
                }
                return PlannedWrite.Reason(finding: failure.finding.id, rule: failure.rule.id)
            }
        }
        let writes =
            client.additions.map { voice in
                PlannedWrite(.add, Int(voice), reasons: reasons { additions, _ in additions.contains(voice) })
            }
            + client.removals.map { voice in
                PlannedWrite(.remove, Int(voice), reasons: reasons { _, removals in removals.contains(voice) })
            }
        let (defaultVoice, isKnown): (Int?, Bool) =
            switch pool.defaultVoice {
            case .notKnown: (nil, false)
            case .none: (nil, true)
            case .voice(let id): (Int(id), true)
            }
        return try? RemediationPlan(
            environment: run.environment, baseURL: run.baseURL, isSynthetic: run.isSynthetic,
            client: client.client.id.number, code: client.client.code,
            seen: PoolSeen(
                voices: pool.voices.map { Int($0) }, defaultVoice: defaultVoice, knowsDefaultVoice: isKnown,
                document: pool.document, run: run.id, answeredAt: pool.answeredAt),
            actions: writes, createdAt: createdAt, expiresAt: expiresAt, toolVersion: ToolVersion.current)
    }

    private static func steps(for failure: ClientRemedies.Failure) -> [ManualStep] {
        let finding = failure.finding
        var step = ManualStep(
            portalTab: nil, client: finding.client, finding: finding.id, rule: failure.rule, path: nil, now: nil,
            wanted: failure.rule.title, also: [], meaning: nil, reason: RemediationSheetWords.reason(failure.remedy))
        let steps = finding.result.comparisons.map { comparison in
            let definition = SettingsCatalogue.definition(at: comparison.path)
            step.portalTab = definition?.portalTab
            step.path = comparison.path
            step.now = comparison.actual
            step.wanted = comparison.wanted
            step.also = failure.demands[comparison.path] ?? []
            step.meaning = definition?.meaning
            return step
        }
        return steps.isEmpty ? [step] : steps
    }
}
