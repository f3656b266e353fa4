import AuditModel

/// The report of a comparison of two runs, for terminals.
struct DiffText {
    let report: DiffReport
    let options: ReportOptions
    private var page: TextPage

    init(_ report: DiffReport, _ options: ReportOptions) {
        self.report = report
        self.options = options
        page = TextPage(options)
    }

    /// The report in UTF-8.
    var bytes: [UInt8] {
        var writer = self
        writer.write()
        return writer.page.bytes
    }

    private mutating func write() {
        page.unbroken("\(DigestSentence.text(for: report), .bold)")
        write("from", report.from)
        write("to  ", report.to)
        for note in report.notes { page.line("\("!", .yellow) \(VisibleText.prose(note))", hanging: 2) }
        if report.isEmpty {
            page.gap()
            page.line(
                report.incomparable.isEmpty
                    ? "Nothing differs." : "Nothing differs in what can be compared; what cannot is listed below.")
        }
        page.writeSettingsChanges(report.settingsChanges, showsAll: options.showsAll)
        page.writeMoves(report.verdictChanges, since: nil, showsAll: options.showsAll)
        writeRules()
        page.writeRoster(report.rosterChanges)
        writeIncomparable()
    }

    private mutating func write(_ name: String, _ side: DiffReport.Side) {
        page.line(
            "\(name, .bold)  \(side.sentence) \("(run \(side.run.id.short), \(side.run.stateWords), \(Words.count(side.clientCount, "client")))", .dim)",
            hanging: 6)
        guard let counts = side.counts else { return page.line("not judged", indent: 6) }
        let waived = counts.waived == 0 ? "" : ", \(counts.waived) waived"
        page.line(
            "\(counts.pass) pass, \(counts.fail) fail\(waived), \(counts.unknown) unknown, \(counts.notApplicable) not applicable",
            indent: 6)
    }

    /// The titles of the rules that verdict changes name.
    private mutating func writeRules() {
        guard !report.rules.isEmpty, !report.verdictChanges.isEmpty else { return }
        page.heading("RULES NAMED ABOVE")
        page.rows(
            report.rules.map { rule in
                [
                    "\(rule.id)", "\(rule.severity.rawValue, rule.severity.style)",
                    "\(VisibleText.prose(rule.title))",
                ]
            }, indent: 2)
    }

    private mutating func writeIncomparable() {
        guard !report.incomparable.isEmpty else { return }
        page.heading("NOT COMPARABLE")
        for entry in IncomparableGroups.grouped(report.incomparable) {
            let clients = Words.clients(entry.clients, limit: options.showsAll ? .max - 1 : 6)
            let groups = entry.groups.map(\.rawValue).joined(separator: ", ")
            page.line(
                "\("?", .yellow) \(clients, .bold): \(groups): before \(entry.before); after \(entry.after)", indent: 2,
                hanging: 6)
        }
    }
}

extension DiffReport.Side {
    /// `2026-11-01 → run of 2026-10-29, 3 days earlier`; the day alone where that is what was asked.
    var sentence: String {
        let run = asked == day.description ? asked : "\(asked) → run of \(day)"
        return note.map { "\(run), \($0)" } ?? run
    }
}
