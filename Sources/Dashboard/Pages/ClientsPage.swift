import AuditModel
import Reports

/// All clients of the latest runs, with a search.
struct ClientsPage {
    let context: PageContext

    /// A client with how it came out.
    private struct Row {
        var client: Client
        var failures = 0
        var waived = 0
        var unknown = 0
        var passes = 0
        var worst: Severity?

        /// Whether a rule could tell anything of it; else a number of failures would look better than what is known.
        var isKnown: Bool { unknown == 0 || failures + waived + passes > 0 }
    }

    func view() throws -> View {
        let chosen = context.query[.environment]
        let environments = try chosen == nil ? context.state.environments : [context.environment()]
        guard !context.state.environments.isEmpty else { throw PageContext.nothingYet }
        var rows: [Row] = []
        for environment in environments where environment.present != nil {
            rows += Self.rows(of: try context.presentReport(of: environment))
        }
        let all = rows.count
        if let search = context.query[.search] { rows = rows.filter { ClientSearch.matches($0.client, search) } }
        let byFailures = context.query[.sort] == "failures"
        rows.sort { one, other in
            byFailures && one.failures != other.failures
                ? one.failures > other.failures : one.client.id < other.client.id
        }
        let paged = Paged(rows, page: context.query.page)
        return View(
            title: "Clients", place: .clients, overline: Self.overline(environments),
            isSynthetic: environments.contains(where: \.isSynthetic),
            headline: rows.count == all
                ? Words.countOrNo(all, "client") : "\(Words.number(rows.count)) of \(Words.count(all, "client"))",
            content: content(paged, byFailures: byFailures),
            json: {
                Twin.document(
                    "clients",
                    paged.json + [
                        .init(
                            key: "clients",
                            value: .list(paged.rows) { row in
                                [
                                    "client": row.client.json, "failures": .count(row.failures),
                                    "waived": .count(row.waived), "unknowns": .count(row.unknown),
                                    "passes": .count(row.passes), "worstSeverity": .text(row.worst?.rawValue),
                                ]
                            })
                    ])
            })
    }

    /// Which run the page is of, where it is of one.
    private static func overline(_ environments: [EnvironmentState]) -> [String] {
        guard environments.count == 1 else { return [] }
        let run = environments[0].present.map { "latest run of \($0.day)" }
        return [environments[0].name.rawValue] + (run.map { [$0] } ?? [])
    }

    private static func rows(of report: AuditReport) -> [Row] {
        let severities = Dictionary(
            report.rules.map { ($0.facts.id, $0.facts.severity) }, uniquingKeysWith: { first, _ in first })
        var rows: [Client.ID: Row] = [:]
        let grid = report.verdicts
        for (place, client) in grid.clients.enumerated() {
            var row = Row(client: client)
            row.passes = grid.ruleIDs.indices.count { grid[place, $0]?.verdict == .pass }
            rows[client.id] = row
        }
        for finding in report.failures {
            rows[finding.client.id, default: Row(client: finding.client)].failures += 1
            let severity = finding.result.severity ?? severities[finding.result.ruleID]
            if let severity, severity >= rows[finding.client.id]?.worst ?? severity {
                rows[finding.client.id]?.worst = severity
            }
        }
        for finding in report.waived { rows[finding.client.id, default: Row(client: finding.client)].waived += 1 }
        for finding in report.unknowns { rows[finding.client.id, default: Row(client: finding.client)].unknown += 1 }
        return Array(rows.values)
    }

    private func content(_ paged: Paged<Row>, byFailures: Bool) -> HTML {
        let query = context.query
        return .joined([
            Parts.environments(
                context, chosen: query[.environment].map { EnvironmentName($0) }, .clients),
            Form.search(
                .clients, label: "Clients", button: "Search",
                hidden: Query().with(.environment, query[.environment]),
                [
                    Form.text(.search, "Search", query[.search], hint: "Code, name, number or label"),
                    Form.choice(
                        .sort, "Order", query[.sort], none: "By number", [("failures", "By failures, most first")]),
                ]),
            paged.rows.isEmpty
                ? Parts.empty(query[.search] == nil ? "There are no clients." : "No client is like that.")
                : Components.table(
                    "Clients of the latest run that judged",
                    ["Client", "Failures", "Worst", "Waived", "Unknown", "Pass", "Labels"], paged.rows.map(cells)),
            Parts.pager(paged, Link(route: .clients, query: query)),
        ])
    }

    private func cells(_ row: Row) -> [HTML] {
        [
            Parts.client(row.client), row.isKnown ? Parts.failures(row.failures) : Components.muted("not known"),
            row.worst.map(Components.pill) ?? Components.muted("–"), Parts.number(row.waived),
            Parts.number(row.unknown), Parts.number(row.passes), ClientPage.labels(row.client),
        ]
    }
}
