import AuditModel
import AuditPipeline
import Drift
import Policies
import Reports

/// Shows what policies leave unread, what they read that is not there, and what is there that nobody knows.
struct CoveragePresentation: TablePresentation {
    let policies: PolicySet
    /// What the store says; nil where there is no stored night.
    let report: CoverageReport?
    let timeZone: String

    private var unread: [SettingDefinition] { policies.settingsReadByNoRule }
    private var idle: [PathCoverage.Entry] { report?.paths.filter { $0.state != .matches } ?? [] }

    /// Whether there is something that wants an answer. That some setting is read by no rule is none: nobody needs a rule
    /// for each.
    var hasFindings: Bool {
        guard let report else { return false }
        return !report.undocumented.isEmpty
            || report.paths.contains { $0.state == .matchesNothing || $0.state == .noClientInScope }
    }

    func showText() {
        Console.result(VisibleText.of(sentence) + "\n")
        section("Documented settings that no rule reads", ["setting", "type", "meaning"], unread) { definition in
            [.string(definition.path.dotted), .string(Self.type(of: definition)), .string(definition.meaning)]
        }
        section("Paths that lead to nothing", ["rule", "path", "why"], idle) { entry in
            [.string(entry.ruleID), .string(entry.path.dotted), .string(Self.reason(entry))]
        }
        guard let report else { return }
        section(
            "Undocumented settings", ["setting", "first seen", "for", "clients", "last night"], report.undocumented
        ) { sighting in
            [
                .string(sighting.path.dotted), .string(TrialWords.night(sighting.firstNight, in: report.nights)),
                .string(TrialWords.clients(sighting.firstClients)), TrialJSON.integer(sighting.clientCount),
                TrialJSON.integer(sighting.clientsInLastNight),
            ]
        }
    }

    private func section<Element>(
        _ title: String, _ columns: [String], _ elements: [Element], _ row: (Element) -> [SettingValue]
    ) {
        if elements.isEmpty { return }
        Console.result("\n\(title):\n")
        Listing.print(columns: columns, rows: elements.map(row), as: .text)
    }

    /// The sentence that says it all.
    private var sentence: String {
        let total = SettingsCatalogue.definitions.count
        let read =
            "\(unread.count) of \(total) documented settings are read by none of \(count(policies.facts.count, "rule"))"
        guard let report else { return read + "." }
        let nothing = report.paths.filter { $0.state == .matchesNothing }.count
        let unseen = report.paths.filter { $0.state == .notCaptured }.count
        let outOfScope = Set(report.paths.filter { $0.state == .noClientInScope }.map(\.ruleID)).count
        var clauses = [read]
        clauses.append(
            nothing == 0
                ? "every path that could be looked up leads to a value"
                : "\(count(nothing, "path")) lead\(nothing == 1 ? "s" : "") to nothing")
        if outOfScope > 0 { clauses.append("\(count(outOfScope, "rule")) without a client in scope") }
        if unseen > 0 { clauses.append("\(count(unseen, "path")) could not be looked up") }
        clauses.append(
            report.undocumented.isEmpty
                ? "no undocumented setting" : "\(count(report.undocumented.count, "undocumented setting"))")
        return TrialWords.head(report.nights, clients: report.clientCount) + ": " + clauses.joined(separator: "; ")
            + "."
    }

    private static func type(of definition: SettingDefinition) -> String {
        definition.type.name + (definition.unit.map { ", \($0)" } ?? "")
    }

    private static func reason(_ entry: PathCoverage.Entry) -> String {
        switch entry.state {
        case .matches: ""
        case .matchesNothing: "absent for all \(count(entry.clientsCaptured, "client"))"
        case .notCaptured: "\(entry.path.group.rawValue) was captured of no client"
        case .noClientInScope: "no client is in the rule's scope"
        }
    }

    static let columns = [
        "finding", "setting", "rule", "type", "meaning", "firstDay", "firstRun", "clients", "lastNightClients",
    ]

    /// One table of three kinds: `unread`, `undocumented`, and the states of paths that match nothing.
    var rows: [[SettingValue]] {
        func row(_ finding: String, _ path: SettingPath, _ values: [String: SettingValue]) -> [SettingValue] {
            [.string(finding), .string(path.dotted)] + Self.columns.dropFirst(2).map { values[$0] ?? .null }
        }
        let unread = self.unread.map { definition in
            row(
                "unread", definition.path,
                ["type": .string(Self.type(of: definition)), "meaning": .string(definition.meaning)])
        }
        let idle = self.idle.map { entry in
            row(
                entry.state.rawValue, entry.path,
                ["rule": .string(entry.ruleID), "clients": TrialJSON.integer(entry.clientsCaptured)])
        }
        guard let report else { return unread }
        return unread + idle
            + report.undocumented.map { sighting in
                row(
                    "undocumented", sighting.path,
                    [
                        "firstDay": .string(report.nights.days[sighting.firstNight].description),
                        "firstRun": .string(report.nights.runs[sighting.firstNight].id.rawValue),
                        "clients": TrialJSON.integer(sighting.clientCount),
                        "lastNightClients": TrialJSON.integer(sighting.clientsInLastNight),
                    ])
            }
    }

    var json: SettingValue {
        var object =
            report.map { TrialJSON.head($0.nights, timeZone: timeZone, clients: $0.clientCount) } ?? SettingObject()
        object["policies"] = TrialJSON.policies(policies.policies)
        object["unread"] = .array(
            unread.map { definition in
                [
                    "setting": .string(definition.path.dotted), "group": .string(definition.path.group.rawValue),
                    "type": .string(definition.type.name), "unit": definition.unit.map { .string($0) } ?? .null,
                    "meaning": .string(definition.meaning),
                ]
            })
        guard let report else { return .object(object) }
        object["paths"] = .array(
            report.paths.map { entry in
                [
                    "rule": .string(entry.ruleID), "path": .string(entry.path.dotted),
                    "state": .string(entry.state.rawValue), "clientsInScope": TrialJSON.integer(entry.clientsInScope),
                    "clientsCaptured": TrialJSON.integer(entry.clientsCaptured),
                    "clientsMatched": TrialJSON.integer(entry.clientsMatched),
                ]
            })
        object["undocumented"] = .array(
            report.undocumented.map { sighting in
                [
                    "setting": .string(sighting.path.dotted),
                    "firstSeen": TrialJSON.night(sighting.firstNight, in: report.nights),
                    "firstClients": .array(sighting.firstClients.map { .object(TrialJSON.id($0)) }),
                    "clients": TrialJSON.integer(sighting.clientCount),
                    "lastNightClients": TrialJSON.integer(sighting.clientsInLastNight),
                ]
            })
        return .object(object)
    }
}
