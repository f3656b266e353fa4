import AuditModel
import Reports

/// The findings of a run, as a question chooses them.
struct RunFindings {
    /// Which of the three kinds are asked for.
    enum Kind: String, CaseIterable {
        case failures, new, waived, unknown

        var words: String {
            switch self {
            case .failures: "Failures"
            case .new: "New failures"
            case .waived: "Waived failures"
            case .unknown: "Unknown"
            }
        }
    }

    /// The report with the findings that were chosen alone.
    let report: AuditReport
    /// The chosen findings in the report's order: failures, then waived, then unknown.
    let findings: [Finding]

    /// - Throws: ``DashboardProblem/notUnderstood(_:)`` for a word that is no severity or no kind.
    init(_ report: AuditReport, _ query: Query) throws {
        let severity = try query.severity()
        var kind: Kind?
        if let text = query[.verdict] {
            kind = Kind(rawValue: text)
            guard kind != nil else {
                throw DashboardProblem.notUnderstood(
                    "'\(text)' is no kind of finding; there are \(Kind.allCases.map(\.rawValue).joined(separator: ", "))."
                )
            }
        }
        let severities = Dictionary(
            report.rules.map { ($0.facts.id, $0.facts.severity) }, uniquingKeysWith: { first, _ in first })
        func isChosen(_ finding: Finding) -> Bool {
            if let severity, (finding.result.severity ?? severities[finding.result.ruleID]) != severity { return false }
            if let rule = query[.rule], !finding.result.ruleID.isIdentical(to: rule) { return false }
            if let client = query[.client], !ClientSearch.matches(finding.client, client) { return false }
            return true
        }
        var chosen = report
        switch kind {
        case nil: break
        case .failures?: (chosen.waived, chosen.unknowns) = ([], [])
        case .new?: (chosen.failures, chosen.waived, chosen.unknowns) = (report.newFailures, [], [])
        case .waived?: (chosen.failures, chosen.unknowns) = ([], [])
        case .unknown?: (chosen.failures, chosen.waived) = ([], [])
        }
        chosen.failures = chosen.failures.filter(isChosen)
        chosen.waived = chosen.waived.filter(isChosen)
        chosen.unknowns = chosen.unknowns.filter(isChosen)
        self.report = chosen
        findings = chosen.failures + chosen.waived + chosen.unknowns
    }

    /// `3 critical · 6 high`.
    static func severities(of report: AuditReport) -> String {
        let severities = Dictionary(
            report.rules.map { ($0.facts.id, $0.facts.severity) }, uniquingKeysWith: { first, _ in first })
        let counts = Dictionary(
            grouping: report.failures.compactMap { $0.result.severity ?? severities[$0.result.ruleID] }, by: \.self)
        return Severity.allCases.compactMap { severity in
            counts[severity].map { "\(Words.number($0.count)) \(severity.rawValue)" }
        }.joined(separator: " · ")
    }
}

/// Finds clients by what people know of them.
enum ClientSearch {
    /// Whether a client's number, id, code, name or one of its labels has the text in it; case does not count.
    static func matches(_ client: Client, _ text: String) -> Bool {
        let wanted = text.lowercased()
        let known =
            [client.id.description, client.code, client.name]
            + client.labels.flatMap { [$0.value, "\($0.key)=\($0.value)"] }
        return known.contains { $0.lowercased().contains(wanted) }
    }
}
