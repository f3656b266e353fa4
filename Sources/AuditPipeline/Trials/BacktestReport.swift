public import AuditModel
public import Drift
public import Policies

/// What a candidate policy would have said of the stored nights.
public struct BacktestReport: Sendable {
    /// One rule.
    public struct Rule: Sendable {
        /// What the policy says of it.
        public var facts: RuleFacts
        /// What it would have said; nights by their position in ``BacktestReport/nights``.
        public var result: Backtest.Rule
        /// The histories of single clients that were asked for, by client.
        public var clients: [(client: Client, history: VerdictHistory)]
    }

    /// Whose histories are told one by one.
    public enum Details: Sendable {
        /// Nobody's.
        case none
        /// Of those that a rule fails or cannot judge in at least one night.
        case notable
        /// Of everyone that is looked at.
        case everyone
    }

    /// The nights.
    public var nights: StoredNights
    /// The candidate's policies.
    public var policies: [PolicyFacts]
    /// The clients that are on a roster in at least one of the nights, as far as they were looked at, by number; each as it
    /// was last described.
    public var clients: [Client]
    /// The rules, by id.
    public var rules: [Rule]
    /// The scopes that none of the clients is in, as they were last described.
    public var unmatchedScopes: [PolicySet.UnmatchedScope]
    /// How many different pieces of evidence were judged; the rest was remembered.
    public var judgedCount: Int

    /// Whether a rule judges a client in at least one night; otherwise the policy has said nothing.
    public var judgesAnyone: Bool { rules.contains(where: \.result.judgesAnyone) }
    /// Whether a rule fails for anyone in any night.
    public var hasFailures: Bool { rules.contains { $0.result.counts.fail > 0 } }
    /// Whether a verdict could not be told in any night.
    public var hasUnknowns: Bool { rules.contains { $0.result.counts.unknown > 0 } }
}

extension Chronicle {
    /// What a policy would have said, night by night, had it been there. Nothing is stored, and waivers are not laid over.
    ///
    /// Clients count with the labels that they had in each night.
    /// - Parameter clients: numbers, codes or `environment/number`; empty for all.
    /// - Throws: ``PipelineError/clientOfNoNight(_:suggestion:)``.
    public func backtest(
        _ policies: PolicySet, over nights: StoredNights, clients texts: [String] = [],
        details: BacktestReport.Details = .none
    ) throws -> BacktestReport {
        var walk = try VerdictWalk(nights.runs, in: store, judgedBy: [policies])
        let numbers = try walk.roster.numbers(of: texts)
        var backtest = Backtest(ruleIDs: policies.facts.map(\.id), nights: nights.runs.count) { _, history in
            switch details {
            case .none: false
            case .notable: history.counts.fail + history.counts.unknown > 0
            case .everyone: true
            }
        }
        var clients: [Client.ID: Client] = [:]
        try walk.forEachClient(among: numbers) { client, stretches in
            if !stretches.isEmpty { clients[client.id] = client }
            backtest.add(client.id, stretches)
        }
        var histories: [String: [(client: Client, history: VerdictHistory)]] = [:]
        for detail in backtest.details {
            guard let client = clients[detail.client] else { continue }
            histories[detail.ruleID, default: []].append((client, detail.history))
        }
        let known = clients.values.sorted { $0.id < $1.id }
        return BacktestReport(
            nights: nights, policies: policies.policies, clients: known,
            rules: zip(policies.facts, backtest.rules).map { facts, result in
                BacktestReport.Rule(facts: facts, result: result, clients: histories[facts.id] ?? [])
            }, unmatchedScopes: policies.unmatchedScopes(for: known), judgedCount: walk.judgedCount)
    }
}
