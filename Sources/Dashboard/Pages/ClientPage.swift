import AuditModel
import Reports

/// One client: what it is, how rules judge it now, when its settings changed, and what they are.
struct ClientPage {
    let context: PageContext
    let id: Client.ID

    func view() throws -> View {
        let environment = try Self.environment(of: id, context)
        let history = try context.source.history(of: id, path: nil)
        let settings = try context.source.settings(of: id)
        let report = try context.presentReport(of: environment)
        let verdicts = verdicts(report)
        let changed = Set(history.settings.map(\.path))
        let unchanged = settings.filter { !changed.contains($0.path) }
        let client = history.client
        return View(
            title: client.code.isEmpty ? client.id.description : client.code, place: .clients,
            crumbs: [("Clients", Link(route: .clients, query: context.state.query(of: id.environment)))],
            overline: [client.id.description], isSynthetic: environment.isSynthetic,
            headline: Self.name(client), lead: HTML("p", [.class("muted")]) { sentence(history, verdicts) },
            content: .joined([
                facts(client, report), judgements(verdicts, report), timelines(history),
                flips(history), exposures(history), current(unchanged, known: !settings.isEmpty),
                Components.section("not-assessed", "Not assessed") { Components.list(history.notes) },
            ]),
            json: { json(history, verdicts, unchanged) })
    }

    /// The environment of a client.
    static func environment(of id: Client.ID, _ context: PageContext) throws -> EnvironmentState {
        guard let environment = context.state.environment(id.environment.rawValue) else {
            throw DashboardProblem.notFound("The database has no environment '\(id.environment)'.")
        }
        return environment
    }

    /// `Demo (ACME)`, or what there is of it.
    static func name(_ client: Client) -> String {
        client.name.isEmpty
            ? client.code.isEmpty ? client.id.description : client.code
            : client.code.isEmpty ? client.name : "\(client.name) (\(client.code))"
    }

    /// The labels of a client.
    static func labels(_ client: Client) -> HTML {
        guard !client.labels.isEmpty else { return Components.muted("–") }
        return HTML("span", [.class("labels")]) {
            client.labels.sorted { $0.key.precedesInUTF16($1.key) }.map { label in
                HTML("span", [.class("label")]) { "\(label.key)=\(label.value)" }
            }
        }
    }

    private func sentence(_ history: ClientHistory, _ verdicts: [RuleVerdict]) -> String {
        let changes = history.settings.reduce(0) { $0 + $1.changeCount }
        let first = history.nights.first?.day.description ?? ""
        let change =
            changes == 0
            ? "no setting was seen to change"
            : "\(Words.count(changes, "change")) of \(Words.count(history.settings.count, "setting"))"
        return (standing(history, verdicts) + [change]).joined(separator: "; ")
            + " in \(Words.count(history.nights.count, "night")) since \(first)."
    }

    /// How the client stands. What cannot be told is never told as "no rules failing".
    private func standing(_ history: ClientHistory, _ verdicts: [RuleVerdict]) -> [String] {
        let failing = verdicts.count { $0.verdict == .fail && !$0.isWaived }
        let unknown = Set(verdicts.filter { $0.verdict == .unknown }.map(\.facts.id))
        let lastSeenFailing = history.exposures.count { exposure in
            exposure.isOpen && (verdicts.isEmpty || unknown.contains(exposure.ruleID))
        }
        var clauses: [String] = []
        if verdicts.isEmpty { clauses.append("not judged in the latest run") }
        if failing > 0 { clauses.append("\(Words.count(failing, "rule")) failing") }
        if !unknown.isEmpty {
            clauses.append("\(Words.number(unknown.count)) of \(Words.count(verdicts.count, "verdict")) unknown")
        }
        if lastSeenFailing > 0 { clauses.append("\(Words.count(lastSeenFailing, "rule")) failing when last seen") }
        return clauses.isEmpty ? ["no rules failing"] : clauses
    }

    private func facts(_ client: Client, _ report: AuditReport) -> HTML {
        HTML("dl", [.class("facts")]) {
            HTML("dt") { "Client" }
            HTML("dd") { "\(client.id.number) in \(client.id.environment)" }
            if !client.account.isEmpty {
                HTML("dt") { "Account" }
                HTML("dd") { client.account }
            }
            HTML("dt") { "Labels" }
            HTML("dd") { Self.labels(client) }
            HTML("dt") { "Judged in" }
            HTML("dd") {
                Parts.run(report.run)
                " of \(report.day)"
            }
        }
    }
}
