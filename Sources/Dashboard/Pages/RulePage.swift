import AuditModel
import Reports

/// One rule: who fails it, since when, and what made it so.
struct RulePage {
    let context: PageContext
    let id: String

    /// A client that fails.
    private struct Row {
        var finding: Finding
        var spell: FailureSpell?
        var cause: FailureCause?
    }

    func view() throws -> View {
        let environment = try context.environment()
        let report = try context.presentReport(of: environment)
        guard let rule = report.rules.first(where: { $0.facts.id.isIdentical(to: id) }) else {
            let near = NearestName.to(id, among: report.rules.map(\.facts.id)).map { " Did you mean '\($0)'?" } ?? ""
            throw DashboardProblem.notFound(
                "The latest run of \(environment.name) has no rule '\(ValueText.shortened(id))'.\(near)")
        }
        func own(_ findings: [Finding]) -> [Finding] { findings.filter { $0.result.ruleID.isIdentical(to: id) } }
        let spells = try context.source.spells(of: id, in: environment.name)
        // The newest failures first: they are what somebody asks about.
        let failing = (own(report.failures) + own(report.waived)).map { Row(finding: $0, spell: spells[$0.client.id]) }
            .sorted { one, other in
                let (left, right) = (one.spell?.first.run.startedAt, other.spell?.first.run.startedAt)
                return left == right
                    ? one.finding.client.id < other.finding.client.id
                    : (left?.milliseconds ?? .min) > (right?.milliseconds ?? .min)
            }
        let paged = Paged(failing, page: context.query.page)
        let shown = paged.rows.compactMap { row in row.spell.map { (row.finding.client.id, $0) } }
        let causes = try context.source.causes(of: id, for: Dictionary(shown, uniquingKeysWith: { first, _ in first }))
        let rows = paged.rows.map { row in
            Row(finding: row.finding, spell: row.spell, cause: causes[row.finding.client.id])
        }
        let unknown = own(report.unknowns)
        let facts = rule.facts
        return View(
            title: "Rule \(id)", place: .rules,
            crumbs: [("Rules", Link(route: .rules, query: context.state.query(of: environment.name)))],
            overline: [environment.name.rawValue, id], isSynthetic: environment.isSynthetic,
            headline: VisibleText.prose(facts.title),
            lead: HTML("p") {
                Components.pill(facts.severity)
                HTML("span", [.class("muted")]) { " " + sentence(rule.counts) }
            },
            content: .joined([
                Parts.environments(context, chosen: environment.name, .rule(id)), description(facts),
                table(rows, paged, report, environment), unknowns(unknown),
            ]),
            json: { json(rule, rows, paged, unknown, environment) })
    }

    private func sentence(_ counts: VerdictCounts) -> String {
        [
            (counts.fail, "fail"), (counts.waived, "waived"), (counts.unknown, "unknown"), (counts.pass, "pass"),
            (counts.notApplicable, "not applicable"),
        ].filter { $0.0 > 0 }.map { "\(Words.number($0.0)) \($0.1)" }.joined(separator: " · ")
    }

    private func description(_ facts: RuleFacts) -> HTML {
        HTML("dl", [.class("facts")]) {
            HTML("dt") { "Policy" }
            HTML("dd") { facts.policyID }
            if let rationale = facts.rationale {
                HTML("dt") { "Why" }
                HTML("dd") { VisibleText.prose(rationale) }
            }
            if let remediation = facts.remediation {
                HTML("dt") { "Fix" }
                HTML("dd") { VisibleText.prose(remediation) }
            }
            if !facts.controls.isEmpty {
                HTML("dt") { "Controls" }
                HTML("dd") {
                    facts.controls.map { control in
                        HTML("div") {
                            Components.code(control.reference)
                            " \(control.strength.rawValue)"
                            if let caveat = control.caveat {
                                HTML("span", [.class("muted")]) { " – " + VisibleText.prose(caveat) }
                            }
                        }
                    }
                }
            }
        }
    }

