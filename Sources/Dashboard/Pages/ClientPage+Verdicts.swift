import AuditModel
import Reports

extension ClientPage {
    /// What a rule says of the client in the latest run.
    struct RuleVerdict {
        var facts: RuleFacts
        var verdict: Verdict
        var finding: Finding?
        var reason: String?

        var isWaived: Bool { finding?.waiver != nil }
    }

    /// The verdict of every rule, those that need attention first.
    func verdicts(_ report: AuditReport) -> [RuleVerdict] {
        let findings = (report.failures + report.waived + report.unknowns).filter { $0.client.id == id }
        let byRule = Dictionary(findings.map { ($0.result.ruleID, $0) }, uniquingKeysWith: { first, _ in first })
        guard let row = report.verdicts.clients.firstIndex(where: { $0.id == id }) else { return [] }
        let columns = Dictionary(
            report.verdicts.ruleIDs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let all = report.rules.compactMap { rule -> RuleVerdict? in
            guard let column = columns[rule.facts.id], let cell = report.verdicts[row, column] else { return nil }
            return RuleVerdict(
                facts: rule.facts, verdict: cell.verdict, finding: byRule[rule.facts.id],
                reason: cell.notApplicableReason)
        }
        func rank(_ entry: RuleVerdict) -> Int {
            switch entry.verdict {
            case .fail: entry.isWaived ? 1 : 0
            case .unknown: 2
            case .pass: 3
            case .notApplicable: 4
            }
        }
        return all.sorted {
            (rank($0), $0.facts.severity.rank, $0.facts.id) < (rank($1), $1.facts.severity.rank, $1.facts.id)
        }
    }

    /// The rules, those that need somebody in a table, the others folded.
    func judgements(_ verdicts: [RuleVerdict], _ report: AuditReport) -> HTML {
        let rows = FindingRows(report, context.state)
        let needy = verdicts.filter { $0.verdict == .fail || $0.verdict == .unknown }
        let others = verdicts.filter { $0.verdict == .pass || $0.verdict == .notApplicable }
        return Components.section("verdicts", "Verdicts", count: verdicts.count) {
            if verdicts.isEmpty { Parts.empty("The latest run did not judge this client.") }
            if !verdicts.isEmpty, needy.isEmpty {
                HTML("p", [.class("remark")]) { "No rule fails, and none is unknown." }
            }
            if !needy.isEmpty {
                Components.table(
                    "Rules that fail or cannot be told", ["Rule", "Severity", "Verdict", "What is so", "State"],
                    needy.map { entry in
                        [
                            rule(entry.facts), Components.pill(entry.finding?.result.severity ?? entry.facts.severity),
                            Parts.verdict(entry.verdict, isWaived: entry.isWaived),
                            entry.finding.map(rows.reasons) ?? .empty, entry.finding.map(rows.standing) ?? .empty,
                        ]
                    })
            }
            if !others.isEmpty {
                HTML("details") {
                    HTML("summary") {
                        "\(Words.count(others.count { $0.verdict == .pass }, "rule")) that pass, "
                            + "\(Words.number(others.count { $0.verdict == .notApplicable })) that do not apply"
                    }
                    Components.table(
                        "Rules that pass or do not apply", ["Rule", "Verdict", "Why"],
                        others.map { entry in
                            [
                                rule(entry.facts), Parts.verdict(entry.verdict),
                                entry.reason.map(Components.muted) ?? Components.muted("–"),
                            ]
                        })
                }
            }
        }
    }

    private func rule(_ facts: RuleFacts) -> HTML {
        HTML("div") {
            Parts.rule(facts.id, in: id.environment, context.state)
            HTML("div", [.class("muted")]) { VisibleText.prose(facts.title) }
        }
    }
}
