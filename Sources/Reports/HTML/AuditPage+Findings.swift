import AuditModel

extension AuditPage {
    var failures: HTML {
        let rules = FindingsByRule.grouped(report.failures) { facts(of: $0) }
        return Components.section("failures", "Failures", count: report.failures.count) {
            FindingsByRule.bySeverity(rules).map { severity, rules in
                HTML("div", [.class("severity")]) {
                    HTML("h3") {
                        Components.pill(severity)
                        HTML("span", [.class("muted")]) {
                            Words.count(rules.reduce(0) { $0 + $1.findings.count }, "failure") + " of "
                                + Words.count(rules.count, "rule")
                        }
                    }
                    rules.map(card)
                }
            }
        }
    }

    private func card(_ rule: FindingsByRule) -> HTML {
        let facts = rule.facts
        return HTML("article", [facts.severity.cardClass]) {
            HTML("h4") {
                Components.code(facts.id)
                " "
                VisibleText.prose(facts.title)
            }
            HTML("p", [.class("tally")]) {
                Words.count(rule.clientCount, "client")
                if rule.newCount > 0 { HTML("span", [.class("badge bad")]) { "\(Words.number(rule.newCount)) new" } }
            }
            rule.requirements.map(requirement)
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
            Components.code(control.reference)
            " \(control.strength.rawValue)"
            if let caveat = control.caveat { HTML("span", [.class("muted")]) { " – " + VisibleText.prose(caveat) } }
        }
    }

    private func requirement(_ requirement: Requirement) -> HTML {
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
                "Clients that fail", ["Client", "Actual", "Before", "State", "Finding"],
                requirement.rows.map { row($0, requirement) })
            requirement.notes.map { note in
                HTML("p", [.class("note")]) { "Note: " + VisibleText.prose(note) }
            }
        }
    }

    private func row(_ row: Requirement.Row, _ requirement: Requirement) -> [HTML] {
        let finding = row.finding
        let change = row.comparison.flatMap { changes.change(of: finding.client.id, at: $0.path) }
        return [
            Components.client(finding.client), actual(row, requirement),
            change.map { Components.code(ValueText.of($0.before)) } ?? Components.muted("–"), state(finding),
            Components.code(finding.id),
        ]
    }

    private func actual(_ row: Requirement.Row, _ requirement: Requirement) -> HTML {
        HTML("div") {
            if let comparison = row.comparison {
                if comparison.path != requirement.path {
                    HTML("div", [.class("muted")]) { Components.code(comparison.path.shown) }
                }
                HTML("span", [.class("actual")]) { Components.code(ValueText.actual(comparison)) }
            }
            if let message = row.finding.result.message {
                HTML("div", [.class("muted")]) { VisibleText.prose(message) }
            }
        }
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
                HTML("span", [.class("muted")]) { "since \(since.rfc3339.prefix(10))" }
            }
        }
    }

    var unknowns: HTML {
        Components.section(
            "unknown", "Unknown", count: report.unknowns.count,
            remark: "These cannot be told, and nothing that cannot be told counts as a pass."
        ) {
            Components.table(
                "Results that cannot be told", ["Clients", "Rules", "Why"],
                UnknownGroup.grouped(report.unknowns).map { group in
                    [
                        Components.clientsOrOne(group.clients),
                        HTML("div") {
                            HTML("b") { Words.count(group.ruleIDs.count, "rule") + ": " }
                            group.ruleIDs.enumerated().map { index, id in
                                HTML.joined([HTML(text: index == 0 ? "" : ", "), Components.code(id)])
                            }
                        },
                        Components.text(group.reason),
                    ]
                })
        }
    }
}
