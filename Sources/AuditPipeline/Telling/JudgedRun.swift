public import AuditModel
import Drift
public import Policies
import SnapshotStore

/// By what a run's snapshots are judged.
public enum Judgements: Sendable {
    /// By the results that the run recorded.
    case recorded
    /// By a policy set, with settings that are assumed to have other values (what if?); nothing is stored.
    case policies(PolicySet, assuming: [SettingPath: SettingValue] = [:])

    /// Whether settings are assumed to be other than they are.
    var hasAssumptions: Bool {
        switch self {
        case .recorded: false
        case .policies(_, let assumed): !assumed.isEmpty
        }
    }

    /// The same rules over the settings as they were: what a "what if?" is compared with.
    var withoutAssumptions: Judgements {
        switch self {
        case .recorded: .recorded
        case .policies(let set, _): .policies(set)
        }
    }
}

/// A stored run with all that is needed to tell of it.
struct JudgedRun {
    let store: SnapshotStore
    let run: AuditRun
    /// By number.
    let roster: [Client]
    let nights: [Int: ClientNight]
    /// The rules that the results are of; nil for a fetch-only run that nothing judges.
    let policies: PolicySet?
    /// The waivers that are laid over its failures.
    let waivers: WaiversOnDay
    /// The policies that the run recorded, whatever it is judged by here.
    let recorded: PolicySet?
    private let judge: Judge?
    private let ruleDigests: [String: Digest]
    /// Whether overrides make the rules' digests differ from client to client.
    private let rulesDiffer: Bool
    private let assuming: [SettingPath: SettingValue]
    let isRecorded: Bool
    /// Whether clients of the run are left out, so that nothing may be told of it as a whole.
    let isPart: Bool

    /// - Parameter clients: the clients that are told of, as though the run had no others; nil for all.
    init(
        _ run: AuditRun, in store: SnapshotStore, judgedBy judgements: Judgements, recorded: PolicySet?,
        waivers: WaiversOnDay, only clients: Set<Client.ID>? = nil
    ) throws {
        self.waivers = waivers
        self.recorded = recorded
        self.store = store
        self.run = run
        isPart = clients != nil
        let all = try store.roster(of: run.id)
        if let clients {
            roster = all.filter { clients.contains($0.id) }
            let own = try roster.compactMap { try store.night(of: $0.id, in: run.id) }
            nights = Dictionary(own.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
        } else {
            roster = all
            nights = Dictionary(try store.nights(of: run.id).map { ($0.number, $0) }, uniquingKeysWith: { $1 })
        }
        switch judgements {
        case .recorded:
            policies = recorded
            assuming = [:]
            isRecorded = true
        case .policies(let set, let assumed):
            policies = set
            assuming = assumed
            isRecorded = false
        }
        judge = policies.map { Judge(store: store, policies: $0, now: run.startedAt) }
        ruleDigests = policies?.ruleDigests ?? [:]
        rulesDiffer = policies?.differsByClient ?? false
    }

    /// A client's results, by rule id; empty for a run that nothing judges.
    func results(of client: Client) throws -> [RuleResult] {
        guard let judge, let night = nights[client.id.number] else { return [] }
        if isRecorded, let id = night.results { return try store.results(id) }
        return try judge.results(of: client, captures: night.captures, assuming: assuming)
    }

    /// Reads the recorded results of some clients in one go, so that ``results(of:)`` finds them at hand: for a stretch of
    /// clients, not for a whole fleet.
    func prepareResults(of clients: some Sequence<Client>) throws {
        guard isRecorded, judge != nil else { return }
        _ = try store.results(of: Set(clients.compactMap { nights[$0.id.number]?.results }))
    }

    /// The waiver that lies over one of a client's results; nil where none does.
    func waiver(over result: RuleResult, of client: Client) throws -> WaiverFacts? {
        guard result.verdict == .fail, let judge, let night = nights[client.id.number] else { return nil }
        return try waivers.facts(over: result, of: client) {
            try judge.snapshot(of: client, night.captures, assuming: assuming)
        }
    }

    /// What a rule says of a client's captures, judged again as if the run had started at another moment.
    func verdict(of ruleID: String, for client: Client, at moment: Timestamp) throws -> Verdict? {
        guard let policies else { return nil }
        return policies.result(of: ruleID, for: try snapshot(of: client), now: moment)?.verdict
    }

    /// A client's captures with their content; of a client without a row nothing was attempted.
    func snapshot(of client: Client) throws -> Snapshot {
        let captures =
            nights[client.id.number]?.captures ?? PerGroup(repeating: .failure(CaptureFailure(.notAttempted)))
        return try Snapshot(client: client, captures: captures, in: store).assuming(assuming)
    }

    /// How often each verdict was given, over all clients.
    func counts() throws -> VerdictCounts {
        var sum = VerdictCounts()
        // Clients that were judged alike have one stored vector, which is counted once and as often as it is theirs.
        var uses: [ResultsID: Int] = [:]
        for client in roster {
            if isRecorded, !waivers.concern(client), let id = nights[client.id.number]?.results {
                uses[id, default: 0] += 1
                continue
            }
            for result in try results(of: client) {
                sum.add(result.verdict, isWaived: try waiver(over: result, of: client) != nil)
            }
        }
        let vectors = try store.verdicts(of: uses.keys)
        for (id, times) in uses {
            for verdict in vectors[id]?.verdicts ?? [] { sum.add(verdict, times: times) }
        }
        return sum
    }

    /// A client's verdicts as they were recorded, in the order of the results; nil where they are not all that counts,
    /// since a waiver may lie over them, or where there are none.
    func verdicts(of client: Client) throws -> VerdictVector? {
        guard isRecorded, judge != nil, !waivers.concern(client), let id = nights[client.id.number]?.results else {
            return nil
        }
        return try store.verdicts(id)
    }

    /// One side of a comparison of verdicts.
    ///
    /// - Parameter places: the rules that are compared, by their places in ``verdicts(of:)``; nil for all.
    func judgement(of client: Client, ofRulesAt places: [Int]? = nil) throws -> Judgement {
        var verdicts: [String: Verdict] = [:]
        var waived: [String: String] = [:]
        if let vector = try self.verdicts(of: client) {
            for place in places ?? Array(vector.verdicts.indices) where verdicts[vector.ruleIDs[place]] == nil {
                verdicts[vector.ruleIDs[place]] = vector.verdicts[place]
            }
        } else {
            let results = try results(of: client)
            for result in results { waived[result.ruleID] = try waiver(over: result, of: client)?.id }
            verdicts = Dictionary(results.map { ($0.ruleID, $0.verdict) }) { first, _ in first }
        }
        return Judgement(
            client: client, verdicts: verdicts,
            rules: rulesDiffer ? policies?.ruleDigests(for: client) ?? [:] : ruleDigests,
            missing: Set(SettingsGroup.allCases.filter { isFailed($0, of: client) }),
            evaluatorVersion: PolicySet.evaluatorVersion, waivers: waived)
    }

    private func isFailed(_ group: SettingsGroup, of client: Client) -> Bool {
        guard case .failure? = nights[client.id.number]?.captures[group] else { return false }
        return true
    }
}
