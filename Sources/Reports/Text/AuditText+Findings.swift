import AuditModel

extension AuditText {
    /// How many clients of a rule are listed where only what is actionable is wanted; new failures are always listed.
    private static let clientLimit = 12

    mutating func writeFailures() {
        let rules = FindingsByRule.grouped(report.failures) { report.facts(of: $0) }
        let clients = Set(report.failures.map(\.client.id)).count
        guard !rules.isEmpty else {
            if report.run.kind == .full || !report.rules.isEmpty { page.heading("FAILURES", "none") }
            return
        }
        page.heading(
            "FAILURES",
            "\(Words.count(report.failures.count, "failure")) of \(Words.count(rules.count, "rule")) in \(Words.count(clients, "client"))"
        )
        let changes = ChangeIndex(report.settingsChanges)
        for (severity, rules) in FindingsByRule.bySeverity(rules) {
            page.gap()
            let count = rules.reduce(0) { $0 + $1.findings.count }
            page.line(
                "\(severity.glyph + " " + severity.rawValue.uppercased(), severity.style)  \(Words.count(count, "failure"), .dim)"
            )
            for rule in rules { write(rule, changes) }
        }
    }

    mutating func writeUnknowns() {
        guard !report.unknowns.isEmpty else { return }
        page.heading("UNKNOWN", "cannot be told, and therefore no pass")
        for group in UnknownGroup.grouped(report.unknowns) {
            let clients = Words.clients(group.clients, limit: options.showsAll ? .max - 1 : 3)
            let rules = Words.list(group.ruleIDs, limit: options.showsAll ? .max - 1 : 4)
            page.line("\("?", .yellow) \(clients, .bold): \(rules). \(group.reason)", indent: 2, hanging: 6)
        }
    }

    private mutating func write(_ rule: FindingsByRule, _ changes: ChangeIndex) {
        let facts = rule.facts
        let news = rule.newCount > 0 ? ", \(Words.number(rule.newCount)) new" : ""
        page.gap()
        page.line(
            "\(facts.id, .bold)  \(VisibleText.prose(facts.title))  \("[\(Words.count(rule.clientCount, "client"))\(news)]", .dim)",
            indent: 2, hanging: 6)
        for requirement in rule.requirements { write(requirement, changes) }
        let messages = distinct(rule.findings.compactMap(\.result.message))
        if messages.count == 1 { page.line("\(VisibleText.prose(messages[0]))", indent: 4, hanging: 6) }
        if let remediation = facts.remediation {
            page.line("\("Fix:", .green) \(VisibleText.prose(remediation))", indent: 4, hanging: 9)
        }
        if options.showsAll, let rationale = facts.rationale {
            page.line("\("Why:", .dim) \(VisibleText.prose(rationale))", indent: 4, hanging: 9)
        }
        if !facts.controls.isEmpty {
            let controls = facts.controls.map { "\($0.reference) (\($0.strength.rawValue))" }.joined(separator: ", ")
            page.line("\("Controls:", .dim) \(controls, .dim)", indent: 4, hanging: 6)
        }
    }

    private mutating func write(_ requirement: Requirement, _ changes: ChangeIndex) {
        if let path = requirement.path, let expected = requirement.expected {
            page.line("\(path.shown, .cyan): expected \(expected)", indent: 4, hanging: 6)
        }
        let listed = requirement.rows.enumerated().filter { index, row in
            options.showsAll || row.finding.isNews || index < Self.clientLimit
        }.map(\.element)
        page.rows(listed.map { cells($0, requirement, changes) }, indent: 6)
        if listed.count < requirement.rows.count {
            page.line("\("and \(Words.number(requirement.rows.count - listed.count)) more", .dim)", indent: 6)
        }
        for note in requirement.notes {
            page.line("\("Note: \(VisibleText.prose(note))", .dim)", indent: 4, hanging: 6)
        }
    }

    private func cells(_ row: Requirement.Row, _ requirement: Requirement, _ changes: ChangeIndex) -> [TerminalText] {
        var cells: [TerminalText] = ["\(Words.label(row.finding.client))"]
        if let comparison = row.comparison {
            let place = comparison.path == requirement.path ? "" : "\(comparison.path.shown) "
            let more = row.shown.leftOutWords.map { " " + $0 } ?? ""
            cells.append("\(place)\(ValueText.actual(comparison), .red)\(more, .dim)")
        }
        cells.append(status(row, changes))
        return cells
    }

    /// `new, was 5  F-1b2c3d4e`
    private func status(_ row: Requirement.Row, _ changes: ChangeIndex) -> TerminalText {
        let finding = row.finding
        var words = finding.transition.map(\.words) ?? ""
        if let path = row.comparison?.path, let change = changes.change(of: finding.client.id, at: path) {
            words += ", was \(ValueText.of(change.before))"
        } else if !finding.isNews, let since = finding.failingSince {
            words += " since \(since.rfc3339.prefix(10))"
        }
        let style: TerminalText.Style = finding.isNews ? .boldRed : .dim
        return "\(words, style)  \(finding.id, .dim)"
    }
}
