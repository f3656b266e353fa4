import AuditModel
import Reports

/// The first page: how the latest run of an environment came out, and what there is to do.
struct OverviewPage {
    /// How many rows the short lists have.
    private static let limit = 8

    let context: PageContext

    /// The page; of several environments the one that was asked for, else a summary of all.
    func view() throws -> View {
        guard !context.state.environments.isEmpty else { throw PageContext.nothingYet }
        if context.query[.environment] == nil, context.state.environments.count > 1 { return try all() }
        let environment = try context.environment()
        let story = try story(environment)
        return View(
            title: "Overview of \(environment.name)", place: .overview,
            overline: [environment.name.rawValue, "latest run of \(story.day)"],
            isSynthetic: environment.isSynthetic, headline: DigestSentence.text(for: story.report),
            lead: HTML("p", [.class("muted")]) { lastComplete(environment) },
            content: content(story), json: { Self.document([story]) })
    }

    /// What is told of one environment.
    private struct Story {
        var environment: EnvironmentState
        var day: CalendarDay
        var report: AuditReport
        var waivers: [WaiverEntry]

        /// The rules that fail, the worst first.
        var worst: [RuleSummary] {
            report.rules.filter { $0.counts.fail > 0 }.sorted {
                ($0.facts.severity.rank, -$0.counts.fail, $0.facts.id)
                    < ($1.facts.severity.rank, -$1.counts.fail, $1.facts.id)
            }
        }

        /// The verdicts that moved and are news: failures first.
        var moves: [VerdictChange] {
            let news = report.verdictChanges.filter { $0.transition != nil }
            return news.filter { $0.after == .fail } + news.filter { $0.after != .fail }
        }

        /// Whether nothing changed.
        var isQuiet: Bool { moves.isEmpty && report.settingsChanges.isEmpty }

        /// The waivers that end soon or have ended.
        var ending: [WaiverEntry] { waivers.filter { $0.state == .endsSoon || $0.state == .ended } }
    }

    private func story(_ environment: EnvironmentState) throws -> Story {
        guard let present = environment.present else { throw PageContext.nothingYet }
        return Story(
            environment: environment, day: present.day, report: try context.source.report(of: present.run),
            waivers: try context.source.waivers(of: environment.name))
    }

    // MARK: All environments

    private func all() throws -> View {
        let stories = try context.state.environments.filter { $0.present != nil }.map(story)
        return View(
            title: "Overview", place: .overview, isSynthetic: context.state.isSynthetic,
            headline: "\(Words.count(stories.count, "environment")), the latest run of each",
            content: .joined(
                stories.map { story in
                    let name = story.environment.name
                    return HTML("section") {
                        HTML("h2") {
                            Parts.link(
                                Link(route: .overview, query: Query().with(.environment, name.rawValue)), name.rawValue)
                            HTML("span", [.class("count")]) { story.day.description }
                        }
                        HTML("p") { DigestSentence.text(for: story.report) }
                        HTML("p", [.class("muted")]) { lastComplete(story.environment) }
                        tiles(story)
                    }
                }), json: { Self.document(stories) })
    }

    // MARK: One environment

    private func content(_ story: Story) -> HTML {
        .joined([
            Parts.environments(context, chosen: story.environment.name, .overview), tiles(story), trend(story),
            // What changed is what somebody comes for; where nothing did, it takes no half of the page.
            story.isQuiet
                ? .joined([changes(story), worst(story)])
                : HTML("div", [.class("columns")]) {
                    worst(story)
                    changes(story)
                },
            waivers(story),
        ])
    }

    private func lastComplete(_ environment: EnvironmentState) -> HTML {
        guard let last = environment.lastComplete else {
            return HTML(text: "No complete run so far; nothing here rests on complete evidence.")
        }
        return .joined([HTML(text: "Last complete run: "), Parts.day(last), HTML(text: ".")])
    }

    private func tiles(_ story: Story) -> HTML {
        let report = story.report
        let completeness = report.completeness
        let fixed = report.verdictChanges.count { $0.transition == .fixed }
        return HTML("dl", [.class("tiles")]) {
            Components.tile(
                "Clients collected",
                Words.number(completeness.clientsCollected), of: " of \(Words.number(completeness.clientsExpected))",
                completeness.groupsFailed == 0 ? "" : "\(Words.count(completeness.groupsFailed, "group")) failed",
                tone: report.collectedTone)
            Components.tile(
                "Failures", Words.number(report.failures.count), RunFindings.severities(of: report),
                tone: report.failuresTone)
            if report.previousRun != nil {
                Components.tile(
                    "New", Words.number(report.newFailures.count), "since the run before",
                    tone: report.newFailures.isEmpty ? .plain : .bad)
                Components.tile(
                    "Fixed", Words.number(fixed), "since the run before", tone: fixed > 0 ? .good : .plain)
            }
            if !report.waived.isEmpty {
                Components.tile("Waived", Words.number(report.waived.count), tone: .doubtful)
            }
            Components.tile(
                "Unknown", Words.number(report.unknowns.count), tone: report.unknowns.isEmpty ? .plain : .doubtful)
        }
    }

