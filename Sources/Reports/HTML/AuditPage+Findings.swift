import AuditModel

extension AuditPage {
    /// All that is told rule by rule and client by client, with the bar that narrows it.
    var findings: HTML {
        var sections: [HTML] = []
        if !report.failures.isEmpty { sections.append(failures) }
        if !fixedChanges.isEmpty { sections.append(fixed) }
        if !report.waived.isEmpty { sections.append(waived) }
        if !report.unknowns.isEmpty { sections.append(unknowns) }
        guard !sections.isEmpty else { return .empty }
        return HTML("div", [.id("findings")]) {
            FilterBar(keys: keys).html
            FilterBar.status
            sections
        }
    }

    private var failures: HTML {
        let rules = FindingsByRule.grouped(report.failures) { facts(of: $0) }
        // A rule has more than one card where overrides make it more severe for some: links lead to the first.
        var linked: Set<String> = []
        return Components.section("failures", "Failures", count: report.failures.count) {
            FindingsByRule.bySeverity(rules).map { severity, rules in
                HTML("div", [.class("severity")]) {
                    HTML("h3") {
                        Components.pill(severity)
                        HTML("span", [.class("muted n")]) {
                            Words.count(rules.reduce(0) { $0 + $1.findings.count }, "failure") + " of "
                                + Words.count(rules.count, "rule")
                        }
                    }
                    rules.map { rule in card(rule, isLinked: linked.insert(rule.facts.id).inserted) }
                }
            }
        }
    }

    private func card(_ rule: FindingsByRule, isLinked: Bool) -> HTML {
        let facts = rule.facts
        let number = isLinked ? keys.number(of: facts.id) : nil
        return HTML("article", [facts.severity.cardClass] + (number.map { [.id("rule", $0)] } ?? [])) {
            HTML("h4") {
                Components.code(ValueText.shortened(facts.id))
                " "
                VisibleText.prose(facts.title)
            }
            HTML("p", [.class("tally")]) {
                HTML("span", [.class("n")]) { Words.count(rule.clientCount, "client") }
                if rule.newCount > 0 { HTML("span", [.class("badge bad")]) { "\(Words.number(rule.newCount)) new" } }
            }
            rule.requirements.map { requirement($0, of: facts) }
            HTML("dl", [.class("facts")]) {
                fact("Fix", facts.remediation)
                fact("Why", facts.rationale)
                if !facts.controls.isEmpty {
                    HTML("dt") { "Controls" }
                    HTML("dd") { facts.controls.map(control) }
                }
            }
        }
    }

    private func fact(_ name: String, _ text: String?) -> HTML {
        guard let text else { return .empty }
        return .joined([HTML("dt") { name }, HTML("dd") { VisibleText.prose(text) }])
    }

    private func control(_ control: ControlReference) -> HTML {
        HTML("div") {
            Components.code(ValueText.shortened(control.reference))
            " \(control.strength.rawValue)"
            if let caveat = control.caveat {
                HTML("span", [.class("muted")]) { " – " + VisibleText.prose(caveat) }
            }
        }
    }

    private func requirement(_ requirement: Requirement, of facts: RuleFacts) -> HTML {
        HTML("div", [.class("requirement")]) {
            if let path = requirement.path, let expected = requirement.expected {
                HTML("p") {
                    Components.code(path.shown)
                    " expected "
                    HTML("b") { expected }
                    if let meaning = Components.meaning(of: path) { HTML("span", [.class("meaning")]) { meaning } }
                }
            }
            Components.table(
                "Clients that fail", ["Clients", "Actual", "Before", "State"],
                FindingRow.grouped(requirement.rows, changes: changes).map { row in
                    let severity = row.example.result.severity
                    return (
                        keys.attributes([facts.id], row.example.filterState, severity: severity),
                        row.findings.map { ($0.client, $0.id) },
                        [actual(row, requirement), before(row.change), state(row.example)]
                    )
                })
            requirement.notes.map { note in
                HTML("p", [.class("note")]) { "Note: " + VisibleText.prose(note) }
            }
        }
    }

    private func actual(_ row: FindingRow, _ requirement: Requirement) -> HTML {
        HTML("div") {
            if let comparison = row.comparison {
                if comparison.path != requirement.path {
                    HTML("div", [.class("muted")]) { Components.code(comparison.path.shown) }
                }
                HTML("span", [.class("actual")]) { Components.code(ValueText.actual(comparison)) }
            }
            if let words = row.shown.leftOutWords { HTML("div", [.class("muted")]) { words } }
            if let message = row.example.result.message {
                HTML("div", [.class("muted")]) { VisibleText.prose(message) }
            }
        }
    }

    private func before(_ change: Change?) -> HTML {
        change.map { Components.code(ValueText.of($0.before)) } ?? Components.muted("–")
    }

    private func state(_ finding: Finding) -> HTML {
        HTML("div", [.class("state")]) {
            if let transition = finding.transition {
                HTML(
                    "span",
                    [finding.isNews ? .class("badge bad") : .class("badge"), .init("title", transition.meaning)]
                ) {
                    transition.words
                }
            }
            if let since = finding.failingSince {
                HTML("span", [.class("muted since")]) { "since \(since.rfc3339.prefix(10))" }
            }
        }
    }

    private var unknowns: HTML {
        Components.section(
            "unknown", "Unknown", count: report.unknowns.count,
            remark: "These cannot be told, and nothing that cannot be told counts as a pass."
        ) {
            Components.table(
                "Results that cannot be told", ["Clients", "Rules", "Why"],
                UnknownGroup.grouped(report.unknowns).map { group in
                    (
                        keys.attributes(group.ruleIDs, .unknown), group.clients.map { ($0, nil) },
                        [
                            HTML("div") {
                                HTML("b") { Words.count(group.ruleIDs.count, "rule") + ": " }
                                group.ruleIDs.enumerated().map { index, id in
                                    HTML.joined([
                                        HTML(text: index == 0 ? "" : ", "), Components.code(ValueText.shortened(id)),
                                    ])
                                }
                            },
                            Components.text(group.reason),
                        ]
                    )
                })
        }
    }
}
