import AuditModel

extension AuditMarkdown {
    /// The failures that are accepted for now, by waiver.
    mutating func writeWaived() {
        guard !report.waived.isEmpty else { return }
        page.heading("Waived")
        page.paragraph("These fail, and a dated exception lies over them; they do not count for the exit status.")
        for group in WaivedGroup.grouped(report.waived) {
            let waiver = group.waiver
            page.heading("\(waiver.id) \(VisibleText.prose(waiver.reason))", level: 3)
            var lines: [MarkdownText] = ["\(waiver.untilWords)", "\(VisibleText.prose(waiver.peopleWords))"]
            if let condition = waiver.condition { lines.append("while \(VisibleText.prose(condition), .code)") }
            page.list(lines)
            page.table(
                ["client", "rule", "verdict", "setting", "actual", "finding"],
                group.findings.flatMap { finding -> [[MarkdownText]] in
                    finding.shownComparisons.map { shown in
                        [
                            "\(Words.label(finding.client))", "\(finding.result.ruleID)", "fail, waived",
                            shown.comparison.map { "\($0.path.shown, .code)" } ?? "", shown.actual,
                            "\(finding.id, .code)",
                        ]
                    }
                })
        }
    }
}
