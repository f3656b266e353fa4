import AuditModel

extension AuditPage {
    /// The sections that have something to say, in their order.
    var sections: [HTML] {
        var sections: [HTML] = []
        if report.trend.count > 1 {
            sections.append(
                Components.section(
                    "trend", "Trend", remark: "Each night as it was judged then, by its own policies and waivers."
                ) { TrendChart(report.trend).html })
        }
        if !report.verdicts.clients.isEmpty, !report.verdicts.ruleIDs.isEmpty {
            sections.append(
                Components.section("grid", "Clients and rules") {
                    HeatGrid(
                        report.verdicts, rules: report.rules.map(\.facts), waived: report.waived, links: cardLinks
                    ).html
                })
        }
        sections.append(findings)
        if !report.waivers.isEmpty { sections.append(waiverLedger) }
        sections.append(completeness)
        if !controlGroups.isEmpty { sections.append(controls) }
        if !report.verdictChanges.isEmpty {
            sections.append(
                Components.section("moves", "Verdict changes", count: report.verdictChanges.count) {
                    Components.moves(report.verdictChanges) { facts(of: $0) }
                })
        }
        if report.previousRun != nil {
            let total = report.settingsChanges.reduce(0) { $0 + $1.clients.count }
            sections.append(
                Components.section("settings", "Settings changes", count: total) {
                    if total == 0 { HTML("p", [.class("remark")]) { "No setting that both runs could read differs." } }
                    Components.settingsChanges(report.settingsChanges)
                })
        }
        if !report.rosterChanges.isEmpty {
            sections.append(
                Components.section("roster", "Roster changes", count: report.rosterChanges.count) {
                    Components.roster(report.rosterChanges)
                })
        }
        if !report.deviations.isEmpty { sections.append(deviations) }
        if !report.rules.isEmpty { sections.append(rules) }
        sections.append(policies)
        if !report.notAssessed.isEmpty {
            sections.append(
                Components.section("not-assessed", "Not assessed", remark: "What this report does not show.") {
                    Components.list(report.notAssessed)
                })
        }
        sections.append(run)
        return sections
    }

    /// Where the page tells more of a rule.
    private var cardLinks: [String: String] {
        Dictionary(
            Set(report.failures.map(\.result.ruleID)).compactMap { id in
                keys.number(of: id).map { (id, "#rule-\($0)") }
            }, uniquingKeysWith: { first, _ in first })
    }

    private var deviations: HTML {
        Components.section("keys", "Keys that differ from the vendor's page", count: report.deviations.count) {
            Components.table(
                "Undocumented keys, and mandatory ones that are missing", ["Key", "Which", "Clients"],
                report.deviations.map { deviation in
                    let clients = deviation.clients.map(\.description)
                    return [
                        Components.code(deviation.path.shown), Components.text(deviation.kind.words),
                        Components.text("\(Words.count(clients.count, "client")): \(Words.list(clients, limit: 12))"),
                    ]
                })
        }
    }

    private var rules: HTML {
        Components.section("rules", "Rules", count: report.rules.count) {
            Components.table(
                "Every rule with its verdicts over all clients",
                ["Rule", "Severity", "Pass", "Fail", "Waived", "Unknown", "Not applicable", "Share"],
                report.rules.map { rule in
                    [
                        HTML("div") {
                            Components.code(rule.facts.id)
                            HTML("div", [.class("muted")]) { VisibleText.prose(rule.facts.title) }
                        },
                        Components.pill(rule.facts.severity), number(rule.counts.pass), number(rule.counts.fail),
                        number(rule.counts.waived), number(rule.counts.unknown), number(rule.counts.notApplicable),
                        Components.bar(rule.counts),
                    ]
                })
        }
    }

    private var policies: HTML {
        Components.section("policies", "Policies", count: report.policies.count) {
            if report.policies.isEmpty { HTML("p", [.class("remark")]) { "This run was not judged." } }
            if !report.policies.isEmpty {
                Components.table(
                    "The policy files that this run was judged by",
                    ["Policy", "Version", "Rules", "File and SHA-256", "Owner"],
                    report.policies.map { policy in
                        [
                            HTML("div") {
                                Components.code(policy.id)
                                HTML("div", [.class("muted")]) { VisibleText.prose(policy.title) }
                            },
                            Components.text(policy.version), Components.text(Words.number(policy.ruleCount)),
                            HTML("div") {
                                policy.file
                                HTML("div", [.class("digest")]) { policy.digest.hex }
                            },
                            Components.text(policy.owner ?? "–"),
                        ]
                    })
            }
        }
    }

    private var run: HTML {
        let run = report.run
        return Components.section("run", "Run") {
            HTML("dl", [.class("facts")]) {
                fact("Run", run.id.description)
                fact("Environment", "\(run.environment), \(run.baseURL)")
                fact("State", run.stateWords)
                fact("Began", "\(run.startedAt.rfc3339) (\(report.day) in \(report.timeZone))")
                fact("Sealed", run.sealedAt?.rfc3339 ?? "not yet")
                fact("Policy set", run.policySet?.hex ?? "none")
                fact("Waiver set", run.waiverSet?.hex ?? "none")
                fact("Run before", report.previousRun.map { "\($0.id), \($0.startedAt.rfc3339)" } ?? "none")
                fact(
                    "Last complete run", report.lastCompleteRun.map { "\($0.id), \($0.startedAt.rfc3339)" } ?? "none")
                if !report.logSentences.isEmpty { fact("Log", report.logSentences.joined(separator: " ")) }
                if let log = report.log { fact("Log root", log.root.hex) }
                fact("Exit status", "\(report.exitStatus.rawValue): \(report.exitStatus.meaning)")
            }
        }
    }

    private func fact(_ name: String, _ value: String) -> HTML {
        .joined([HTML("dt") { name }, HTML("dd") { value }])
    }
}
