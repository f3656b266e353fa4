import AuditModel
import AuditTestSupport

/// The sample reports with a hostile string wherever one can come from outside: settings, names, codes, servers' messages,
/// policies' texts.
enum HostileReports {
    /// What must never act, whatever the format; each is found in the reports in a harmless form.
    static let strings: [String] =
        hostileStrings + [
            "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "' onmouseover='alert(1)",
            "javascript:alert(1)",
            "</style><script>alert(1)</script>", "--><script>", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "\t=1+1",
            "\u{1B}]0;title\u{7}", "\u{1B}[2J", "\u{9B}31m", "\u{7F}\u{8}", "\u{200F}\u{202A}\u{2066}abc\u{2069}",
            "\u{FEFF}\u{200B}\u{AD}", "\u{E0041}\u{FE0F}", String(repeating: "x", count: 10_240),
            "a" + String(repeating: "\u{301}", count: 5000), "line\rreturn\u{85}next\u{2029}para", "%{x}|$(reboot)`id`",
        ]

    static func night(_ hostile: String) -> AuditReport {
        var report = SampleReports.night
        report.timeZone = hostile
        report.run.baseURL = hostile
        report.run.toolVersion = hostile
        report.notAssessed.append(hostile)
        report.warnings.append(hostile)
        report.conditions.append(ExitCondition(.incomplete, hostile))
        for index in report.failures.indices {
            report.failures[index].client.code = hostile
            report.failures[index].client.name = hostile
            report.failures[index].result.message = hostile
            report.failures[index].result.comparisons = [
                Comparison(
                    path: SettingPath(.settings, key: hostile), expected: hostile, actual: .string(hostile),
                    reason: .violated, note: hostile)
            ]
        }
        for index in report.waived.indices {
            report.waived[index].client.code = hostile
            report.waived[index].waiver?.id = hostile
            report.waived[index].waiver?.reason = hostile
            report.waived[index].waiver?.owner = hostile
            report.waived[index].waiver?.approver = hostile
            report.waived[index].waiver?.ticket = hostile
            report.waived[index].waiver?.condition = hostile
            report.waived[index].result.comparisons[0].path = SettingPath(.settings, key: hostile)
            report.waived[index].result.comparisons[0].actual = .string(hostile)
        }
        for index in report.verdictChanges.indices {
            report.verdictChanges[index].client.code = hostile
            if report.verdictChanges[index].waiverAfter != nil { report.verdictChanges[index].waiverAfter = hostile }
        }
        for index in report.rules.indices {
            report.rules[index].facts.title = hostile
            report.rules[index].facts.rationale = hostile
            report.rules[index].facts.remediation = hostile
            report.rules[index].facts.controls = [ControlReference(reference: hostile, caveat: hostile)]
        }
        for index in report.completeness.failures.indices {
            report.completeness.failures[index].failure.detail = hostile
            report.completeness.failures[index].failure.request = hostile
        }
        report.policies[0].title = hostile
        report.policies[0].owner = hostile
        report.policies[0].file = hostile
        report.settingsChanges = changes(hostile)
        report.rosterChanges[1].before = hostile
        report.rosterChanges[1].after = hostile
        report.deviations[0].path = SettingPath(.settings, key: hostile)
        return report
    }

    static func diff(_ hostile: String) -> DiffReport {
        var report = SampleReports.diff
        report.from.asked = hostile
        report.from.note = hostile
        report.notes = [hostile]
        report.settingsChanges = changes(hostile)
        report.rosterChanges[0].before = hostile
        for index in report.rules.indices { report.rules[index].title = hostile }
        for index in report.verdictChanges.indices {
            report.verdictChanges[index].client.code = hostile
            report.verdictChanges[index].paths = [SettingPath(.settings, key: hostile)]
        }
        report.incomparable[0].group.after = .failure(CaptureFailure(.rejected, request: hostile, detail: hostile))
        return report
    }

    private static func changes(_ hostile: String) -> [SharedChange] {
        let client = Client(
            id: SampleFleet.clients[0].id, code: hostile, name: hostile, account: hostile, labels: [hostile: hostile])
        let value: SettingValue = [hostile: .string(hostile), "list": [.string(hostile)]]
        let selected = SettingPath(
            .messaging,
            [.key("property"), .selected(key: "key", value: .string(hostile), occurrence: 1), .key("value")])
        return [
            SharedChange(
                change: Change(path: selected, before: .string(hostile), after: value),
                clients: [client, SampleFleet.clients[1]], flippedRules: [hostile]),
            SharedChange(
                change: Change(path: SettingPath(.settings, key: hostile), before: nil, after: value), clients: [client]
            ),
        ]
    }
}
