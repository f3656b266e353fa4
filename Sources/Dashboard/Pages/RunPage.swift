import AuditModel
import Reports

/// One run: how complete it is, and what it found.
struct RunPage {
    let context: PageContext
    let id: String

    func view() throws -> View {
        guard let dated = context.state.run(id) else {
            throw try elsewhere()
        }
        let whole = try context.source.report(of: dated.run)
        let chosen = try RunFindings(whole, context.query)
        let run = dated.run
        let query = context.state.query(of: run.environment)
        return View(
            title: "Run of \(dated.day)", place: .runs, crumbs: [("Runs", Link(route: .runs, query: query))],
            overline: [run.environment.rawValue, dated.day.description, run.stateWords], isSynthetic: run.isSynthetic,
            headline: DigestSentence.text(for: whole),
            lead: HTML("p", [.class("muted")]) { before(whole) },
            content: .joined([
                tiles(whole), notices(whole), findings(whole, chosen), gaps(whole), facts(whole),
            ]),
            json: { ReportRenderer.bytes(of: chosen.report, as: .json) })
    }

    private func before(_ report: AuditReport) -> HTML {
        guard let previous = report.previousRun else {
            return HTML(
                text: "A baseline: there is no sealed run before it to compare with. \(report.lastCompleteSentence)")
        }
        let diff = Link(
            route: .diff,
            query: context.state.query(of: report.run.environment).with(.from, previous.id.rawValue)
                .with(.to, report.run.id.rawValue))
        return .joined([
            HTML(text: "Compared with run "), Parts.run(previous),
            HTML(text: " of \(previous.startedAt.rfc3339); "), Parts.link(diff, "what changed"),
            HTML(text: ". \(report.lastCompleteSentence)"),
        ])
    }

    private func tiles(_ report: AuditReport) -> HTML {
        let completeness = report.completeness
        return HTML("dl", [.class("tiles")]) {
            Components.tile(
                "Clients collected",
                Words.number(completeness.clientsCollected), of: " of \(Words.number(completeness.clientsExpected))",
                tone: report.collectedTone)
            Components.tile(
                "Groups captured",
                Words.number(completeness.groupsCaptured), of: " of \(Words.number(completeness.groupsExpected))",
                "\(Words.number(completeness.groupsFailed)) failed · \(Words.number(completeness.groupsNotCollected)) not collected",
                tone: completeness.groupsFailed == 0 ? .plain : .doubtful)
            Components.tile(
                "Failures", Words.number(report.failures.count), RunFindings.severities(of: report),
                tone: report.failuresTone)
            if report.previousRun != nil {
                Components.tile(
                    "New", Words.number(report.newFailures.count), tone: report.newFailures.isEmpty ? .plain : .bad)
            }
            if !report.waived.isEmpty {
                Components.tile("Waived", Words.number(report.waived.count), tone: .doubtful)
            }
            Components.tile(
                "Unknown", Words.number(report.unknowns.count), tone: report.unknowns.isEmpty ? .plain : .doubtful)
        }
    }

    private func notices(_ report: AuditReport) -> HTML {
        .joined(
            report.conditions.reversed().map { condition in
                HTML("p", [condition.status == .findings ? .class("notice") : .class("notice doubtful")]) {
                    HTML("b") { "Exit status \(condition.status.rawValue). " }
                    VisibleText.prose(condition.sentence)
                }
            }
                + report.warnings.map { warning in
                    HTML("p", [.class("notice doubtful")]) {
                        HTML("b") { "Warning. " }
                        VisibleText.prose(warning)
                    }
                })
    }

    // MARK: Findings

