import AuditModel
import AuditPipeline
import Drift
import Policies
import Reports

/// Shows what a policy would have said of the stored nights.
struct BacktestPresentation {
    let report: BacktestReport
    let timeZone: String
    /// Whether text and CSV tell single clients' histories in the place of what all of them come to.
    let tellsClients: Bool

    private var nights: StoredNights { report.nights }

    /// Prints it.
    func show(as format: TableFormat) {
        switch format {
        case .text:
            Console.result(VisibleText.of(sentence) + "\n\n")
            if tellsClients {
                Listing.print(columns: Self.clientHeadings, rows: clientRows, as: .text)
            } else {
                showRules()
            }
            let remarks = self.remarks
            if !remarks.isEmpty { Console.result("\n" + remarks.map { VisibleText.of($0) + "\n" }.joined()) }
        case .csv where tellsClients: Listing.print(columns: Self.clientColumns, rows: clientRows, as: .csv)
        case .csv: Listing.print(columns: Self.ruleColumns, rows: ruleRows, as: .csv)
        case .json: Console.result(MachineJSON.text(of: json))
        }
    }

    /// The sentence that says it all.
    private var sentence: String {
        let fired = report.rules.filter { $0.result.firstFailure != nil }
        var clauses = ["none of \(count(report.rules.count, "rule")) would have fired"]
        if let first = fired.compactMap(\.result.firstFailure).min() {
            let failing = fired.reduce(0) { $0 + $1.result.counts.fail }
            clauses = [
                "\(fired.count) of \(count(report.rules.count, "rule")) would have fired, first on \(nights.days[first])",
                "\(count(failing, "failure")) over all nights and clients",
            ]
        }
        let flapping = report.rules.filter { $0.result.flaps > 0 }
        if !flapping.isEmpty { clauses.append("\(count(flapping.count, "rule")) flapping") }
        let unknown = report.rules.reduce(0) { $0 + $1.result.counts.unknown }
        if unknown > 0 { clauses.append("\(count(unknown, "verdict")) unknown") }
        return TrialWords.head(nights, clients: report.clients.count) + ": " + clauses.joined(separator: "; ") + "."
    }

    private func showRules() {
        let rows = report.rules.map { rule -> [SettingValue] in
            let result = rule.result
            let flaps =
                result.flaps == 0 ? "" : "\(result.flaps) (\(count(result.flappingClients, "client")))"
            return [
                .string(rule.facts.id), .string(rule.facts.severity.rawValue),
                .string(TrialWords.night(result.firstFailure, in: nights)),
                .string(TrialWords.clients(result.firstClients)), TrialJSON.integer(result.failingNights),
                TrialJSON.integer(result.counts.fail), TrialJSON.integer(result.failingClients), .string(flaps),
                TrialJSON.integer(result.counts.unknown), .string(TrialWords.counts(result.lastNight)),
            ]
        }
        Listing.print(
            columns: [
                "rule", "severity", "first fired", "for", "nights", "client-nights", "clients", "flaps", "unknown",
                "last night",
            ], rows: rows, as: .text)
    }

    private var remarks: [String] {
        let silent = report.rules.filter { !$0.result.judgesAnyone }.map(\.facts.id)
        let unmatched = TrialWords.sentences(report.unmatchedScopes)
        guard !silent.isEmpty else { return unmatched }
        return unmatched + [
            "Judged nobody in any night: \(silent.joined(separator: ", ")); that says nothing of what they would find."
        ]
    }

    private static let ruleColumns = [
        "rule", "severity", "firstDay", "firstRun", "firstClients", "failingNights", "failingClientNights",
        "failingClients", "flaps", "flappingClients", "unknownNights", "unknownClientNights", "passingClientNights",
        "notApplicableClientNights", "lastNightPass", "lastNightFail", "lastNightUnknown", "lastNightNotApplicable",
    ]

