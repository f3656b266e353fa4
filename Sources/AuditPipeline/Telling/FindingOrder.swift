import AuditModel
import Policies

/// The order of findings in every report: by severity, then rule, then client.
struct FindingOrder {
    private let severities: [String: Severity]

    init(_ policies: PolicySet?) {
        severities = Dictionary(policies?.facts.map { ($0.id, $0.severity) } ?? []) { first, _ in first }
    }

    func sorted(_ findings: [Finding]) -> [Finding] {
        // The place of each in the order is a few numbers, found once: findings are large, and thousands are no rarity.
        var rules: [String: Int] = [:]
        for (place, rule) in Set(findings.map(\.result.ruleID)).sorted().enumerated() { rules[rule] = place }
        var environments: [EnvironmentName: Int] = [:]
        for (place, name) in Set(findings.map(\.client.id.environment)).sorted().enumerated() {
            environments[name] = place
        }
        let keys = findings.indices.map { index in
            let finding = findings[index]
            return (
                severity: severity(of: finding)?.rank ?? 0, rule: rules[finding.result.ruleID] ?? 0,
                environment: environments[finding.client.id.environment] ?? 0, client: finding.client.id.number,
                index: index
            )
        }
        return keys.sorted { $0 < $1 }.map { findings[$0.index] }
    }

    private func severity(of finding: Finding) -> Severity? {
        finding.result.severity ?? severities[finding.result.ruleID]
    }
}