    private func findings(_ whole: AuditReport, _ chosen: RunFindings) -> HTML {
        let paged = Paged(chosen.findings, page: context.query.page)
        let rows = FindingRows(whole, context.state)
        let link = Link(route: .run(id), query: context.query)
        let all = whole.failures.count + whole.waived.count + whole.unknowns.count
        return Components.section("findings", "Findings", count: chosen.findings.count) {
            if all == 0 {
                Parts.empty(whole.rules.isEmpty ? "This run was not judged." : "Nothing fails, and nothing is unknown.")
            }
            if all > 0 {
                filter(whole)
                if chosen.findings.count != all {
                    HTML("p", [.class("remark")]) {
                        "\(Words.number(chosen.findings.count)) of \(Words.count(all, "finding")). "
                        Parts.link(Link(route: .run(id)), "Show all")
                    }
                }
                if paged.rows.isEmpty { Parts.empty("No finding is of that kind.") }
                if !paged.rows.isEmpty {
                    Components.table(
                        "Findings", ["Client", "Rule", "Severity", "What is so", "State"],
                        paged.rows.map { finding in
                            [
                                Parts.client(finding.client), rows.rule(finding), rows.pill(finding),
                                rows.reasons(finding), rows.standing(finding),
                            ]
                        })
                }
                Parts.pager(paged, link)
            }
        }
    }

    private func filter(_ report: AuditReport) -> HTML {
        let found = Set((report.failures + report.waived + report.unknowns).map(\.result.ruleID))
        let rules = report.rules.map(\.facts).filter { found.contains($0.id) }
        let query = context.query
        return Form.search(
            .run(id), label: "Findings", button: "Filter",
            [
                Form.choice(
                    .verdict, "Kind", query[.verdict], none: "All",
                    RunFindings.Kind.allCases.map { ($0.rawValue, $0.words) }),
                Form.choice(
                    .severity, "Severity", query[.severity], none: "All",
                    Severity.allCases.map { ($0.rawValue, $0.rawValue) }),
                Form.choice(
                    .rule, "Rule", query[.rule], none: "All",
                    rules.map { ($0.id, "\($0.id) · \(ValueText.shortened(VisibleText.prose($0.title)))") }),
                Form.text(.client, "Client", query[.client], hint: "Code, name or number"),
            ])
    }

    // MARK: Completeness

    private func gaps(_ report: AuditReport) -> HTML {
        let completeness = report.completeness
        var rows = FailedGroups.grouped(completeness.failures).map { failed in
            [
                Parts.clients(failed.clients), Components.text(failed.groups.map(\.rawValue).joined(separator: ", ")),
                HTML("div") {
                    failed.words
                    if !failed.request.isEmpty {
                        HTML("div", [.class("muted")]) { Components.code(ValueText.shortened(failed.request)) }
                    }
                },
                HTML("span", [.class("brief")]) { failed.lastKnownAt?.rfc3339 ?? "never" },
            ]
        }
        rows += completeness.vanishedClients.map { client in
            [
                Parts.client(client), Components.text("all"),
                Components.text("was on the roster of the run before, is not on this one, and is not marked retired"),
                Components.muted("–"),
            ]
        }
        rows += completeness.unassessedClients.map { client in
            [
                Parts.client(client), Components.muted("–"), Components.text("no rule assesses this client"),
                Components.muted("–"),
            ]
        }
        return Components.section("completeness", "Completeness", count: nil) {
            if rows.isEmpty {
                HTML("p", [.class("remark")]) {
                    completeness.groupsNotCollected == 0
                        ? "Everything that was expected was captured."
                        : "\(Words.count(completeness.groupsNotCollected, "group")) not collected."
                }
            }
            if !rows.isEmpty {
                Components.table("What was expected and is missing", ["Clients", "Groups", "Why", "Last read"], rows)
            }
        }
    }

    private func facts(_ report: AuditReport) -> HTML {
        let run = report.run
        return Components.section("run", "Run") {
            HTML("dl", [.class("facts")]) {
                fact("Run", run.id.description)
                fact("Environment", "\(run.environment), \(run.baseURL)")
                fact("Began", "\(run.startedAt.rfc3339) (\(report.day) in \(report.timeZone))")
                fact("Sealed", run.sealedAt?.rfc3339 ?? "not yet")
                fact("Policy set", run.policySet?.hex ?? "none")
                fact("Waiver set", run.waiverSet?.hex ?? "none")
                fact("Exit status", "\(report.exitStatus.rawValue): \(report.exitStatus.meaning)")
                fact("Tool", "audit \(run.toolVersion)")
            }
            if !report.notAssessed.isEmpty {
                HTML("details") {
                    HTML("summary") { "What this run does not show" }
                    Components.list(report.notAssessed)
                }
            }
        }
    }

    private func fact(_ name: String, _ value: String) -> HTML {
        .joined([HTML("dt") { name }, HTML("dd") { value }])
    }
}
