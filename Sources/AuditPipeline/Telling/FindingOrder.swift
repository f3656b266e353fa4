import AuditModel
import Policies

/// The order of findings in every report: by severity, then rule, then client.
struct FindingOrder {
    private let severities: [String: Severity]

    init(_ policies: PolicySet?) {
        severities = Dictionary(policies?.facts.map { ($0.id, $0.severity) } ?? []) { first, _ in first }
    }

    func sorted(_ findings: [Finding]) -> [Finding] {
        findings.sorted { left, right in
            let ranks = (severity(of: left)?.rank ?? 0, severity(of: right)?.rank ?? 0)
            if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
            if left.result.ruleID != right.result.ruleID { return left.result.ruleID < right.result.ruleID }
            return left.client.id < right.client.id
        }
    }

    private func severity(of finding: Finding) -> Severity? {
        finding.result.severity ?? severities[finding.result.ruleID]
    }
}
