public import AuditModel

/// When a failure counts for the exit status.
public struct ExitPolicy: Sendable, Hashable {
    /// The least severity that gives status 1.
    public var failOn: Severity
    /// Whether findings (1) are preferred to incomplete evidence (3).
    public var prefersFindings: Bool

    /// Joins the two.
    public init(failOn: Severity = .low, prefersFindings: Bool = false) {
        self.failOn = failOn
        self.prefersFindings = prefersFindings
    }
}

/// Which exit statuses hold for a judged run, each in words (decision 8: nothing missing is ever green).
enum ExitAssessment {
    static func conditions(
        completeness: Completeness, rules: [RuleSummary], failures: [Finding], unknowns: [Finding],
        everyLoginWasRefused: Bool, isFetchOnly: Bool, policy: ExitPolicy
    ) -> [ExitCondition] {
        let severities = Dictionary(rules.map { ($0.facts.id, $0.facts.severity) }) { first, _ in first }
        let counted = failures.filter {
            ($0.result.severity ?? severities[$0.result.ruleID] ?? .critical) >= policy.failOn
        }
        var conditions: [ExitCondition] = []
        if !counted.isEmpty {
            let clients = Set(counted.map(\.client.id)).count
            conditions.append(
                ExitCondition(
                    .findings,
                    "\(count(counted.count, "failure")) at or above \(policy.failOn.rawValue) in \(count(clients, "client"))."
                ))
        }
        let gaps = incompleteness(completeness, rules: rules, unknowns: unknowns, isFetchOnly: isFetchOnly)
        conditions += gaps.map { ExitCondition(.incomplete, $0) }
        if everyLoginWasRefused, completeness.clientsExpected > 0 {
            conditions.append(ExitCondition(.authentication, "Authentication was refused for every account."))
        }
        return conditions
    }

    /// Each gap in the evidence, as a sentence.
    static func incompleteness(
        _ completeness: Completeness, rules: [RuleSummary], unknowns: [Finding], isFetchOnly: Bool
    ) -> [String] {
        var gaps: [String] = []
        if completeness.clientsExpected == 0 {
            gaps.append("No client is on the roster, so nothing was audited; add clients to audit.yaml.")
        }
        if rules.isEmpty, !isFetchOnly {
            gaps.append("No rule was evaluated; name policy files under 'policies' in audit.yaml.")
        }
        if completeness.groupsFailed > 0 {
            gaps.append("\(count(completeness.groupsFailed, "settings group")) could not be read.")
        }
        if !unknowns.isEmpty { gaps.append("\(count(unknowns.count, "verdict")) could not be told.") }
        if !completeness.vanishedClients.isEmpty {
            let names = completeness.vanishedClients.map(\.id.description).joined(separator: ", ")
            gaps.append(
                "On the roster of the run before and gone now: \(names). Mark a client that is out of service with "
                    + "'retired: {date, reason}'.")
        }
        if !completeness.unassessedClients.isEmpty, !isFetchOnly, !rules.isEmpty {
            let names = completeness.unassessedClients.prefix(5).map(\.id.description).joined(separator: ", ")
            let more = completeness.unassessedClients.count - 5
            gaps.append(
                "No rule assesses \(names)\(more > 0 ? " and \(more) more" : ""); check the scopes of the rules.")
        }
        return gaps
    }

    /// `1 client`, `2 clients`.
    static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
