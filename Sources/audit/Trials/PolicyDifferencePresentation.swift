import AuditModel
import AuditPipeline
import Drift
import Reports

/// Shows which verdicts two policy sets differ in.
struct PolicyDifferencePresentation: TablePresentation {
    let report: PolicyDifferenceReport
    let timeZone: String
    /// Whether the moves over all nights are told besides those of the last one.
    let tellsHistory: Bool

    private var nights: StoredNights { report.nights }

    func showText() {
        Console.result(VisibleText.of(sentence) + "\n")
        if !report.differences.isEmpty {
            Console.result("\n")
            Listing.print(
                columns: ["rule", "client", "code", "old", "new", "because"],
                rows: report.differences.sorted(by: precedes).map { difference in
                    [
                        .string(difference.after.ruleID), .string(difference.client.id.description),
                        .string(difference.client.code), .string(TrialWords.verdict(difference.before.verdict)),
                        .string(TrialWords.verdict(difference.after.verdict)), .string(Self.reason(difference)),
                    ]
                }, as: .text)
        }
        if tellsHistory, !report.shifts.isEmpty {
            Console.result("\nOver all nights:\n")
            Listing.print(
                columns: ["rule", "old", "new", "client-nights", "nights", "clients", "first", "last"],
                rows: report.shifts.map { shift in
                    [
                        .string(shift.ruleID), .string(TrialWords.verdict(shift.before)),
                        .string(TrialWords.verdict(shift.after)), TrialJSON.integer(shift.clientNights),
                        TrialJSON.integer(shift.nights), TrialJSON.integer(shift.clients),
                        .string(TrialWords.night(shift.firstNight, in: nights)),
                        .string(TrialWords.night(shift.lastNight, in: nights)),
                    ]
                }, as: .text)
        }
        let remarks = self.remarks
        if !remarks.isEmpty { Console.result("\n" + remarks.map { VisibleText.of($0) + "\n" }.joined()) }
    }

    /// The sentence that says it all; differences are those of the last night.
    private var sentence: String {
        var clauses: [String] = []
        if report.differences.isEmpty {
            clauses.append("no verdict of \(count(report.sharedCount, "common rule")) differs")
        } else {
            let clients = Set(report.differences.map(\.client.id)).count
            var pairs: [String: Int] = [:]
            for difference in report.differences {
                let pair =
                    TrialWords.verdict(difference.before.verdict) + " → "
                    + TrialWords.verdict(difference.after.verdict)
                pairs[pair, default: 0] += 1
            }
            let told = pairs.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
            let number = report.differences.count
            clauses.append(
                "\(count(number, "verdict")) differ\(number == 1 ? "s" : "") for \(count(clients, "client")) (\(told))")
        }
        if tellsHistory {
            let total = report.shifts.reduce(0) { $0 + $1.clientNights }
            clauses.append("\(count(total, "client-night")) differ\(total == 1 ? "s" : "") over all nights")
        }
        if !report.added.isEmpty { clauses.append("\(count(report.added.count, "rule")) added") }
        if !report.retired.isEmpty { clauses.append("\(count(report.retired.count, "rule")) retired") }
        let head = TrialWords.head(nights, clients: report.clientCount)
        let day = tellsHistory ? " as of \(nights.days.last?.description ?? "")" : ""
        return head + day + ": " + clauses.joined(separator: "; ") + "."
    }

    private var remarks: [String] {
        func lone(_ rule: PolicyComparison.LoneRule, _ word: String) -> String {
            let severity = report.facts[rule.ruleID].map { " (\($0.severity.rawValue))" } ?? ""
            let history =
                tellsHistory ? "; over all client-nights \(TrialWords.counts(rule.counts))" : ""
            return "\(word) \(rule.ruleID)\(severity): \(TrialWords.counts(rule.lastNight))\(history)."
        }
        var remarks = report.added.map { lone($0, "Added") } + report.retired.map { lone($0, "Retired") }
        let moving = Set(report.shifts.map(\.ruleID))
        let idle = report.redefinedRules.filter { !moving.contains($0) }
        if !idle.isEmpty {
            remarks.append("Defined differently, with the same verdicts: \(idle.joined(separator: ", ")).")
        }
        return remarks
    }

