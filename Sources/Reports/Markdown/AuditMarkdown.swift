import AuditModel

/// A run's report in Markdown: for issues, wikis and chats. It always has everything.
struct AuditMarkdown {
    let report: AuditReport
    var page = MarkdownPage()

    init(_ report: AuditReport) { self.report = report }

    /// The report in UTF-8.
    var bytes: [UInt8] {
        var writer = self
        writer.write()
        return writer.page.bytes
    }

    private mutating func write() {
        page.paragraph("\(DigestSentence.text(for: report))")
        writeFacts()
        page.sentences("Warnings", report.warnings)
        writeCompleteness()
        writeFailures()
        writeWaived()
        writeWaiverLedger()
        writeUnknowns()
        page.writeMoves(report.verdictChanges)
        page.writeSettingsChanges(report.settingsChanges)
        page.writeRoster(report.rosterChanges)
        writeDeviations()
        writeRules()
        writePolicies()
        page.sentences("Not assessed", report.notAssessed)
        page.heading("Exit status \(String(report.exitStatus.rawValue))")
        page.list(
            report.conditions.isEmpty
                ? ["\(ExitStatus.success.meaning)"]
                : report.conditions.reversed().map { condition in
                    "\(String(condition.status.rawValue)): \(VisibleText.prose(condition.sentence))"
                })
    }

    private mutating func writeFacts() {
        let run = report.run
        let end: MarkdownText = run.sealedAt.map { " to \($0.rfc3339)" } ?? ""
        page.list(
            [
                "Run \(run.id.short, .code) of \(run.environment.rawValue) on \(report.day.description) (\(report.timeZone)), \(run.stateWords).",
                "\(run.baseURL, .code), \(run.startedAt.rfc3339)\(end), audit \(run.toolVersion).",
                report.previousRun.map {
                    "Compared with run \($0.id.short, .code), which started at \($0.startedAt.rfc3339)."
                }
                    ?? "A baseline: there is no sealed run before it to compare with.",
            ] + report.logSentences.map { "\($0)" })
    }

    private mutating func writeCompleteness() {
        let completeness = report.completeness
        page.heading("Completeness")
        page.list([
            "Clients: \(completeness.clientsCollected) of \(completeness.clientsExpected) collected.",
            "Groups: \(completeness.groupsCaptured) of \(completeness.groupsExpected) captured, \(completeness.groupsFailed) failed, \(completeness.groupsNotCollected) not collected by configuration.",
        ])
        page.table(
            ["clients", "groups", "why", "request", "last read"],
            FailedGroups.grouped(completeness.failures).map { failed in
                [
                    "\(Words.clients(failed.clients, limit: .max - 1))",
                    "\(failed.groups.map(\.rawValue).joined(separator: ", "))", "\(failed.words)",
                    "\(ValueText.shortened(failed.request), .code)", "\(failed.lastKnownAt?.rfc3339 ?? "never")",
                ]
            })
        page.list(
            completeness.vanishedClients.map {
                "\(Words.label($0)): was on the roster of the run before, is not on this one, and is not marked retired."
            } + completeness.unassessedClients.map { "\(Words.label($0)): no rule assesses this client." })
    }

    private mutating func writeUnknowns() {
        guard !report.unknowns.isEmpty else { return }
        page.heading("Unknown: cannot be told, and therefore no pass")
        page.table(
            ["clients", "rules", "reason"],
            UnknownGroup.grouped(report.unknowns).map { group in
                [
                    "\(Words.clients(group.clients, limit: .max - 1))", "\(group.ruleIDs.joined(separator: ", "))",
                    "\(group.reason)",
                ]
            })
    }

    private mutating func writeDeviations() {
        guard !report.deviations.isEmpty else { return }
        page.heading("Keys that differ from the vendor's page")
        page.table(
            ["setting", "", "clients"],
            report.deviations.map { deviation in
                [
                    "\(deviation.path.shown, .code)", "\(deviation.kind.words)",
                    "\(deviation.clients.map(\.description).joined(separator: ", "))",
                ]
            })
    }

