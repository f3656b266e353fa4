import AuditModel

/// The report of a comparison of two runs in Markdown. It always has everything.
struct DiffMarkdown {
    let report: DiffReport
    private var page = MarkdownPage()

    init(_ report: DiffReport) { self.report = report }

    /// The report in UTF-8.
    var bytes: [UInt8] {
        var writer = self
        writer.write()
        return writer.page.bytes
    }

    private mutating func write() {
        page.paragraph("\(DigestSentence.text(for: report))")
        writeSides()
        page.list(report.notes.map { "\(VisibleText.prose($0))" })
        if report.isEmpty {
            page.paragraph(
                report.incomparable.isEmpty
                    ? "Nothing differs." : "Nothing differs in what can be compared; what cannot is listed below.")
        }
        page.writeSettingsChanges(report.settingsChanges)
        page.writeMoves(report.verdictChanges)
        writeRules()
        page.writeRoster(report.rosterChanges)
        writeIncomparable()
    }

    private mutating func writeSides() {
        page.table(
            ["", "asked for", "run", "state", "clients", "pass", "fail", "unknown", "not applicable"],
            [("from", report.from), ("to", report.to)].map { name, side in
                let counts = side.counts
                let verdicts: [MarkdownText] = [counts?.pass, counts?.fail, counts?.unknown, counts?.notApplicable]
                    .map { $0.map { "\($0)" } ?? "not judged" }
                return [
                    "\(name)", "\(side.sentence)", "\(side.run.id.short, .code)", "\(side.run.stateWords)",
                    "\(side.clientCount)",
                ] + verdicts
            })
    }

    /// The titles of the rules that verdict changes name.
    private mutating func writeRules() {
        guard !report.rules.isEmpty, !report.verdictChanges.isEmpty else { return }
        page.heading("Rules named above")
        page.table(
            ["rule", "severity", "title"],
            report.rules.map { rule in
                ["\(rule.id)", "\(rule.severity.rawValue)", "\(VisibleText.prose(rule.title))"]
            })
    }

    private mutating func writeIncomparable() {
        guard !report.incomparable.isEmpty else { return }
        page.heading("Not comparable")
        page.table(
            ["client", "group", "before", "after"],
            report.incomparable.map { entry in
                [
                    "\(Words.label(entry.client))", "\(entry.group.group.rawValue)", "\(entry.group.before.words)",
                    "\(entry.group.after.words)",
                ]
            })
    }
}
