public import AuditModel
import Drift
public import Policies
public import SnapshotStore

/// Tells of stored runs: one run, or what differs between two. Reads the store and nothing else.
public struct Chronicle: Sendable {
    let store: SnapshotStore
    let zone: DayZone
    let retired: Set<Client.ID>

    /// Tells from a store, with days in a zone.
    ///
    /// - Parameter retired: clients that are out of service on purpose, so that their leaving is no gap.
    public init(store: SnapshotStore, zone: DayZone, retired: Set<Client.ID> = []) {
        self.store = store
        self.zone = zone
        self.retired = retired
    }

    /// The policies that a run was judged by, compiled again from the texts that were stored with it; nil for a
    /// fetch-only run.
    ///
    /// - Throws: ``PipelineError/recordedPoliciesUnreadable(_:message:)`` where this version cannot read them.
    public func policySet(of run: AuditRun) throws -> PolicySet? {
        guard let digest = run.policySet, let texts = try store.policyTexts(ofSet: digest) else { return nil }
        let loaded = PolicyLoader.load(texts.map { PolicyFile(name: $0.name, text: $0.text) })
        guard let set = loaded.policySet else {
            let first = loaded.diagnostics.first { $0.severity == .error }
            throw PipelineError.recordedPoliciesUnreadable(run.id, message: first?.message ?? "no rules")
        }
        return set
    }

    /// The report of one run, compared with the sealed run of the same kind before it.
    public func report(
        of run: AuditRun, judgedBy judgements: Judgements, exitPolicy: ExitPolicy = ExitPolicy(),
        everyLoginWasRefused: Bool? = nil
    ) throws -> AuditReport {
        let previous = try store.previousSealedRun(before: run, kind: run.kind)
        let own = try judged(run, judgements)
        var builder = ReportBuilder(
            own: own, previous: try previous.map { try judged($0, judgements) }, zone: zone, retired: retired)
        return try builder.report(
            exitPolicy: exitPolicy, everyLoginWasRefused: try everyLoginWasRefused ?? builder.everyCaptureLacksALogin())
    }

    /// What differs between two runs of one environment.
    public func difference(
        from earlier: RunSelection, to later: RunSelection, filter: DiffFilter = DiffFilter()
    ) throws -> DiffReport {
        guard earlier.run.environment == later.run.environment else {
            throw PipelineError.differentEnvironments(earlier.run.environment, later.run.environment)
        }
        let builder = DiffBuilder(
            before: try judged(earlier.run, .recorded), after: try judged(later.run, .recorded), zone: zone,
            retired: retired)
        return try builder.report(from: earlier, to: later, filter: filter)
    }

    private func judged(_ run: AuditRun, _ judgements: Judgements) throws -> JudgedRun {
        try JudgedRun(run, in: store, judgedBy: judgements, recorded: try policySet(of: run))
    }
}