    private mutating func writeRules() {
        guard !report.rules.isEmpty else { return }
        page.heading("Rules")
        page.table(
            ["rule", "severity", "pass", "fail", "waived", "unknown", "not applicable", "title"],
            report.rules.map { rule in
                [
                    "\(rule.facts.id)", "\(rule.facts.severity.rawValue)", "\(rule.counts.pass)", "\(rule.counts.fail)",
                    "\(rule.counts.waived)", "\(rule.counts.unknown)", "\(rule.counts.notApplicable)",
                    "\(VisibleText.prose(rule.facts.title))",
                ]
            })
    }

    private mutating func writePolicies() {
        guard !report.policies.isEmpty else { return }
        page.heading("Policies")
        page.table(
            ["policy", "version", "rules", "sha256", "file", "owner"],
            report.policies.map { policy in
                [
                    "\(policy.id)", "\(policy.version)", "\(policy.ruleCount)", "\(policy.digest.short, .code)",
                    "\(policy.file, .code)", "\(policy.owner ?? "")",
                ]
            })
    }
}

extension AuditMarkdown {
    private mutating func writeFailures() {
        let rules = FindingsByRule.grouped(report.failures) { report.facts(of: $0) }
        guard !rules.isEmpty else {
            if !report.rules.isEmpty {
                page.heading("Failures")
                page.paragraph("None.")
            }
            return
        }
        let clients = Set(report.failures.map(\.client.id)).count
        page.heading("Failures")
        page.paragraph(
            "\(Words.count(report.failures.count, "failure")) of \(Words.count(rules.count, "rule")) in \(Words.count(clients, "client"))."
        )
        let changes = ChangeIndex(report.settingsChanges)
        for rule in rules { write(rule, changes) }
    }

    private mutating func write(_ rule: FindingsByRule, _ changes: ChangeIndex) {
        let facts = rule.facts
        page.heading(
            "\(facts.severity.rawValue): \(facts.id) \(VisibleText.prose(facts.title))", level: 3)
        var lines: [MarkdownText] = []
        if let rationale = facts.rationale { lines.append("Why: \(VisibleText.prose(rationale))") }
        if let remediation = facts.remediation { lines.append("Fix: \(VisibleText.prose(remediation))") }
        if !facts.controls.isEmpty {
            let controls = facts.controls.map { "\($0.reference) (\($0.strength.rawValue))" }.joined(separator: ", ")
            lines.append("Controls: \(controls)")
        }
        lines += distinct(rule.requirements.flatMap(\.notes)).map { "Note: \(VisibleText.prose($0))" }
        page.list(lines)
        page.table(
            ["client", "setting", "expected", "actual", "state", "finding", "message"],
            rule.findings.flatMap { finding -> [[MarkdownText]] in
                finding.shownComparisons.map { row(finding, $0, changes) }
            })
    }

    private func row(_ finding: Finding, _ shown: ShownComparison, _ changes: ChangeIndex) -> [MarkdownText] {
        let comparison = shown.comparison
        var state: MarkdownText = "\(finding.transition?.words ?? "")"
        if let path = comparison?.path, let change = changes.change(of: finding.client.id, at: path) {
            state = "\(state), was \(ValueText.of(change.before), .code)"
        } else if !finding.isNews, let since = finding.failingSince {
            state = "\(state) since \(String(since.rfc3339.prefix(10)))"
        }
        return [
            "\(Words.label(finding.client))", comparison.map { "\($0.path.shown, .code)" } ?? "",
            comparison.map { "\(ValueText.shortened(ValueText.expected($0)))" } ?? "",
            shown.actual, state, "\(finding.id, .code)",
            "\(finding.result.message.map { ValueText.shortened(VisibleText.prose($0)) } ?? "")",
        ]
    }
}

extension ShownComparison {
    /// The value, and how many more there are.
    var actual: MarkdownText {
        guard let comparison else { return "" }
        return "\(ValueText.actual(comparison), .code)\(leftOutWords.map { " " + $0 } ?? "")"
    }
}