    private var ruleRows: [[SettingValue]] {
        report.rules.map { rule in
            let result = rule.result
            let first = result.firstFailure
            let numbers = [
                result.failingNights, result.counts.fail, result.failingClients, result.flaps, result.flappingClients,
                result.unknownNights, result.counts.unknown, result.counts.pass, result.counts.notApplicable,
                result.lastNight.pass, result.lastNight.fail, result.lastNight.unknown, result.lastNight.notApplicable,
            ]
            return [
                .string(rule.facts.id), .string(rule.facts.severity.rawValue),
                first.map { .string(nights.days[$0].description) } ?? .null,
                first.map { .string(nights.runs[$0].id.rawValue) } ?? .null,
                .string(result.firstClients.map(\.description).joined(separator: " ")),
            ] + numbers.map(TrialJSON.integer)
        }
    }

    private static let clientColumns = [
        "client", "code", "rule", "firstFired", "lastFired", "failingNights", "unknownNights", "passingNights",
        "notApplicableNights", "flaps", "lastVerdict",
    ]

    private static let clientHeadings = [
        "client", "code", "rule", "first fired", "last fired", "failing", "unknown", "passing", "not applicable",
        "flaps", "last verdict",
    ]

    private var clientRows: [[SettingValue]] {
        let histories = report.rules.flatMap { rule in rule.clients.map { (rule.facts.id, $0.client, $0.history) } }
        return histories.sorted { ($0.1.id, $0.0) < ($1.1.id, $1.0) }.map { ruleID, client, history in
            [
                .string(client.id.description), .string(client.code), .string(ruleID),
                history.firstFailure.map { .string(nights.days[$0].description) } ?? .null,
                history.lastFailure.map { .string(nights.days[$0].description) } ?? .null,
            ]
                + [
                    history.counts.fail, history.counts.unknown, history.counts.pass, history.counts.notApplicable,
                    history.flaps,
                ].map(TrialJSON.integer) + [.string(TrialWords.verdict(history.lastVerdict))]
        }
    }

    private var json: SettingValue {
        var object = TrialJSON.head(nights, timeZone: timeZone, clients: report.clients.count)
        object["policies"] = TrialJSON.policies(report.policies)
        object["rules"] = .array(report.rules.map(json))
        object["unmatchedScopes"] = .array(
            report.unmatchedScopes.map { scope in
                [
                    "scope": .string(scope.name), "policy": .string(scope.policyID),
                    "rules": .array(scope.ruleIDs.map { .string($0) }),
                ]
            })
        return .object(object)
    }

    private func json(of rule: BacktestReport.Rule) -> SettingValue {
        let result = rule.result
        var object = TrialJSON.rule(rule.facts)
        object["judgesAnyone"] = .bool(result.judgesAnyone)
        if let first = result.firstFailure, case .object(var night) = TrialJSON.night(first, in: nights) {
            night["clients"] = .array(result.firstClients.map { .object(TrialJSON.id($0)) })
            object["firstFired"] = .object(night)
        } else {
            object["firstFired"] = SettingValue.null
        }
        for (key, number) in [
            ("failingNights", result.failingNights), ("failingClients", result.failingClients),
            ("flaps", result.flaps), ("flappingClients", result.flappingClients),
            ("unknownNights", result.unknownNights),
        ] {
            object[key] = TrialJSON.integer(number)
        }
        object["clientNights"] = TrialJSON.counts(result.counts)
        object["lastNight"] = TrialJSON.counts(result.lastNight)
        object["clients"] = .array(
            rule.clients.map { client, history in
                [
                    "client": TrialJSON.client(client), "firstFired": TrialJSON.night(history.firstFailure, in: nights),
                    "lastFired": TrialJSON.night(history.lastFailure, in: nights),
                    "nights": TrialJSON.counts(history.counts), "flaps": TrialJSON.integer(history.flaps),
                    "lastVerdict": history.lastVerdict.map { .string($0.rawValue) } ?? .null,
                ]
            })
        return .object(object)
    }
}
