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
        for index in report.waivers.indices {
            report.waivers[index].facts.id = hostile
            report.waivers[index].facts.reason = hostile
            report.waivers[index].facts.owner = hostile
            report.waivers[index].facts.approver = hostile
            report.waivers[index].ruleIDs = [hostile]
            report.waivers[index].subject = hostile
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
        report.verdicts = verdicts(report.verdicts, hostile)
        return report
    }

    /// A hostile night of four clients and four rules, with one result of each kind at least: for what is slow to hold
    /// to every string.
    static func shortNight(_ hostile: String) -> AuditReport {
        var report = night(hostile)
        report.failures = Array(report.failures.prefix(3))
        report.waived = Array(report.waived.prefix(1))
        report.unknowns = Array(report.unknowns.prefix(2))
        report.rules = Array(report.rules.prefix(4))
        var grid = VerdictGrid(ruleIDs: report.rules.map(\.facts.id))
        for row in report.verdicts.clients.indices.prefix(4) {
            grid.append(
                report.verdicts.clients[row],
                grid.ruleIDs.indices.compactMap { column in
                    report.verdicts[row, column].map {
                        RuleResult(
                            ruleID: grid.ruleIDs[column], verdict: $0.verdict,
                            notApplicableReason: $0.notApplicableReason)
                    }
                })
        }
        report.verdicts = grid
        return report
    }

    /// The same verdicts of clients that are all called so; what does not apply says it as the reason.
    private static func verdicts(_ verdicts: VerdictGrid, _ hostile: String) -> VerdictGrid {
        var grid = VerdictGrid(ruleIDs: verdicts.ruleIDs)
        for (row, client) in verdicts.clients.enumerated() {
            let named = Client(
                id: client.id, code: hostile, name: hostile, account: hostile, labels: [hostile: hostile])
            grid.append(
                named,
                verdicts.ruleIDs.enumerated().compactMap { column, ruleID in
                    verdicts[row, column].map { cell in
                        RuleResult(
                            ruleID: ruleID, verdict: cell.verdict,
                            notApplicableReason: cell.notApplicableReason.map { _ in hostile })
                    }
                })
        }
        return grid
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
