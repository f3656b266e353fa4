import AuditModel

/// A verdict as reports tell it: the four of ``Verdict``, and *waived* laid over a failure.
package enum ReportedVerdict: String, CaseIterable, Sendable {
    case pass, fail, waived, unknown, notApplicable

    init(_ verdict: Verdict, isWaived: Bool) {
        switch verdict {
        case .pass: self = .pass
        case .fail: self = isWaived ? .waived : .fail
        case .unknown: self = .unknown
        case .notApplicable: self = .notApplicable
        }
    }

    /// The verdict that was computed.
    var computed: Verdict {
        switch self {
        case .pass: .pass
        case .fail, .waived: .fail
        case .unknown: .unknown
        case .notApplicable: .notApplicable
        }
    }
}

/// The answer of one rule for one client, as the formats that have every result write it.
struct ReportedResult {
    /// The client.
    var client: Client
    /// The rule's id.
    var ruleID: String
    /// The verdict with its waiver.
    var verdict: ReportedVerdict
    /// What a failure, a waived failure or an unknown rests on; nil for the others.
    var finding: Finding?
    /// Why the rule does not apply; nil for all others.
    var notApplicableReason: String?
    /// How the verdict moved since the run before; nil where it did not.
    var move: VerdictChange?

    /// The id that the finding of this client and rule has, or would have.
    var findingID: String { finding?.id ?? Finding.id(client: client.id, ruleID: ruleID) }

    /// How bad the result is: what an override says for this client, else what the rule says; nil where no rule is told of.
    func severity(under rule: RuleFacts?) -> Severity? { finding?.result.severity ?? rule?.severity }

    /// A UUID for something about this pair of client and rule, the same in every run.
    func uuid(_ what: String) -> String {
        DerivedUUID.text(of: "\(what)\n\(client.id.environment)\n\(client.id.number)\n\(ruleID)")
    }
}

extension AuditReport {
    private struct Pair: Hashable {
        var client: Client.ID
        var ruleID: String
    }

    /// Every result of the run: failures, waived failures and unknowns in the report's order, then the passes, then what
    /// does not apply, both by client and rule.
    ///
    /// A finding that the grid of verdicts does not know is told all the same, and so is a failure of the grid that has no
    /// finding: nothing is lost where the two should disagree.
    var results: [ReportedResult] {
        let moves = Dictionary(
            verdictChanges.map { (Pair(client: $0.client.id, ruleID: $0.ruleID), $0) },
            uniquingKeysWith: { first, _ in first })
        var told: Set<Pair> = []
        var results: [ReportedResult] = []
        for finding in failures + waived + unknowns {
            let pair = Pair(client: finding.client.id, ruleID: finding.result.ruleID)
            told.insert(pair)
            results.append(
                ReportedResult(
                    client: finding.client, ruleID: pair.ruleID,
                    verdict: ReportedVerdict(finding.result.verdict, isWaived: finding.waiver != nil),
                    finding: finding, move: moves[pair]))
        }
        var rest: [ReportedVerdict: [ReportedResult]] = [:]
        for (row, client) in verdicts.clients.enumerated() {
            for (column, ruleID) in verdicts.ruleIDs.enumerated() {
                let pair = Pair(client: client.id, ruleID: ruleID)
                guard let cell = verdicts[row, column], !told.contains(pair) else { continue }
                let verdict = ReportedVerdict(cell.verdict, isWaived: false)
                rest[verdict, default: []].append(
                    ReportedResult(
                        client: client, ruleID: ruleID, verdict: verdict,
                        notApplicableReason: cell.notApplicableReason, move: moves[pair]))
            }
        }
        return results
            + ReportedVerdict.allCases.filter { $0 != .pass && $0 != .notApplicable }.flatMap { rest[$0] ?? [] }
            + (rest[.pass] ?? []) + (rest[.notApplicable] ?? [])
    }

    /// The facts of every rule, by id.
    var factsByID: [String: RuleFacts] {
        Dictionary(rules.map { ($0.facts.id, $0.facts) }, uniquingKeysWith: { first, _ in first })
    }
}
