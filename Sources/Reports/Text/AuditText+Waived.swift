import AuditModel

extension AuditText {
    /// The failures that are accepted for now: each stays a failure, with the waiver that lies over it.
    mutating func writeWaived() {
        guard !report.waived.isEmpty else { return }
        let clients = Set(report.waived.map(\.client.id)).count
        page.heading(
            "WAIVED",
            "\(Words.count(report.waived.count, "failure")) in \(Words.count(clients, "client")) that \(report.waived.count == 1 ? "does" : "do") not count"
        )
        for group in WaivedGroup.grouped(report.waived) { write(group) }
    }

    private mutating func write(_ group: WaivedGroup) {
        let waiver = group.waiver
        page.gap()
        page.line(
            "\(VisibleText.of(waiver.id), .bold)  \(waiver.untilWords, waiver.daysLeft <= 14 ? .yellow : .dim)",
            indent: 2,
            hanging: 6)
        page.line("\(VisibleText.prose(waiver.reason))", indent: 4, hanging: 6)
        page.line("\("\(VisibleText.prose(waiver.peopleWords))", .dim)", indent: 4, hanging: 6)
        if let condition = waiver.condition {
            page.line("\("while \(VisibleText.prose(condition))", .dim)", indent: 4, hanging: 6)
        }
        let limit = options.showsAll ? group.findings.count : 12
        page.rows(
            group.findings.prefix(limit).map { finding in
                let values = finding.result.comparisons.map { comparison -> String in
                    "\(comparison.path.shown) \(ValueText.actual(comparison))"
                }
                return [
                    "\(Words.label(finding.client))", "\(finding.result.ruleID)",
                    "\("fail", .red) \(Words.list(values, limit: 2))  \(finding.id, .dim)",
                ]
            }, indent: 6)
        if group.findings.count > limit {
            page.line("\("and \(Words.number(group.findings.count - limit)) more", .dim)", indent: 6)
        }
    }
}
