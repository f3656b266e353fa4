import AuditModel
import Reports

extension ClientPage {
    /// The page's twin.
    func json(
        _ history: ClientHistory, _ verdicts: [RuleVerdict], _ unchanged: [CurrentSetting]
    ) -> [UInt8] {
        Twin.document(
            "client",
            [
                .init(key: "client", value: history.client.json),
                .init(key: "nights", value: .count(history.nights.count)),
                .init(
                    key: "verdicts",
                    value: .list(verdicts) { entry in
                        [
                            "rule": .string(entry.facts.id), "severity": .string(entry.facts.severity.rawValue),
                            "verdict": .string(entry.verdict.rawValue), "waived": .bool(entry.isWaived),
                            "finding": entry.finding.map { $0.json(severity: entry.facts.severity) } ?? .null,
                        ]
                    }),
                .init(key: "settingsThatChanged", value: .list(history.settings, Twin.setting)),
                .init(key: "verdictsThatMoved", value: .list(history.flips, Twin.flip)),
                .init(
                    key: "exposure",
                    value: .list(history.exposures) { exposure in
                        [
                            "rule": .string(exposure.ruleID),
                            "failingSecondsAtLeast": .integer(exposure.atLeast.components.seconds),
                            "failingSecondsAtMost": .integer(exposure.atMost.components.seconds),
                            "failingNow": .bool(exposure.isOpen), "nights": .count(exposure.nights),
                        ]
                    }),
                .init(
                    key: "otherSettings",
                    value: .list(unchanged) { ["path": .string($0.path.dotted), "value": $0.value] }),
                .init(key: "notAssessed", value: .list(history.notes, SettingValue.string)),
            ])
    }
}
