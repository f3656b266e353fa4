import AuditModel
import AuditPipeline
import Remediator
import Reports

extension RemediationSheet {
    private static let columns = [
        "kind", "environment", "client", "code", "rule", "severity", "finding", "plan", "write", "action", "voice",
        "request", "expiresAt", "portalTab", "setting", "isThere", "now", "wanted", "also", "fix", "reason", "meaning",
    ]

    /// The sheet for spreadsheets: one row a write, plan by plan, then one a manual step.
    var csvText: [UInt8] {
        Table(columns: Self.columns, rows: plans.flatMap(rows) + steps.map(row)).bytes(as: .csv)
    }

    private func row(_ kind: String, _ client: Client, _ cells: [String: SettingValue]) -> [SettingValue] {
        Self.columns.map { column in
            switch column {
            case "kind": .string(kind)
            case "environment": .string(client.id.environment.rawValue)
            case "client": TrialJSON.integer(client.id.number)
            case "code": .string(client.code)
            default: cells[column] ?? .null
            }
        }
    }

    private func rows(_ plan: ClientPlan) -> [[SettingValue]] {
        // The most severe first.
        let failures = report.clients.first { $0.client.id == plan.client.id }?.failures ?? []
        return plan.plan.actions.enumerated().map { index, write in
            let ids = Set(write.reasons.map(\.finding))
            let severity = failures.first { ids.contains($0.finding.id) }?.rule.severity
            return row(
                "write", plan.client,
                [
                    "rule": .string(write.reasons.map(\.rule).joined(separator: " ")),
                    "severity": severity.map { .string($0.rawValue) } ?? .null,
                    "finding": .string(write.reasons.map(\.finding).joined(separator: " ")),
                    "plan": .string(plan.plan.digest.hex), "write": TrialJSON.integer(index + 1),
                    "action": .string(write.kind.rawValue), "voice": TrialJSON.integer(write.voice),
                    "request": .string(request(write, client: plan.plan.client)),
                    "expiresAt": .string(plan.plan.expiresAt.rfc3339),
                ])
        }
    }

    private func row(_ step: ManualStep) -> [SettingValue] {
        func text(_ text: String?) -> SettingValue { text.map { .string($0) } ?? .null }
        return row(
            "manual", step.client,
            [
                "rule": .string(step.rule.id), "severity": .string(step.rule.severity.rawValue),
                "finding": .string(step.finding), "portalTab": text(step.portalTab), "setting": text(step.path?.dotted),
                "isThere": .bool(step.now != nil), "now": step.now.map(HistoryWords.shown) ?? .null,
                "wanted": .string(step.wanted), "also": .string(RemediationSheetWords.also(step.also)),
                "fix": text(step.rule.remediation.map { VisibleText.prose($0) }), "reason": text(step.reason),
                "meaning": text(step.meaning),
            ])
    }
}
