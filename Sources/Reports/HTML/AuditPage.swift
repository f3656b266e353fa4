import AuditModel

/// A run's report as one page.
struct AuditPage {
    let report: AuditReport
    let changes: ChangeIndex
    let keys: FilterKeys
    let controlGroups: [ControlGroup]
    private let factsByID: [String: RuleFacts]

    init(_ report: AuditReport) {
        self.report = report
        changes = ChangeIndex(report.settingsChanges)
        keys = FilterKeys(report)
        controlGroups = ControlGroup.grouped(report)
        factsByID = Dictionary(report.rules.map { ($0.facts.id, $0.facts) }, uniquingKeysWith: { first, _ in first })
    }

    func facts(of ruleID: String) -> RuleFacts? { factsByID[ruleID] }

    /// The page.
    var document: String {
        PageFrame.document(
            title: "Audit of \(report.run.environment), \(report.day)", script: PageScript.text
        ) {
            HTML("header") { header }
            HTML("main") {
                tiles
                HTML("div", [.class("notices")]) { notices }
                contents
                HTML.joined(sections)
            }
            HTML("footer") { footer }
        }
    }

    private var header: HTML {
        let run = report.run
        return HTML("div") {
            HTML("p", [.class("overline")]) {
                "Configuration audit · \(run.environment) · \(report.day) "
                if run.isSynthetic { HTML("span", [.class("badge doubtful")]) { "synthetic data" } }
                " "
                if run.state != .complete { HTML("span", [.class("badge doubtful")]) { run.stateWords } }
            }
            HTML("h1") { DigestSentence.text(for: report) }
            HTML("p", [.class("muted")]) {
                report.previousRun.map { "Compared with run \($0.id.short) of \($0.startedAt.rfc3339)." }
                    ?? "A baseline: there is no sealed run before it to compare with."
                " " + report.lastCompleteSentence
            }
        }
    }

    private var tiles: HTML {
        let completeness = report.completeness
        return HTML("dl", [.class("tiles")]) {
            Components.tile(
                "Clients collected",
                Words.number(completeness.clientsCollected), of: " / \(Words.number(completeness.clientsExpected))",
                completeness.vanishedClients.isEmpty
                    ? "" : "\(Words.number(completeness.vanishedClients.count)) vanished",
                tone: report.collectedTone)
            Components.tile(
                "Groups captured",
                Words.number(completeness.groupsCaptured), of: " / \(Words.number(completeness.groupsExpected))",
                "\(Words.number(completeness.groupsFailed)) failed · \(Words.number(completeness.groupsNotCollected)) not collected",
                tone: completeness.groupsFailed == 0 ? .plain : .doubtful)
            Components.tile(
                "Failures", Words.number(report.failures.count), severities,
                tone: report.failuresTone)
            if report.previousRun != nil {
                Components.tile(
                    "New", Words.number(report.newFailures.count), tone: report.newFailures.isEmpty ? .plain : .bad)
                Components.tile("Fixed", Words.number(fixedChanges.count), tone: fixedChanges.isEmpty ? .plain : .good)
            }
            if !report.waived.isEmpty {
                Components.tile("Waived", Words.number(report.waived.count), tone: .doubtful)
            }
            Components.tile(
                "Unknown", Words.number(report.unknowns.count), tone: report.unknowns.isEmpty ? .plain : .doubtful)
        }
    }

    private var severities: String {
        Severity.allCases.compactMap { severity in
            let count = report.failures.count {
                ($0.result.severity ?? facts(of: $0.result.ruleID)?.severity) == severity
            }
            return count == 0 ? nil : "\(Words.number(count)) \(severity.rawValue)"
        }.joined(separator: " · ")
    }

    private var contents: HTML {
        Components.contents([
            ("trend", "Trend", report.trend.count > 1),
            ("grid", "Clients and rules", !report.verdicts.clients.isEmpty && !report.verdicts.ruleIDs.isEmpty),
            ("failures", "Failures", !report.failures.isEmpty), ("fixed", "Fixed", !fixedChanges.isEmpty),
            ("waived", "Waived", !report.waived.isEmpty), ("unknown", "Unknown", !report.unknowns.isEmpty),
            ("waivers", "Waivers", !report.waivers.isEmpty),
            ("completeness", "Completeness", true), ("controls", "Controls", !controlGroups.isEmpty),
            ("moves", "Verdict changes", !report.verdictChanges.isEmpty),
            ("settings", "Settings changes", report.previousRun != nil),
            ("roster", "Roster", !report.rosterChanges.isEmpty), ("keys", "Keys", !report.deviations.isEmpty),
            ("rules", "Rules", !report.rules.isEmpty), ("policies", "Policies", true),
            ("not-assessed", "Not assessed", !report.notAssessed.isEmpty), ("run", "Run", true),
        ])
    }

    private var notices: HTML {
        HTML("div") {
            report.conditions.reversed().map { condition in
                HTML("p", [.class("notice")]) {
                    HTML("b") { "Exit status \(condition.status.rawValue). " }
                    VisibleText.prose(condition.sentence)
                }
            }
            report.warnings.map { warning in
                HTML("p", [.class("notice doubtful")]) {
                    HTML("b") { "Warning. " }
                    VisibleText.prose(warning)
                }
            }
        }
    }

    private var footer: HTML {
        HTML("p") {
            "audit \(report.run.toolVersion) · run \(report.run.id) · days in \(report.timeZone), times in UTC"
        }
    }
}
