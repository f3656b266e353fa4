import AuditModel
import Reports

/// Findings as rows of a table.
struct FindingRows {
    /// The most comparisons that a row tells.
    private static let limit = 3

    let report: AuditReport
    let state: StoreState
    private let facts: [String: RuleFacts]

    init(_ report: AuditReport, _ state: StoreState) {
        self.report = report
        self.state = state
        facts = Dictionary(report.rules.map { ($0.facts.id, $0.facts) }, uniquingKeysWith: { first, _ in first })
    }

    /// How bad it is.
    func severity(of finding: Finding) -> Severity? {
        finding.result.severity ?? facts[finding.result.ruleID]?.severity
    }

    /// The rule, and what it is about.
    func rule(_ finding: Finding) -> HTML {
        HTML("div") {
            Parts.rule(finding.result.ruleID, in: report.run.environment, state)
            if let facts = facts[finding.result.ruleID] {
                HTML("div", [.class("muted")]) { VisibleText.prose(facts.title) }
            }
        }
    }

    /// The severity; nothing where no rule is told of.
    func pill(_ finding: Finding) -> HTML {
        severity(of: finding).map(Components.pill) ?? Components.muted("–")
    }

    /// What the verdict rests on, each setting leading to its timeline.
    func reasons(_ finding: Finding) -> HTML {
        let comparisons = finding.result.comparisons
        return HTML("div") {
            comparisons.prefix(Self.limit).map { comparison in
                HTML("div") {
                    Parts.setting(comparison.path, of: finding.client.id)
                    " is "
                    HTML("span", [.class("actual")]) { Components.code(ValueText.actual(comparison)) }
                    HTML("span", [.class("muted")]) {
                        ", expected " + VisibleText.prose(ValueText.shortened(ValueText.expected(comparison)))
                    }
                }
            }
            if comparisons.count > Self.limit {
                Components.muted("and \(Words.number(comparisons.count - Self.limit)) more")
            }
            if !finding.result.missing.isEmpty {
                HTML("div") { finding.result.missing.map(\.rawValue).joined(separator: ", ") + " not captured" }
            }
            if let message = finding.result.message {
                HTML("div", [.class("muted")]) { VisibleText.prose(ValueText.shortened(message)) }
            }
        }
    }

    /// How it stands: waived, new, since when.
    func standing(_ finding: Finding) -> HTML {
        HTML("div", [.class("state")]) {
            if let waiver = finding.waiver {
                HTML("span", [.class("badge doubtful")]) { "waived" }
                HTML("span", [.class("muted")]) { "until \(waiver.expires) by \(VisibleText.of(waiver.id))" }
            } else if finding.result.verdict == .unknown {
                Parts.verdict(.unknown)
            } else if let transition = finding.transition {
                HTML(
                    "span",
                    [
                        transition == .still ? .class("badge") : .class("badge bad"),
                        .init("title", transition.meaning),
                    ]
                ) { transition.words }
            }
            if let since = finding.failingSince {
                HTML("span", [.class("muted since")]) { "since \(since.rfc3339.prefix(10))" }
            }
        }
    }
}
