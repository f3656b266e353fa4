import AuditModel
import Evidence
import Policies

extension ReviewBinding {
    /// What the record says of a run as a whole, and of its clients.
    mutating func checkRun(_ side: RecordedSide, _ name: String) {
        let (told, leaf) = (side.told, side.proven.leaf)
        let day = zone.day(of: leaf.run.startedAt)
        check(told.run == leaf.run, "it tells the \(name) run otherwise than the run's entry in the log")
        check(
            told.day == day && told.report.day == day && told.report.timeZone.isIdentical(to: record.timeZone),
            "it tells another day of the \(name) run than \(day)")
        check(
            told.report.log.map { $0.index == side.proven.index } ?? true,
            "it tells another place of the \(name) run in the log")
        check(
            side.clients.count == told.roster.count && Set(side.proven.results.map(\.client)) == Set(side.clients.keys),
            "its clients of the \(name) run are not those of the run's results")
        if record.client == nil {
            check(
                RunDigests.roster(told.roster) == leaf.roster,
                "a client's name, code, account or label is not as the \(name) run's entry in the log has it")
            check(
                RunDigests.notes(told.notes) == leaf.notes && told.report.warnings.starts(with: told.notes),
                "the notes of the \(name) run are not those of its entry in the log")
            check(side.proven.hiddenResults == 0, "results of the \(name) run are hidden in a pack of all clients")
        }
        if !side.hashOnly.isEmpty {
            outcome.notChecked.append(
                "what was read and what changed of \(Count.of(side.hashOnly.count, "client")) in the \(name) run, of whose captures the log's hashes alone are kept"
            )
        }
    }

    /// Each verdict, and what it rests on, against the run's results.
    mutating func checkVerdicts(_ side: RecordedSide, _ name: String) {
        let report = side.told.report
        let total = report.failures.count + report.waived.count + report.unknowns.count
        check(side.findings.count == total, "it tells a finding of the \(name) run twice")
        var expected: [String: VerdictCounts] = [:]
        var seen = 0
        for client in side.told.roster {
            for result in side.results[client.id] ?? [] {
                let finding = side.findings[RecordedSide.Place(client: client.id, ruleID: result.ruleID)]
                expected[result.ruleID, default: VerdictCounts()].add(
                    result.verdict, isWaived: finding?.waiver != nil)
                outcome.verdicts += 1
                guard result.verdict == .fail || result.verdict == .unknown else { continue }
                guard let finding else {
                    check(
                        false,
                        "\(result.ruleID) is \(result.verdict.rawValue) for \(client.id) in the \(name) run, which it does not tell"
                    )
                    continue
                }
                seen += 1
                check(
                    finding.result == result && finding.client == client
                        && finding.id == Finding.id(client: client.id, ruleID: result.ruleID),
                    "\(finding.id) (\(result.ruleID), \(client.id)) is not as the \(name) run's results have it")
                checkWaiver(finding, side, name)
            }
        }
        if side.unreadable.isEmpty {
            check(seen == total, "it tells \(total) findings of the \(name) run, and its results have \(seen)")
        } else {
            outcome.notChecked.append(
                "the verdicts of \(Count.of(side.unreadable.count, "client")) of the \(name) run, whose results are not kept"
            )
            return
        }
        check(
            report.failures.allSatisfy { $0.waiver == nil && $0.result.verdict == .fail }
                && report.waived.allSatisfy { $0.waiver != nil && $0.result.verdict == .fail }
                && report.unknowns.allSatisfy { $0.result.verdict == .unknown },
            "it tells a finding of the \(name) run among those of another verdict")
        for rule in report.rules where rule.counts != expected[rule.facts.id] ?? VerdictCounts() {
            check(false, "its counts of \(rule.facts.id) are not those of the \(name) run's results")
        }
        var grid = VerdictGrid(clients: side.told.roster, ruleIDs: report.rules.map(\.facts.id))
        for (row, client) in side.told.roster.enumerated() { grid.record(side.results[client.id] ?? [], row: row) }
        check(grid == report.verdicts, "its grid of verdicts is not that of the \(name) run's results")
        checkRules(side, name)
    }

    private mutating func checkWaiver(_ finding: Finding, _ side: RecordedSide, _ name: String) {
        switch side.waiver(over: finding.result, of: finding.client, basis.documents) {
        case .success(let facts):
            check(
                facts == finding.waiver,
                "the waiver over \(finding.id) (\(finding.result.ruleID), \(finding.client.id)) is not the one that the \(name) run's texts lead to"
            )
        case .failure:
            // One that reads settings, or whose text is not here: at least it must be one of those that were recorded.
            let known = side.waivers?.waivers.waivers
            if let waiver = finding.waiver, let known {
                check(
                    known.contains {
                        $0.id.isIdentical(to: waiver.id) && $0.covers(finding.result.ruleID)
                            && $0.concerns(finding.client) && $0.facts(on: side.told.day) == waiver
                    }, "no text of the \(name) run has the waiver over \(finding.id)")
            }
            let sentence =
                known == nil
                ? "waivers over findings, since the texts of waivers are not all here"
                : "whether a waiver's 'while' held, since that takes settings that are not all here"
            if !outcome.notChecked.contains(sentence) { outcome.notChecked.append(sentence) }
        }
    }

    private mutating func checkRules(_ side: RecordedSide, _ name: String) {
        let report = side.told.report
        guard side.proven.leaf.run.policySet != nil else {
            return check(report.rules.isEmpty, "it tells rules of the \(name) run, which only fetched")
        }
        guard let policies = side.policies else {
            outcome.notChecked.append(
                "titles and severities of the rules of the \(name) run, whose texts are not all here or cannot be read")
            return
        }
        check(
            report.rules.map(\.facts) == policies.facts && report.policies == policies.policies,
            "its rules are not those of the \(name) run's policy texts")
    }

    /// What was read and what failed, against the run's captures.
    mutating func checkCompleteness(_ side: RecordedSide, _ name: String) {
        guard side.hashOnly.isEmpty else { return }
        let told = side.told.report.completeness
        var own = Completeness(
            clientsExpected: side.told.roster.count, clientsCollected: 0, groupsExpected: side.told.roster.count * 5,
            groupsCaptured: 0, groupsFailed: 0, groupsNotCollected: 0, failures: [],
            vanishedClients: told.vanishedClients)
        for client in side.told.roster {
            var failed = 0
            for group in SettingsGroup.allCases {
                guard let leaf = side.captures[client.id]?[group] else { continue }
                switch leaf.capture {
                case .document: own.groupsCaptured += 1
                case .notCollected: own.groupsNotCollected += 1
                case .failure(let failure):
                    failed += 1
                    own.failures.append(
                        Completeness.FailedCapture(client: client, group: group, failure: failure, lastKnownAt: nil))
                }
            }
            own.groupsFailed += failed
            if failed == 0 { own.clientsCollected += 1 }
            let isAssessed = (side.results[client.id] ?? []).contains { $0.verdict != .notApplicable }
            if side.proven.leaf.run.policySet != nil, !isAssessed { own.unassessedClients.append(client) }
        }
        var plain = told
        for index in plain.failures.indices { plain.failures[index].lastKnownAt = nil }
        if !side.unreadable.isEmpty { own.unassessedClients = plain.unassessedClients }
        check(plain == own, "what it says was read of the \(name) run is not what the run's captures have")
    }
}
