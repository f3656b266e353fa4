public import AuditModel
public import Drift
public import Policies
import SnapshotStore

/// Which verdicts two policy sets differ in, in the last of some nights and over all of them.
public struct PolicyDifferenceReport: Sendable {
    /// A verdict of the last night that differs.
    public struct Difference: Sendable {
        /// The client, as it was described in that night.
        public var client: Client
        /// What the old set says, with what it rests on.
        public var before: RuleResult
        /// What the new set says.
        public var after: RuleResult
    }

    /// The nights; one where only the last was asked for.
    public var nights: StoredNights
    /// How many clients are on a roster in at least one of the nights.
    public var clientCount: Int
    /// The rules of the new set, and of the old one where it alone has them, by id.
    public var facts: [String: RuleFacts]
    /// How many rules both have.
    public var sharedCount: Int
    /// The rules that both have and define differently, for at least one of the clients, by id.
    public var redefinedRules: [String]
    /// The verdicts of the last night that differ, by client, then by rule.
    public var differences: [Difference]
    /// How verdicts move over all nights, by rule.
    public var shifts: [PolicyComparison.Shift]
    /// The rules that only the new set has.
    public var added: [PolicyComparison.LoneRule]
    /// The rules that only the old set has.
    public var retired: [PolicyComparison.LoneRule]

    /// Whether no verdict differs in any of the nights, and both sets have the same rules.
    public var isEmpty: Bool { differences.isEmpty && shifts.isEmpty && added.isEmpty && retired.isEmpty }
}

extension Chronicle {
    /// Which verdicts two policy sets differ in. Nothing is stored, and waivers are not laid over.
    ///
    /// - Parameter clients: numbers, codes or `environment/number`; empty for all.
    /// - Throws: ``PipelineError/clientOfNoNight(_:suggestion:)``.
    public func policyDifference(
        from old: PolicySet, to new: PolicySet, over nights: StoredNights, clients texts: [String] = []
    ) throws -> PolicyDifferenceReport {
        var walk = try VerdictWalk(nights.runs, in: store, judgedBy: [old, new])
        let numbers = try walk.roster.numbers(of: texts)
        var comparison = PolicyComparison(
            before: old.facts.map(\.id), after: new.facts.map(\.id), nights: nights.runs.count)
        var clients: [Client.ID: Client] = [:]
        try walk.forEachClient(among: numbers) { client, stretches in
            clients[client.id] = client
            comparison.add(client.id, stretches)
        }
        var redefined = Self.redefined(from: old.ruleDigests, to: new.ruleDigests)
        // An override for some clients alone leaves the rule itself as it was.
        if old.differsByClient || new.differsByClient {
            for client in clients.values {
                redefined.formUnion(
                    Self.redefined(from: old.ruleDigests(for: client), to: new.ruleDigests(for: client)))
            }
        }
        return PolicyDifferenceReport(
            nights: nights, clientCount: comparison.clientCount,
            facts: Dictionary((new.facts + old.facts).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            sharedCount: comparison.sharedRules.count,
            redefinedRules: comparison.sharedRules.filter(redefined.contains),
            differences: try explained(comparison.differences, clients, old, new, in: nights),
            shifts: comparison.shifts, added: comparison.addedRules, retired: comparison.retiredRules)
    }

    private static func redefined(from old: [String: Digest], to new: [String: Digest]) -> Set<String> {
        Set(new.filter { old[$0.key] != $0.value }.keys)
    }

    /// The differences with what each side rests on. A client's snapshot is opened once for all its rules.
    private func explained(
        _ differences: [PolicyComparison.Difference], _ clients: [Client.ID: Client], _ old: PolicySet,
        _ new: PolicySet, in nights: StoredNights
    ) throws -> [PolicyDifferenceReport.Difference] {
        guard let run = nights.runs.last else { return [] }
        var snapshot: Snapshot?
        return try differences.compactMap { difference in
            if snapshot?.client.id != difference.client {
                guard let client = clients[difference.client],
                    let night = try store.night(of: difference.client, in: run.id)
                else { return nil }
                snapshot = Snapshot(client: client, groups: try store.content(of: night))
            }
            guard let snapshot, let before = old.result(of: difference.ruleID, for: snapshot, now: run.startedAt),
                let after = new.result(of: difference.ruleID, for: snapshot, now: run.startedAt)
            else { return nil }
            return PolicyDifferenceReport.Difference(client: snapshot.client, before: before, after: after)
        }
    }
}
