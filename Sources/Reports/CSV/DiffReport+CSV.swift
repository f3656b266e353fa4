import AuditModel

extension DiffReport {
    /// The changes for a spreadsheet: one row for each change of each client. The column `what` tells `setting`, `verdict`,
    /// `roster` and `incomparable` apart; a row has only the cells that its kind has.
    var changesTable: Table {
        let severities = Dictionary(rules.map { ($0.id, $0.severity) }, uniquingKeysWith: { first, _ in first })
        return Table(
            columns: [
                "environment", "from_run", "from_day", "to_run", "to_day", "synthetic", "what", "kind", "client",
                "code",
                "name", "setting", "before", "after", "rule", "severity", "finding", "causes", "flipped_rules",
            ],
            rows: settingRows
                + verdictChanges.map { change in
                    row(
                        "verdict", change.transition?.rawValue ?? "", change.client,
                        [
                            .joined(change.paths.map(\.dotted)), .text(change.before?.rawValue),
                            .text(change.after?.rawValue), .string(change.ruleID),
                            .text(severities[change.ruleID]?.rawValue), .string(change.findingID),
                            .joined(change.causes.map(\.rawValue)), .null,
                        ])
                }
                + rosterChanges.map { change in
                    row(
                        "roster", change.kind.rawValue, change.client,
                        [.null, .text(change.before), .text(change.after), .null, .null, .null, .null, .null])
                }
                + incomparable.map { entry in
                    row(
                        "incomparable", "", entry.client,
                        [
                            .string(entry.group.group.rawValue), .string(entry.group.before.words),
                            .string(entry.group.after.words), .null, .null, .null, .null, .null,
                        ])
                })
    }

    private var settingRows: [[SettingValue]] {
        settingsChanges.flatMap { entry in
            entry.clients.map { client in
                row(
                    "setting", entry.change.kind.rawValue, client,
                    [
                        .string(entry.change.path.dotted), .cell([entry.change.before]), .cell([entry.change.after]),
                        .null, .null, .null, .null, .joined(entry.flippedRules),
                    ])
            }
        }
    }

    private func row(_ what: String, _ kind: String, _ client: Client, _ rest: [SettingValue]) -> [SettingValue] {
        [
            .string(to.run.environment.rawValue), .string(from.run.id.short), .string(from.day.description),
            .string(to.run.id.short), .string(to.day.description),
            .bool(from.run.isSynthetic || to.run.isSynthetic), .string(what), .string(kind),
            .count(client.id.number), .string(client.code), .string(client.name),
        ] + rest
    }
}
