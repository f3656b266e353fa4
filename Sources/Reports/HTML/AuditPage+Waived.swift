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
                    HTML("h4") {
                        Components.code(VisibleText.of(group.waiver.id))
                        " "
                        VisibleText.prose(group.waiver.reason)
                    }
                    HTML("p", [.class("tally")]) {
                        HTML("span", [group.waiver.daysLeft <= 14 ? .class("badge doubtful") : .class("badge")]) {
                            group.waiver.untilWords
                        }
                        VisibleText.prose(group.waiver.peopleWords)
                        if let condition = group.waiver.condition {
                            HTML("span", [.class("muted")]) { " · while " + VisibleText.prose(condition) }
                        }
                    }
                    Components.table(
                        "Failures under this waiver", ["Client", "Rule", "Verdict", "Actual", "Finding"],
                        group.findings.map(row))
                }
            }
        }
    }

    private func row(_ finding: Finding) -> [HTML] {
        [
            Components.client(finding.client),
            HTML("div") {
                Components.code(finding.result.ruleID)
                HTML("div", [.class("muted")]) { VisibleText.prose(facts(of: finding.result.ruleID)?.title ?? "") }
            },
            HTML("span", [.class("badge")]) { "fail, waived" },
            HTML("div") {
                finding.result.comparisons.map { comparison in
                    HTML("div") {
                        Components.code(comparison.path.shown)
                        " "
                        Components.code(ValueText.actual(comparison))
                    }
                }
            },
            Components.code(finding.id),
        ]
    }
}