    private func trend(_ story: Story) -> HTML {
        guard story.report.trend.count > 1 else { return .empty }
        return Components.section(
            "trend", "Trend", remark: "Each night as it was judged then, by its own policies and waivers."
        ) { TrendChart(story.report.trend).html }
    }

    private func worst(_ story: Story) -> HTML {
        let worst = story.worst
        return Components.section("worst", "Rules that fail", count: worst.count) {
            if worst.isEmpty { Parts.empty(noneFails(story.report)) }
            if !worst.isEmpty {
                Components.table(
                    "The worst first", ["Rule", "Severity", "Failures"],
                    worst.prefix(Self.limit).map { rule in
                        [
                            HTML("div") {
                                Parts.rule(rule.facts.id, in: story.environment.name, context.state)
                                HTML("div", [.class("muted")]) { VisibleText.prose(rule.facts.title) }
                            },
                            Components.pill(rule.facts.severity), Parts.failures(rule.counts.fail),
                        ]
                    })
                more(worst.count, Link(route: .rules, query: context.state.query(of: story.environment.name)), "rules")
            }
        }
    }

    private func noneFails(_ report: AuditReport) -> String {
        if report.rules.isEmpty { return "The latest run was not judged." }
        return report.unknowns.isEmpty
            ? "No rule fails."
            : "No rule is known to fail; \(Words.count(report.unknowns.count, "verdict")) unknown."
    }

    private func changes(_ story: Story) -> HTML {
        let report = story.report
        let total = report.settingsChanges.reduce(0) { $0 + $1.clients.count }
        let diff = Link(
            route: .diff,
            query: context.state.query(of: story.environment.name).with(.from, report.previousRun?.id.rawValue)
                .with(.to, report.run.id.rawValue))
        return Components.section("changes", "Newest changes", count: story.moves.count + total) {
            if story.moves.isEmpty, report.settingsChanges.isEmpty {
                Parts.empty(report.previousRun == nil ? "There is no run before this one." : "Nothing changed.")
            }
            if !story.moves.isEmpty {
                Components.table(
                    "Verdicts that moved", ["Move", "Rule", "Client"],
                    story.moves.prefix(Self.limit).map { change in
                        [
                            DiffPage.move(change),
                            Parts.rule(change.ruleID, in: story.environment.name, context.state),
                            Parts.client(change.client),
                        ]
                    })
            }
            if !report.settingsChanges.isEmpty {
                Components.table(
                    "Settings that changed", ["Setting", "Change", "Clients"],
                    report.settingsChanges.prefix(Self.limit).map { entry in
                        [
                            entry.clients.count == 1
                                ? Parts.setting(entry.change.path, of: entry.clients[0].id)
                                : Components.code(entry.change.path.shown),
                            Components.sides(entry.change), Parts.clients(entry.clients, limit: 3),
                        ]
                    })
            }
            if report.previousRun != nil {
                HTML("p") { Parts.link(diff, "All changes since the run before") }
            }
        }
    }

    private func waivers(_ story: Story) -> HTML {
        let ending = story.ending
        guard !ending.isEmpty else { return .empty }
        return Components.section("waivers", "Waivers that end", count: ending.count) {
            Components.table(
                "Those that have ended first", ["Waiver", "Ends", "Rules", "Reason"],
                ending.prefix(Self.limit).map { entry in
                    [
                        Components.code(VisibleText.of(entry.facts.id)), WaiversPage.end(entry),
                        HTML("div") {
                            entry.rules.map { id in
                                HTML("div") { Parts.rule(id, in: story.environment.name, context.state) }
                            }
                        },
                        Components.text(VisibleText.prose(entry.facts.reason)),
                    ]
                })
            more(ending.count, Link(route: .waivers, query: context.state.query(of: story.environment.name)), "waivers")
        }
    }

    private func more(_ count: Int, _ link: Link, _ noun: String) -> HTML {
        HTML("p") {
            Parts.link(link, count > Self.limit ? "All \(Words.number(count)), and all other \(noun)" : "All \(noun)")
        }
    }

    // MARK: JSON

    private static func document(_ stories: [Story]) -> [UInt8] {
        Twin.document(
            "overview",
            [
                .init(
                    key: "environments",
                    value: .list(stories) { story in
                        [
                            "environment": .string(story.environment.name.rawValue),
                            "synthetic": .bool(story.environment.isSynthetic),
                            "digest": .string(DigestSentence.text(for: story.report)), "run": story.report.run.json,
                            "day": .string(story.day.description),
                            "lastCompleteRun": story.environment.lastComplete?.run.json ?? .null,
                            "completeness": story.report.completeness.json,
                            "failures": .count(story.report.failures.count),
                            "newFailures": .count(story.report.newFailures.count),
                            "waived": .count(story.report.waived.count),
                            "unknowns": .count(story.report.unknowns.count),
                            "failingRules": .list(story.worst) { ["facts": $0.facts.json, "counts": $0.counts.json] },
                            "verdictChanges": .list(story.report.verdictChanges, \.json),
                            "settingsChanges": .list(story.report.settingsChanges, \.json),
                            "waiversThatEnd": .list(story.ending, Twin.waiver),
                            "trend": .list(story.report.trend, Twin.trendPoint),
                        ]
                    })
            ])
    }
}
