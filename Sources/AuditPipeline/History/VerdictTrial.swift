import AuditModel
import Drift
import Policies
import SnapshotStore

/// Judges one client by one rule with the inputs of two nights mixed, to tell which of them made the verdict another.
struct VerdictTrial {
    /// All that a verdict follows from, of one night.
    private struct Side {
        var night: VerdictStory.Night
        var snapshot: Snapshot
        var policies: PolicySet
        var waivers: WaiversOnDay
    }

    private let ruleID: String
    private let before: Side
    private let after: Side

    init(
        ruleID: String, before: VerdictStory.Night, after: VerdictStory.Night, chronicle: Chronicle,
        memory: inout RecordedRules, client: Client.ID
    ) throws {
        self.ruleID = ruleID
        func side(_ night: VerdictStory.Night) throws -> Side {
            guard let policies = try memory.policies(of: night.run),
                let client = try chronicle.store.roster(of: night.run.id).first(where: { $0.id == client })
            else { throw PipelineError.recordedPoliciesUnreadable(night.run.id, message: "no rules") }
            return Side(
                night: night, snapshot: try Snapshot(client: client, captures: night.captures, in: chronicle.store),
                policies: policies, waivers: try memory.waivers(of: night.run))
        }
        self.before = try side(before)
        self.after = try side(after)
    }

    /// The move between the two nights with its causes.
    func move(missed: [CalendarDay]) -> VerdictStory.Move {
        let inputs = differing
        let (earlier, later) = (standing(taking: []), standing(taking: Set(inputs)))
        var sufficient = Counterfactual.sufficientSets(of: inputs) { Outcome(standing(taking: $0)) }
        // What the recorded inputs do not lead to by this version was made by another one.
        let isReproduced = earlier.isLike(before.night.standing) && later.isLike(after.night.standing)
        let involvesTool = !isReproduced || sufficient.isEmpty
        if involvesTool, later.isLike(earlier) { sufficient = [] }
        let chosen = Set(sufficient.flatMap { $0 })
        var causes = Set(chosen.map(cause))
        if involvesTool { causes.insert(.tool) }
        return VerdictStory.Move(
            before: before.night, after: after.night, missed: missed, differing: inputs, sufficient: sufficient,
            causes: VerdictStory.Cause.allCases.filter(causes.contains), changes: changes(in: chosen),
            evidence: evidence(in: chosen), fields: causes.contains(.rule) ? fields : [])
    }

    /// A standing as far as it counts.
    private struct Outcome: Equatable {
        var verdict: Verdict?
        var isWaived: Bool

        init(_ standing: VerdictStory.Standing) {
            verdict = standing.verdict
            isWaived = standing.waiver != nil
        }
    }

    /// What the rule says with some inputs taken from the later night and all others from the earlier one.
    private func standing(taking inputs: Set<VerdictStory.Input>) -> VerdictStory.Standing {
        func side(_ input: VerdictStory.Input) -> Side { inputs.contains(input) ? after : before }
        let client = side(.client).snapshot.client
        let snapshot = Snapshot(client: client, groups: PerGroup { side(.group($0)).snapshot.groups[$0] })
        let result = side(.policies).policies.result(of: ruleID, for: snapshot, now: side(.now).night.run.startedAt)
        guard let result else { return VerdictStory.Standing(verdict: nil, waiver: nil) }
        let waivers = WaiversOnDay(side(.waivers).waivers.waivers, on: side(.day).waivers.day)
        return VerdictStory.Standing(
            verdict: result.verdict, waiver: waivers.facts(over: result, of: client) { snapshot })
    }

    private var differing: [VerdictStory.Input] {
        var inputs: [VerdictStory.Input] = SettingsGroup.allCases
            .filter { before.snapshot.groups[$0].capture != after.snapshot.groups[$0].capture }.map { .group($0) }
        if before.night.run.policySet != after.night.run.policySet { inputs.append(.policies) }
        if before.night.run.waiverSet != after.night.run.waiverSet { inputs.append(.waivers) }
        let hasWaivers = [before, after].contains { !$0.waivers.waivers.waivers.isEmpty }
        if hasWaivers, before.waivers.day != after.waivers.day { inputs.append(.day) }
        if before.snapshot.client != after.snapshot.client { inputs.append(.client) }
        if before.policies.readsNow(ruleID) || after.policies.readsNow(ruleID) { inputs.append(.now) }
        return inputs
    }

    private func cause(of input: VerdictStory.Input) -> VerdictStory.Cause {
        switch input {
        case .group(let group):
            before.snapshot.groups[group].value != nil && after.snapshot.groups[group].value != nil
                ? .setting : .evidence
        case .policies: .rule
        case .waivers: .waiver
        // Where neither side is waived, one that ended on the way would have covered the later failure.
        case .day: after.night.standing.waiver != nil ? .waiverBegan : .waiverExpired
        case .client: .client
        case .now: .time
        }
    }

    /// The settings that changed in the groups that made the move, as far as the rule compares them.
    private func changes(in chosen: Set<VerdictStory.Input>) -> [Change] {
        let patterns = before.policies.paths(comparedBy: ruleID) + after.policies.paths(comparedBy: ruleID)
        let changes = Changes.between(before.snapshot, after.snapshot).changes
            .filter { chosen.contains(.group($0.path.group)) }
        let compared = Set(CausalPaths.paths(of: changes, comparedBy: patterns))
        // A waiver's condition may read what the rule does not.
        return compared.isEmpty ? changes : changes.filter { compared.contains($0.path) }
    }

    private func evidence(in chosen: Set<VerdictStory.Input>) -> [IncomparableGroup] {
        Changes.between(before.snapshot, after.snapshot).incomparable.filter { chosen.contains(.group($0.group)) }
    }

    /// The fields that the rule has otherwise for this client.
    private var fields: [VerdictStory.FieldChange] {
        let one = values(of: before)
        let other = values(of: after)
        return Set(one.keys).union(other.keys).sorted { $0.precedesInUTF16($1) }.compactMap { name in
            let (earlier, later) = (one[name], other[name])
            guard earlier != later else { return nil }
            return VerdictStory.FieldChange(name: name, before: earlier, after: later)
        }
    }

    private func values(of side: Side) -> [String: String] {
        let fields = side.policies.explanation(of: ruleID, for: side.snapshot.client)?.fields ?? []
        return Dictionary(fields.map { ($0.name, $0.saying.value) }, uniquingKeysWith: { $1 })
    }
}
