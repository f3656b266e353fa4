import AuditModel

extension AuditPage {
    /// The failures that are accepted for now, by waiver.
    var waived: HTML {
        Components.section(
            "waived", "Waived", count: report.waived.count,
            remark: "These fail, and a dated exception lies over them; they do not count for the exit status."
        ) {
            WaivedGroup.grouped(report.waived).map { group in
                HTML("article", [.class("rule info")]) {
                    HTML("h3") {
                        Components.code(VisibleText.of(ValueText.shortened(group.waiver.id)))
                        " "
                        VisibleText.prose(group.waiver.reason)
                    }
                    HTML("p", [.class("tally")]) {
                        HTML("span", [group.waiver.daysLeft <= 14 ? .class("badge doubtful") : .class("badge")]) {
                            group.waiver.untilWords
                        }
                        HTML("span", [.class("n")]) { Words.count(group.findings.count, "failure") }
                        HTML("span") { VisibleText.prose(group.waiver.peopleWords) }
                        if let condition = group.waiver.condition {
                            HTML("span") { "while " + VisibleText.prose(condition) }
                        }
                    }
                    Components.table(
                        "Failures under this waiver", ["Clients", "Rule", "Verdict", "Actual"],
                        WaivedRow.grouped(group.findings).map(row))
                }
            }
        }
    }

    private func row(_ row: WaivedRow) -> Components.FindingsRow {
        let result = row.findings[0].result
        return (
            keys.attributes([result.ruleID], .waived, severity: result.severity),
            row.findings.map { ($0.client, $0.id) },
            [
                HTML("div") {
                    Components.code(ValueText.shortened(result.ruleID))
                    HTML("div", [.class("muted")]) {
                        VisibleText.prose(facts(of: result.ruleID)?.title ?? "")
                    }
                },
                HTML("span", [.class("badge")]) { "fail, waived" },
                HTML("div") {
                    row.findings[0].shownComparisons.map(value)
                },
            ]
        )
    }
}

extension AuditPage {
    private func value(_ shown: ShownComparison) -> HTML {
        guard let comparison = shown.comparison else { return .empty }
        return .joined([
            HTML("div") {
                Components.code(comparison.path.shown)
                " "
                Components.code(ValueText.actual(comparison))
            },
            shown.leftOutWords.map { words in HTML("div", [.class("muted")]) { words } } ?? .empty,
        ])
    }
}

/// Waived failures of one rule that rest on the same values.
private struct WaivedRow {
    private struct Key: Hashable {
        var ruleID: String
        var severity: Severity?
        var values: [String]
    }

    /// By client; one or more.
    var findings: [Finding]

    /// By rule, in the order in which they come.
    static func grouped(_ findings: [Finding]) -> [WaivedRow] {
        var rows: [WaivedRow] = []
        var places: [Key: Int] = [:]
        for finding in findings {
            let key = Key(
                ruleID: finding.result.ruleID, severity: finding.result.severity,
                values: finding.result.comparisons.flatMap { [$0.path.shown, ValueText.actual($0)] })
            if let place = places[key] {
                rows[place].findings.append(finding)
            } else {
                places[key] = rows.count
                rows.append(WaivedRow(findings: [finding]))
            }
        }
        return rows
    }
}