    /// By rule, then by client: what one rule does stands together.
    private func precedes(
        _ left: PolicyDifferenceReport.Difference, _ right: PolicyDifferenceReport.Difference
    ) -> Bool {
        (left.after.ruleID, left.client.id) < (right.after.ruleID, right.client.id)
    }

    /// What the difference rests on: what the failing side says, else what either says.
    private static func reason(_ difference: PolicyDifferenceReport.Difference) -> String {
        if let reason = TrialWords.reason(difference.after) { return "new: " + reason }
        if let reason = TrialWords.reason(difference.before) { return "old: " + reason }
        return ""
    }

    static let columns = [
        "kind", "rule", "client", "code", "old", "new", "because", "clientNights", "nights", "clients", "firstDay",
        "lastDay", "pass", "fail", "unknown", "notApplicable",
    ]

    /// One table of four kinds: `differs` (in the last night), `moves` (over all nights), `added`, `retired`.
    var rows: [[SettingValue]] {
        func row(_ kind: String, _ rule: String, _ values: [String: SettingValue]) -> [SettingValue] {
            [.string(kind), .string(rule)] + Self.columns.dropFirst(2).map { values[$0] ?? .null }
        }
        func lone(_ rule: PolicyComparison.LoneRule, _ kind: String) -> [SettingValue] {
            row(
                kind, rule.ruleID,
                [
                    "pass": TrialJSON.integer(rule.counts.pass), "fail": TrialJSON.integer(rule.counts.fail),
                    "unknown": TrialJSON.integer(rule.counts.unknown),
                    "notApplicable": TrialJSON.integer(rule.counts.notApplicable),
                ])
        }
        let differing = report.differences.sorted(by: precedes).map { difference in
            row(
                "differs", difference.after.ruleID,
                [
                    "client": .string(difference.client.id.description), "code": .string(difference.client.code),
                    "old": .string(difference.before.verdict.rawValue),
                    "new": .string(difference.after.verdict.rawValue), "because": .string(Self.reason(difference)),
                ])
        }
        let moving = (tellsHistory ? report.shifts : []).map { shift in
            row(
                "moves", shift.ruleID,
                [
                    "old": .string(shift.before.rawValue), "new": .string(shift.after.rawValue),
                    "clientNights": TrialJSON.integer(shift.clientNights), "nights": TrialJSON.integer(shift.nights),
                    "clients": TrialJSON.integer(shift.clients),
                    "firstDay": .string(nights.days[shift.firstNight].description),
                    "lastDay": .string(nights.days[shift.lastNight].description),
                ])
        }
        return differing + moving + report.added.map { lone($0, "added") } + report.retired.map { lone($0, "retired") }
    }

    var json: SettingValue {
        func lone(_ rule: PolicyComparison.LoneRule) -> SettingValue {
            var object = report.facts[rule.ruleID].map(TrialJSON.rule) ?? SettingObject()
            object["lastNight"] = TrialJSON.counts(rule.lastNight)
            object["clientNights"] = TrialJSON.counts(rule.counts)
            return .object(object)
        }
        var object = TrialJSON.head(nights, timeZone: timeZone, clients: report.clientCount)
        object["commonRules"] = TrialJSON.integer(report.sharedCount)
        object["redefinedRules"] = .array(report.redefinedRules.map { .string($0) })
        object["differences"] = .array(
            report.differences.map { difference in
                [
                    "client": TrialJSON.client(difference.client), "rule": .string(difference.after.ruleID),
                    "old": .string(difference.before.verdict.rawValue),
                    "new": .string(difference.after.verdict.rawValue), "because": .string(Self.reason(difference)),
                ]
            })
        object["moves"] = .array(
            report.shifts.map { shift in
                [
                    "rule": .string(shift.ruleID), "old": .string(shift.before.rawValue),
                    "new": .string(shift.after.rawValue), "clientNights": TrialJSON.integer(shift.clientNights),
                    "nights": TrialJSON.integer(shift.nights), "clients": TrialJSON.integer(shift.clients),
                    "first": TrialJSON.night(shift.firstNight, in: nights),
                    "last": TrialJSON.night(shift.lastNight, in: nights),
                ]
            })
        object["added"] = .array(report.added.map(lone))
        object["retired"] = .array(report.retired.map(lone))
        return .object(object)
    }
}
