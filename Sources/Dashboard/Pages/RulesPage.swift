import AuditModel
import Reports

/// All rules of the latest run that judged, those that fail first.
struct RulesPage {
    let context: PageContext

    func view() throws -> View {
        let environment = try context.environment()
        let report = try context.presentReport(of: environment)
        let severity = try context.query.severity()
        let rules = report.rules.filter { severity == nil || $0.facts.severity == severity }.sorted {
            ($0.counts.fail == 0 ? 1 : 0, $0.facts.severity.rank, -$0.counts.fail, $0.facts.id)
                < ($1.counts.fail == 0 ? 1 : 0, $1.facts.severity.rank, -$1.counts.fail, $1.facts.id)
        }
        let failing = rules.count { $0.counts.fail > 0 }
        return View(
            title: "Rules of \(environment.name)", place: .rules,
            overline: [environment.name.rawValue, "latest run of \(report.day)"],
            isSynthetic: environment.isSynthetic,
            headline:
                "\(Words.number(failing)) of \(Words.count(rules.count, "rule")) \(failing == 1 ? "fails" : "fail")",
            content: .joined([
                Parts.environments(context, chosen: environment.name, .rules),
                Form.search(
                    .rules, label: "Rules", button: "Filter",
                    hidden: Query().with(.environment, context.query[.environment]),
                    [
                        Form.choice(
                            .severity, "Severity", context.query[.severity], none: "All",
                            Severity.allCases.map { ($0.rawValue, $0.rawValue) })
                    ]),
                rules.isEmpty
                    ? Parts.empty(
                        report.rules.isEmpty ? "The latest run was not judged." : "No rule has this severity.")
                    : Components.table(
                        "Those that fail first, the worst at the top",
                        ["Rule", "Severity", "Fail", "Waived", "Unknown", "Pass", "Not applicable"],
                        rules.map { row($0, environment.name) }),
            ]),
            json: {
                Twin.document(
                    "rules",
                    [
                        .init(key: "environment", value: .string(environment.name.rawValue)),
                        .init(key: "run", value: report.run.json), .init(key: "total", value: .count(rules.count)),
                        .init(
                            key: "rules",
                            value: .list(rules) { ["facts": $0.facts.json, "counts": $0.counts.json] }),
                    ])
            })
    }

    private func row(_ rule: RuleSummary, _ environment: EnvironmentName) -> [HTML] {
        [
            HTML("div") {
                Parts.rule(rule.facts.id, in: environment, context.state)
                HTML("div", [.class("muted")]) { VisibleText.prose(rule.facts.title) }
            },
            Components.pill(rule.facts.severity), Parts.failures(rule.counts.fail), Parts.number(rule.counts.waived),
            Parts.number(rule.counts.unknown), Parts.number(rule.counts.pass), Parts.number(rule.counts.notApplicable),
        ]
    }
}
