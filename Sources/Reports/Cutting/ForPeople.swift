import AuditModel

// Reports for people (text, Markdown, pages) are written from a copy in which no name and no prose is longer than anybody
// reads: a setting or a name may be megabytes. Formats for machines are written from the whole.

extension AuditReport {
    /// The report with its names and prose cut; values and paths are cut where they are shown.
    var forPeople: AuditReport {
        var report = self
        report.timeZone.cut(to: ValueText.limit)
        report.run.cut()
        report.hypothesis?.cut()
        report.conditions.update { $0.sentence.cut() }
        report.warnings.update { $0.cut() }
        report.notAssessed.update { $0.cut() }
        report.rules.update { $0.facts.cut() }
        report.policies.update { $0.cut() }
        report.failures.update { $0.cut() }
        report.waived.update { $0.cut() }
        report.waivers.update { $0.cut() }
        report.unknowns.update { $0.cut() }
        report.verdictChanges.update { $0.cut() }
        report.settingsChanges.update { $0.cut() }
        report.rosterChanges.update { $0.cut() }
        report.completeness.failures.update {
            $0.client.cut()
            $0.failure.cut()
        }
        report.completeness.vanishedClients.update { $0.cut() }
        report.completeness.unassessedClients.update { $0.cut() }
        if report.verdicts.clients.contains(where: \.isLong) { report.verdicts = report.verdicts.forPeople }
        return report
    }
}

extension DiffReport {
    /// The comparison with its names and prose cut.
    var forPeople: DiffReport {
        var report = self
        report.timeZone.cut(to: ValueText.limit)
        report.from.cut()
        report.to.cut()
        report.notes.update { $0.cut() }
        report.rules.update { $0.cut() }
        report.settingsChanges.update { $0.cut() }
        report.verdictChanges.update { $0.cut() }
        report.rosterChanges.update { $0.cut() }
        report.incomparable.update { $0.client.cut() }
        return report
    }
}

extension Array {
    fileprivate mutating func update(_ change: (inout Element) -> Void) {
        for index in indices { change(&self[index]) }
    }
}

extension String {
    /// Most text is short, and is left where it is.
    fileprivate mutating func cut(to limit: Int = ValueText.paragraphLimit) {
        if utf8.count > limit { self = ValueText.shortened(self, to: limit) }
    }
}

extension Client {
    fileprivate var isLong: Bool { code.utf8.count > ValueText.limit || name.utf8.count > ValueText.limit }

    fileprivate mutating func cut() {
        code.cut(to: ValueText.limit)
        name.cut(to: ValueText.limit)
        account.cut(to: ValueText.limit)
    }
}

extension AuditRun {
    fileprivate mutating func cut() {
        baseURL.cut(to: ValueText.limit)
        toolVersion.cut(to: ValueText.limit)
    }
}

extension CaptureFailure {
    fileprivate mutating func cut() {
        request.cut()
        detail.cut()
    }
}

extension RuleFacts {
    fileprivate mutating func cut() {
        title.cut()
        rationale?.cut()
        remediation?.cut()
        controls.update {
            $0.reference.cut(to: ValueText.limit)
            $0.caveat?.cut()
        }
    }
}

extension PolicyFacts {
    fileprivate mutating func cut() {
        title.cut()
        version.cut(to: ValueText.limit)
        owner?.cut(to: ValueText.limit)
        file.cut()
    }
}

extension Finding {
    fileprivate mutating func cut() {
        client.cut()
        result.message?.cut()
        result.notApplicableReason?.cut()
        result.comparisons.update {
            $0.expected.cut()
            $0.note?.cut()
        }
        guard var facts = waiver else { return }
        facts.cut()
        waiver = facts
    }
}

extension WaiverFacts {
    fileprivate mutating func cut() {
        id.cut(to: ValueText.limit)
        reason.cut()
        owner?.cut(to: ValueText.limit)
        approver.cut(to: ValueText.limit)
        ticket?.cut(to: ValueText.limit)
        condition?.cut()
    }
}

extension WaiverStanding {
    fileprivate mutating func cut() {
        facts.cut()
        ruleIDs.update { $0.cut(to: ValueText.limit) }
        subject.cut()
    }
}

extension VerdictChange {
    fileprivate mutating func cut() {
        client.cut()
        waiverBefore?.cut(to: ValueText.limit)
        waiverAfter?.cut(to: ValueText.limit)
    }
}

extension SharedChange {
    fileprivate mutating func cut() {
        clients.update { $0.cut() }
        flippedRules.update { $0.cut(to: ValueText.limit) }
    }
}

extension RosterChange {
    fileprivate mutating func cut() {
        client.cut()
        before?.cut()
        after?.cut()
    }
}

extension DiffReport.Side {
    fileprivate mutating func cut() {
        asked.cut(to: ValueText.limit)
        run.cut()
        note?.cut()
    }
}

extension VerdictGrid {
    /// The same verdicts of clients with cut names.
    fileprivate var forPeople: VerdictGrid {
        var grid = VerdictGrid(ruleIDs: ruleIDs)
        for (row, client) in clients.enumerated() {
            var client = client
            client.cut()
            grid.append(
                client,
                ruleIDs.indices.compactMap { column in
                    self[row, column].map { cell in
                        var reason = cell.notApplicableReason
                        reason?.cut()
                        return RuleResult(
                            ruleID: ruleIDs[column], verdict: cell.verdict, notApplicableReason: reason)
                    }
                })
        }
        return grid
    }
}
