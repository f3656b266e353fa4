import AuditModel

/// A run's report for terminals.
struct AuditText {
    let report: AuditReport
    let options: ReportOptions
    var page: TextPage

    init(_ report: AuditReport, _ options: ReportOptions) {
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
        writeFacts()
        writeWarnings()
        writeCompleteness()
        writeFailures()
        writeWaived()
        writeUnknowns()
        page.writeMoves(report.verdictChanges, since: report.previousRun, showsAll: options.showsAll)
        page.writeSettingsChanges(report.settingsChanges, showsAll: options.showsAll)
        page.writeRoster(report.rosterChanges)
        writeDeviations()
        if options.showsAll {
            writeWaiverLedger()
            writeRules()
            writeOthers()
        }
        writePolicies()
        page.writeSentences("NOT ASSESSED", report.notAssessed)
        writeConditions()
    }

    private mutating func writeFacts() {
        let run = report.run
        page.line(
            "Run \(run.id.short) of \(run.environment.rawValue) on \(report.day.description) (\(report.timeZone)), \(run.stateWords)."
        )
        let end = run.sealedAt.map { " to \($0.rfc3339)" } ?? ""
        page.line("\(run.baseURL), \(run.startedAt.rfc3339)\(end), audit \(run.toolVersion).")
        if let previous = report.previousRun {
            page.line("Compared with run \(previous.id.short), which started at \(previous.startedAt.rfc3339).")
        } else {
            page.line("A baseline: there is no sealed run before it to compare with.")
        }
        page.line("\(report.lastCompleteSentence)")
        for sentence in report.logSentences { page.line("\(sentence)") }
    }

    private mutating func writeWarnings() {
        guard !report.warnings.isEmpty else { return }
        page.heading("WARNINGS")
        for warning in report.warnings {
            page.line("\("!", .yellow) \(VisibleText.prose(warning))", indent: 2, hanging: 4)
        }
    }

    private mutating func writeCompleteness() {
        let completeness = report.completeness
        page.heading("COMPLETENESS")
        page.rows(
            [
                [
                    "clients",
                    "\(completeness.clientsCollected) of \(completeness.clientsExpected) collected",
                ],
                [
                    "groups",
                    "\(completeness.groupsCaptured) of \(completeness.groupsExpected) captured, \(completeness.groupsFailed) failed, \(completeness.groupsNotCollected) not collected by configuration",
                ],
            ], indent: 2)
        for failed in FailedGroups.grouped(completeness.failures) {
            let clients = Words.clients(failed.clients, limit: options.showsAll ? .max - 1 : 6)
            let groups = failed.groups.map(\.rawValue).joined(separator: ", ")
            let last = failed.lastKnownAt.map { "last read \($0.rfc3339)" } ?? "never read before"
            let request = failed.request.isEmpty ? "" : " (\(ValueText.shortened(failed.request)))"
            page.line(
                "\("✗", .red) \(clients, .bold): \(groups): \(failed.words)\(request); \(last)", indent: 2, hanging: 6)
        }
        for client in completeness.vanishedClients {
            page.line(
                "\("✗", .red) \(Words.label(client)): was on the roster of the run before, is not on this one, and is not marked retired",
                indent: 2, hanging: 6)
        }
        for client in completeness.unassessedClients {
            page.line("\("✗", .red) \(Words.label(client)): no rule assesses this client", indent: 2, hanging: 6)
        }
    }

    private mutating func writeDeviations() {
        guard !report.deviations.isEmpty else { return }
        page.heading("KEYS THAT DIFFER FROM THE VENDOR'S PAGE")
        page.rows(
            report.deviations.map { deviation in
                let clients = deviation.clients.map(\.description)
                let names = options.showsAll ? clients.joined(separator: ", ") : Words.list(clients)
                return [
                    "\(deviation.path.shown)", "\(deviation.kind.words)",
                    "\(Words.count(clients.count, "client")): \(names)",
                ]
            }, indent: 2)
    }

    private mutating func writeRules() {
        page.heading("RULES", "pass / fail / waived / unknown / not applicable")
        page.rows(
            report.rules.map { rule in
                let counts = rule.counts
                return [
                    "\(rule.facts.id)", "\(rule.facts.severity.rawValue)",
                    "\(counts.pass) / \(counts.fail) / \(counts.waived) / \(counts.unknown) / \(counts.notApplicable)",
                    "\(VisibleText.prose(rule.facts.title))",
                ]
            }, indent: 2)
    }

    private mutating func writePolicies() {
        page.heading("POLICIES")
        if report.policies.isEmpty { page.line("none", indent: 2) }
        page.rows(
            report.policies.map { policy in
                let owner = policy.owner.map { ", owner \($0)" } ?? ""
                return [
                    "\(policy.id) \(policy.version)", "\(Words.count(policy.ruleCount, "rule"))",
                    "sha256 \(policy.digest.short)", "\(policy.file)\(owner)",
                ]
            }, indent: 2)
    }

    private mutating func writeConditions() {
        page.heading("EXIT STATUS", "\(String(report.exitStatus.rawValue))")
        if report.conditions.isEmpty { page.line("\(ExitStatus.success.meaning)", indent: 2) }
        for condition in report.conditions.reversed() {
            let status = String(condition.status.rawValue)
            page.line("\(status, .bold)  \(VisibleText.prose(condition.sentence))", indent: 2, hanging: 5)
        }
    }
}
