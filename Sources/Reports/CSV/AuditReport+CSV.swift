import AuditModel

extension AuditReport {
    /// The findings for a spreadsheet: one row each, the failures first, then those that are waived, then what is
    /// unknown.
    ///
    /// Where a finding rests on several comparisons, their settings, expectations, values and reasons stand in one cell
    /// each, in the same order, with `; ` between them. (JSON has them apart.)
    var findingsTable: Table {
        Table(
            columns: [
                "environment", "run", "day", "synthetic", "finding", "verdict", "severity", "rule", "title", "client",
                "code", "name", "state", "failing_since", "setting", "expected", "actual", "reason", "missing",
                "message",
                "remediation", "controls", "waiver", "waiver_owner", "waiver_expires",
            ],
            rows: (failures + waived + unknowns).map { finding in
                let facts = facts(of: finding.result.ruleID)
                let comparisons = finding.result.comparisons
                return [
                    .string(run.environment.rawValue), .string(run.id.short), .string(day.description),
                    .bool(run.isSynthetic), .string(finding.id), .string(finding.result.verdict.rawValue),
                    .text(severity(of: finding)?.rawValue), .string(finding.result.ruleID), .text(facts?.title),
                    .count(finding.client.id.number), .string(finding.client.code), .string(finding.client.name),
                    .text(finding.transition?.rawValue), .time(finding.failingSince),
                    .joined(comparisons.map(\.path.dotted)), .joined(comparisons.map(ValueText.expected)),
                    .cell(comparisons.map(\.actual)), .joined(comparisons.map(\.reason.rawValue)),
                    .joined(finding.result.missing.map(\.rawValue)), .text(finding.result.message),
                    .text(facts?.remediation), .joined(facts?.controls.map(\.reference) ?? []),
                    .text(finding.waiver?.id), .text(finding.waiver?.owner),
                    .text(finding.waiver?.expires.description),
                ]
            })
    }
}

extension SettingValue {
    /// Several texts in one cell.
    static func joined(_ texts: [String]) -> SettingValue { .string(texts.joined(separator: "; ")) }

    /// Settings in one cell: a single number or flag as it is, everything else as JSON, so that text cannot be taken for a
    /// number; nothing where the setting is not there.
    static func cell(_ values: [SettingValue?]) -> SettingValue {
        if values.count == 1 {
            switch values[0] {
            case nil: return .null
            case .integer?, .number?, .bool?: return values[0] ?? .null
            case .null?, .string?, .array?, .object?: break
            }
        }
        return joined(values.map { value in value.map(CanonicalJSON.text(of:)) ?? "" })
    }
}
