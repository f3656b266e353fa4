public import AuditModel
import Drift
public import Policies
public import SnapshotStore

/// Tells of stored runs: one run, or what differs between two. Reads the store and nothing else.
public struct Chronicle: Sendable {
    let store: SnapshotStore
    let zone: DayZone
    let retired: Set<Client.ID>
    private let rulings: RecordedRulings

    /// Tells from a store, with days in a zone.
    ///
    /// - Parameters:
    ///   - retired: clients that are out of service on purpose, so that their leaving is no gap.
    ///   - rulings: policies and waivers that were compiled before, in the same zone.
    public init(
        store: SnapshotStore, zone: DayZone, retired: Set<Client.ID> = [], rulings: RecordedRulings = RecordedRulings()
    ) {
        self.store = store
        self.zone = zone
        self.retired = retired
        self.rulings = rulings
    }

    /// The policies that a run was judged by, compiled again from the texts that were stored with it; nil for a
    /// fetch-only run.
    ///
    /// - Throws: ``PipelineError/recordedPoliciesUnreadable(_:message:)`` where this version cannot read them.
    public func policySet(of run: AuditRun) throws -> PolicySet? {
        guard let digest = run.policySet else { return nil }
        return try rulings.policies(digest) {
            guard let texts = try store.policyTexts(ofSet: digest) else { return nil }
            let loaded = PolicyLoader.load(
                texts.map { PolicyFile(name: $0.name, text: $0.text, layer: $0.layer) }, timeZones: zone.named)
            guard let set = loaded.policySet else {
                let first = loaded.diagnostics.first { $0.severity == .error }
                throw PipelineError.recordedPoliciesUnreadable(run.id, message: first?.message ?? "no rules")
            }
            return set
        }
    }

    /// The waivers that a run recorded, compiled again from the texts that were stored with it, on the day of the run.
    ///
    /// - Throws: ``PipelineError/recordedPoliciesUnreadable(_:message:)`` where this version cannot read them.
    public func waivers(of run: AuditRun) throws -> WaiversOnDay {
        let day = zone.day(of: run.startedAt)
        guard let digest = run.waiverSet else { return WaiversOnDay(.none, on: day) }
        let set = try rulings.waivers(digest) {
            guard let texts = try store.policyTexts(ofSet: digest) else { return nil }
            let loaded = WaiverLoader.load(texts.map { PolicyFile(name: $0.name, text: $0.text) })
            guard let set = loaded.waiverSet else {
                let first = loaded.diagnostics.first { $0.severity == .error }
                throw PipelineError.recordedPoliciesUnreadable(run.id, message: first?.message ?? "no waivers")
            }
            return set
        }
        return WaiversOnDay(set ?? .none, on: day)
    }

    /// The report of one run, compared with the sealed run of the same kind before it.
    ///
    /// - Parameters:
    ///   - waivers: the waivers to lay over the failures of both runs; nil for those that each recorded.
    ///   - clients: the clients that are told of, as though the runs had no others; nil for all.
    ///   - datesFailures: whether it is looked up since when each failure lasts, which goes back over many nights.
    public func report(
        of run: AuditRun, judgedBy judgements: Judgements, exitPolicy: ExitPolicy = ExitPolicy(),
        everyLoginWasRefused: Bool? = nil, waivers: WaiversOnDay? = nil, only clients: Set<Client.ID>? = nil,
        datesFailures: Bool = true
    ) throws -> AuditReport {
        let previous = try store.previousSealedRun(before: run, kind: run.kind)
        let own = try judged(run, judgements, waivers, only: clients)
        var builder = ReportBuilder(
            own: own,
            previous: try previous.map {
                try judged($0, judgements.withoutAssumptions, waivers, only: clients, like: own)
            }, zone: zone, retired: retired, datesFailures: datesFailures)
        var report = try builder.report(
            exitPolicy: exitPolicy, everyLoginWasRefused: try everyLoginWasRefused ?? builder.everyCaptureLacksALogin())
        report.log = try logFacts(of: run)
        // What is assumed is no night, and continues no line of nights.
        if !judgements.hasAssumptions, !report.rules.isEmpty {
            report.trend = try trend(of: run, counted: builder.counted) + [report.trendPoint]
        }
        return report
    }

    /// The judged nights before a run, in numbers.
    private func trend(of run: AuditRun, counted: [ResultsID: VerdictCounts]) throws -> [TrendPoint] {
        var sets: [Digest: WaiverSet] = [:]
        let reader = TrendReader(store: store, zone: zone) { earlier in
            let day = zone.day(of: earlier.startedAt)
            guard let digest = earlier.waiverSet else { return WaiversOnDay(.none, on: day) }
            let set = try sets[digest] ?? waivers(of: earlier).waivers
            sets[digest] = set
            return WaiversOnDay(set, on: day)
        }
        return try reader.points(before: run, counted: counted)
    }

    /// The ids of the waivers that lie over a failure of a run, or over a verdict that could not be told.
    public func waiversUsed(
        in run: AuditRun, judgedBy policies: PolicySet, waivers: WaiversOnDay
    ) throws -> Set<String> {
        let judged = try JudgedRun(run, in: store, judgedBy: .policies(policies), recorded: nil, waivers: waivers)
        var warnings = WaiverWarnings()
        for client in judged.roster where waivers.concern(client) {
            for result in try judged.results(of: client) {
                let waiver = try judged.waiver(over: result, of: client)
                warnings.note(result, of: client, waiver: waiver, in: waivers)
            }
        }
        return warnings.used
    }

    /// What differs between two runs of one environment.
    ///
    /// - Parameter clients: the clients that are told of, as though the runs had no others; nil for all. (A filter leaves the
    ///   counts of both sides as they are.)
    public func difference(
        from earlier: RunSelection, to later: RunSelection, filter: DiffFilter = DiffFilter(),
        only clients: Set<Client.ID>? = nil
    ) throws -> DiffReport {
        guard earlier.run.environment == later.run.environment else {
            throw PipelineError.differentEnvironments(earlier.run.environment, later.run.environment)
        }
        let before = try judged(earlier.run, .recorded, nil, only: clients)
        let after = try judged(later.run, .recorded, nil, only: clients, like: before)
        let builder = DiffBuilder(before: before, after: after, zone: zone, retired: retired)
        return try builder.report(from: earlier, to: later, filter: filter)
    }

    /// - Parameter other: a run whose policies need not be compiled again where this one has the same.
    private func judged(
        _ run: AuditRun, _ judgements: Judgements, _ waivers: WaiversOnDay?, only clients: Set<Client.ID>? = nil,
        like other: JudgedRun? = nil
    ) throws -> JudgedRun {
        let isSame = other.map { $0.run.policySet == run.policySet } ?? false
        return try JudgedRun(
            run, in: store, judgedBy: judgements,
            recorded: isSame ? other?.recorded : try policySet(of: run),
            waivers: try waivers ?? self.waivers(of: run), only: clients)
    }
}
