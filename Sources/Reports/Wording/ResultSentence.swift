import AuditModel

/// One result as a plain sentence, harmless wherever it is shown: one line, nothing invisible, values shortened.
enum ResultSentence {
    /// The most comparisons that one sentence tells.
    private static let limit = 5

    /// What the result says, without the rule: `ACME (na3/4199): internal.x is 10, expected at most 5.`
    static func text(of result: ReportedResult) -> String {
        let client = ValueText.shortened(VisibleText.of(Words.label(result.client)))
        return "\(client): \(statement(of: result))"
    }

    /// The same without the client.
    static func statement(of result: ReportedResult) -> String {
        switch result.verdict {
        case .pass: return "the rule holds."
        case .notApplicable:
            let reason = result.notApplicableReason.map { ": " + ValueText.shortened(VisibleText.prose($0)) } ?? ""
            return "the rule does not apply\(reason)."
        case .unknown: return "it cannot be told" + reason(of: result.finding) + "."
        case .fail: return failure(result.finding) + "."
        case .waived:
            guard let waiver = result.finding?.waiver else { return failure(result.finding) + "." }
            return failure(result.finding) + "; " + justification(of: waiver)
        }
    }

    /// `waived until 2027-03-31 by W-2026-014: …; owner …, approved by … (SEC-1182).`
    static func justification(of waiver: WaiverFacts) -> String {
        let parts = [waiver.id, waiver.reason, waiver.peopleWords].map { ValueText.shortened(VisibleText.prose($0)) }
        let condition = waiver.condition.map { "; while " + ValueText.shortened(VisibleText.prose($0)) } ?? ""
        return "waived until \(waiver.expires) by \(parts[0]): \(parts[1]); \(parts[2])\(condition)."
    }

    /// `internal.x is 10, expected at most 5`.
    static func comparison(_ comparison: Comparison) -> String {
        let path = VisibleText.of(comparison.path.shown)
        let expected = ValueText.shortened(VisibleText.prose(ValueText.expected(comparison)))
        return "\(path) is \(VisibleText.of(ValueText.actual(comparison))), expected \(expected)"
    }

    private static func failure(_ finding: Finding?) -> String {
        guard let finding else { return "the rule does not hold" }
        var clauses = finding.result.comparisons.prefix(limit).map(comparison)
        let left = finding.result.comparisons.count - clauses.count
        if left > 0 { clauses.append("and \(Words.number(left)) more") }
        if let message = finding.result.message {
            clauses.append(ValueText.shortened(VisibleText.prose(message)))
        }
        return clauses.isEmpty ? "the rule does not hold" : clauses.joined(separator: "; ")
    }

    private static func reason(of finding: Finding?) -> String {
        guard let finding else { return "" }
        let missing = finding.result.missing.map(\.rawValue)
        var clauses = missing.isEmpty ? [] : ["\(missing.joined(separator: ", ")) could not be read"]
        clauses += finding.result.comparisons.prefix(limit).map(comparison)
        if let message = finding.result.message {
            clauses.append(ValueText.shortened(VisibleText.prose(message)))
        }
        return clauses.isEmpty ? "" : ": " + clauses.joined(separator: "; ")
    }
}