    private func table(
        _ rows: [Row], _ paged: Paged<Row>, _ report: AuditReport, _ environment: EnvironmentState
    ) -> HTML {
        let findings = FindingRows(report, context.state)
        return Components.section("failing", "Clients that fail", count: paged.total) {
            if rows.isEmpty {
                Parts.empty(
                    report.unknowns.contains { $0.result.ruleID.isIdentical(to: id) }
                        ? "Nobody is known to fail this rule." : "Nobody fails this rule.")
            }
            if !rows.isEmpty {
                Components.table(
                    "The newest failures first", ["Client", "What is so", "Since", "Cause", "State"],
                    rows.map { row in
                        [
                            Parts.client(row.finding.client), findings.reasons(row.finding), since(row.spell),
                            cause(row), state(row.finding),
                        ]
                    })
            }
            Parts.pager(paged, Link(route: .rule(id), query: context.query))
        }
    }

    private func since(_ spell: FailureSpell?) -> HTML {
        guard let spell else { return Components.muted("not known") }
        guard let before = spell.lastBefore else {
            return HTML("div") {
                Components.muted("as far back as ")
                Parts.day(spell.first)
            }
        }
        return HTML("div") {
            ClientPage.interval(after: before, before: spell.first)
            HTML("div", [.class("muted")]) { "seen in \(Words.count(spell.nights, "night"))" }
        }
    }

    private func cause(_ row: Row) -> HTML {
        guard let cause = row.cause else {
            return Components.muted(row.spell?.lastBefore == nil ? "failing when first seen" : "not recorded")
        }
        return HTML("div") {
            cause.causes.joined(separator: ", ")
            cause.changes.prefix(3).map { change in
                HTML("div") {
                    Parts.setting(change.path, of: row.finding.client.id)
                    " "
                    Parts.change(change.before, change.after)
                }
            }
            if cause.changes.count > 3 { Components.muted("and \(Words.number(cause.changes.count - 3)) more") }
        }
    }

    private func state(_ finding: Finding) -> HTML {
        guard let waiver = finding.waiver else { return Parts.verdict(.fail) }
        return HTML("div", [.class("state")]) {
            Parts.verdict(.fail, isWaived: true)
            HTML("span", [.class("muted")]) { "until \(waiver.expires) by \(VisibleText.of(waiver.id))" }
        }
    }

    private func unknowns(_ unknown: [Finding]) -> HTML {
        guard !unknown.isEmpty else { return .empty }
        return Components.section(
            "unknown", "Unknown", count: unknown.count,
            remark: "These cannot be told, and nothing that cannot be told counts as a pass."
        ) {
            Components.table(
                "Clients for which it cannot be told", ["Clients", "Why"],
                UnknownGroup.grouped(unknown).map { group in
                    [Parts.clients(group.clients), Components.text(group.reason)]
                })
        }
    }

    private func json(
        _ rule: RuleSummary, _ rows: [Row], _ paged: Paged<Row>, _ unknown: [Finding], _ environment: EnvironmentState
    ) -> [UInt8] {
        Twin.document(
            "rule",
            paged.json + [
                .init(key: "environment", value: .string(environment.name.rawValue)),
                .init(key: "facts", value: rule.facts.json), .init(key: "counts", value: rule.counts.json),
                .init(
                    key: "failing",
                    value: .list(rows) { row in
                        [
                            "finding": row.finding.json(severity: row.finding.result.severity ?? rule.facts.severity),
                            "since": row.spell.map { Twin.run($0.first) } ?? .null,
                            "lastBefore": row.spell?.lastBefore.map(Twin.run) ?? .null,
                            "before": .text(row.spell?.before?.rawValue),
                            "nights": row.spell.map { .count($0.nights) } ?? .null,
                            "causes": row.cause.map { .list($0.causes, SettingValue.string) } ?? .null,
                            "settings": row.cause.map { .list($0.changes, \.json) } ?? .null,
                        ]
                    }),
                .init(key: "unknowns", value: .list(unknown) { $0.json(severity: rule.facts.severity) }),
            ])
    }
}
