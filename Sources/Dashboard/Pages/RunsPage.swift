import AuditModel
import Reports

/// All runs of an environment, the newest first.
struct RunsPage {
    let context: PageContext

    func view() throws -> View {
        let environment = try context.environment()
        let points = Dictionary(
            try context.source.trend(of: environment.name).map { ($0.runID, $0) }, uniquingKeysWith: { $1 })
        let runs = Paged(Array(environment.runs.reversed()), page: context.query.page)
        let link = Link(route: .runs, query: context.query)
        return View(
            title: "Runs of \(environment.name)", place: .runs, overline: [environment.name.rawValue],
            isSynthetic: environment.isSynthetic, headline: Words.count(environment.runs.count, "run"),
            content: .joined([
                Parts.environments(context, chosen: environment.name, .runs),
                Components.table(
                    "The newest first; failures count waived ones, too",
                    ["Day", "Run", "State", "Clients", "Failures", "Unknown", "Pass"],
                    runs.rows.map { row($0, points[$0.run.id]) }),
                Parts.pager(runs, link),
            ]),
            json: {
                Twin.document(
                    "runs",
                    runs.json + [
                        .init(key: "environment", value: .string(environment.name.rawValue)),
                        .init(
                            key: "runs",
                            value: .list(runs.rows) { dated in
                                [
                                    "run": dated.run.json, "day": .string(dated.day.description),
                                    "counts": points[dated.run.id]?.counts.json ?? .null,
                                ]
                            }),
                    ])
            })
    }

    private func row(_ dated: DatedRun, _ point: TrendPoint?) -> [HTML] {
        let run = dated.run
        let counts = point?.counts
        let isOpen = run.state == .open
        return [
            HTML("b") { Parts.day(dated) },
            HTML("div") {
                Parts.run(run)
                HTML("div", [.class("muted")]) { run.startedAt.rfc3339 }
            },
            run.state == .complete
                ? Components.text(run.stateWords) : HTML("span", [.class("badge doubtful")]) { run.stateWords },
            point.map { Components.text("\(Words.number($0.clientsCollected)) of \(Words.number($0.clientsExpected))") }
                ?? Components.text(Words.number(run.clientCount)),
            counts.map { Parts.failures($0.fail + $0.waived) } ?? Components.muted(isOpen ? "–" : "not judged"),
            counts.map { Parts.number($0.unknown) } ?? Components.muted("–"),
            counts.map { Parts.number($0.pass) } ?? Components.muted("–"),
        ]
    }
}
