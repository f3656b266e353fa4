import AuditModel
import Reports

/// What differs between two dates.
struct DiffPage {
    /// How many verdict changes are told; the settings go by pages.
    private static let limit = 200
    /// How many rules of one row are told without being asked for.
    private static let openRules = 3

    let context: PageContext

    func view() throws -> View {
        let environment = try context.environment()
        let query = context.query
        var group: SettingsGroup?
        if let text = query[.group] {
            group = SettingsGroup(rawValue: text)
            guard group != nil else {
                throw DashboardProblem.notUnderstood(
                    "'\(ValueText.shortened(text))' is no group; there are \(SettingsGroup.allCases.map(\.rawValue).joined(separator: ", "))."
                )
            }
        }
        let sealed = environment.runs.count { $0.run.state.isSealed }
        guard query[.from] != nil || query[.to] != nil || sealed > 1 else {
            throw DashboardProblem.notFound("There is one sealed run alone; compare again after the next night.")
        }
        let report = try context.source.difference(
            DiffQuestion(
                environment: environment.name, from: query[.from] ?? "previous", to: query[.to] ?? "latest",
                client: query[.client], group: group))
        return View(
            title: "\(report.from.day) to \(report.to.day)", place: .diff, overline: [environment.name.rawValue],
            isSynthetic: environment.isSynthetic, headline: DigestSentence.text(for: report),
            lead: HTML("p", [.class("muted")]) { sides(report) },
            content: .joined([
                Parts.environments(context, chosen: environment.name, .diff), form(report, environment),
                notes(report), settings(report), verdicts(report), roster(report), incomparable(report),
            ]), json: { ReportRenderer.bytes(of: report, as: .json) })
    }

    /// Which run each date stands for.
    private func sides(_ report: DiffReport) -> HTML {
        .joined([side(report.from), HTML(text: " against "), side(report.to), HTML(text: ".")])
    }

    private func side(_ side: DiffReport.Side) -> HTML {
        .joined([
            HTML(text: side.asked == side.day.description || CalendarDay(side.asked) == nil ? "" : "\(side.asked) → "),
            HTML(text: "run "), Parts.run(side.run), HTML(text: " of \(side.day)"),
            HTML(text: side.note.map { ", \($0)" } ?? ""),
        ])
    }

    private func form(_ report: DiffReport, _ environment: EnvironmentState) -> HTML {
        let query = context.query
        let first = environment.runs.first?.day ?? context.state.today
        func day(_ side: DiffReport.Side) -> String { (CalendarDay(side.asked) ?? side.day).description }
        let (from, to) = (first.description, context.state.today.description)
        return Form.search(
            .diff, label: "Compare two dates", button: "Compare",
            hidden: Query().with(.environment, query[.environment]),
            [
                Form.day(.from, "From", day(report.from), from: from, to: to),
                Form.day(.to, "To", day(report.to), from: from, to: to),
                Form.text(.client, "Client", query[.client], hint: "All"),
                Form.choice(
                    .group, "Group", query[.group], none: "All",
                    SettingsGroup.allCases.map { ($0.rawValue, $0.rawValue) }),
            ])
    }

    private func notes(_ report: DiffReport) -> HTML {
        .joined(report.notes.map { note in HTML("p", [.class("notice doubtful")]) { VisibleText.prose(note) } })
    }

    private func settings(_ report: DiffReport) -> HTML {
        let total = report.settingsChanges.reduce(0) { $0 + $1.clients.count }
        let paged = Paged(report.settingsChanges, page: context.query.page)
        return Components.section("settings", "Settings changes", count: total) {
            if report.settingsChanges.isEmpty { Parts.empty("No setting differs.") }
            if !report.settingsChanges.isEmpty {
                Components.table(
                    "Those that most clients share first", ["Setting", "Change", "Clients", "Flipped"],
                    paged.rows.map { entry in
                        [setting(entry), Components.sides(entry.change), clients(entry), flipped(entry, report)]
                    })
                Parts.pager(paged, Link(route: .diff, query: context.query))
            }
        }
    }

    private func setting(_ entry: SharedChange) -> HTML {
        HTML("div") {
            entry.clients.count == 1
                ? Parts.setting(entry.change.path, of: entry.clients[0].id)
                : Components.code(entry.change.path.shown)
            HTML("span", [.class("muted")]) { " " + entry.change.kind.rawValue }
            if let meaning = Components.meaning(of: entry.change.path) { HTML("div") { meaning } }
        }
    }

    /// The clients, each leading to the timeline of this very setting.
    private func clients(_ entry: SharedChange) -> HTML {
        guard entry.clients.count > 1 else { return Parts.client(entry.clients[0]) }
        let path = entry.change.path.dotted
        let links = entry.clients.prefix(400).enumerated().map { index, client in
            HTML.joined([
                HTML(text: index == 0 ? "" : ", "),
                Parts.link(Link(route: .setting(client.id, path)), Words.short(client)),
            ])
        }
        let count = Words.count(entry.clients.count, "client")
        guard entry.clients.count > 12 else {
            return HTML("div") {
                HTML("b") { count + ": " }
                links
            }
        }
        return HTML("details") {
            HTML("summary") { count }
            links
            if entry.clients.count > 400 {
                " and \(Words.number(entry.clients.count - 400)) more; the JSON has them all"
            }
        }
    }

    private func flipped(_ entry: SharedChange, _ report: DiffReport) -> HTML {
        entry.flippedRules.isEmpty
            ? Components.muted("–")
            : .joined(
                entry.flippedRules.map { id in
                    HTML("div") { Parts.rule(id, in: report.to.run.environment, context.state) }
                })
    }

    private func verdicts(_ report: DiffReport) -> HTML {
        guard !report.verdictChanges.isEmpty else { return .empty }
        let facts = Dictionary(report.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return Components.section("moves", "Verdict changes", count: report.verdictChanges.count) {
            Components.table(
                "By client and rule", ["Client", "Rule", "Move", "Cause"],
                Self.alike(report.verdictChanges.prefix(Self.limit)).map { changes in
                    let rules = changes.map { change in
                        HTML("div") {
                            Parts.rule(change.ruleID, in: report.to.run.environment, context.state)
                            if let facts = facts[change.ruleID] {
                                " "
                                Components.pill(facts.severity)
                            }
                        }
                    }
                    return [
                        Parts.client(changes[0].client),
                        rules.count <= Self.openRules
                            ? .joined(rules)
                            : HTML("details") {
                                HTML("summary") { Words.count(rules.count, "rule") }
                                rules
                            }, Self.move(changes[0]), cause(changes[0]),
                    ]
                })
            if report.verdictChanges.count > Self.limit {
                HTML("p", [.class("remark")]) {
                    "The first \(Self.limit) of \(Words.number(report.verdictChanges.count)); ask for a client or a group, or take the JSON, which has them all."
                }
            }
        }
    }

    /// The changes of one client that moved alike and by the same cause, together: a client that is out of sight has one for
    /// each of its rules.
    private static func alike(_ changes: ArraySlice<VerdictChange>) -> [[VerdictChange]] {
        struct Kind: Hashable {
            var client: Client.ID
            var sides: [Verdict?]
            var transition: Transition?
            var causes: [TransitionCause]
            var paths: [SettingPath]
        }
        var places: [Kind: Int] = [:]
        var groups: [[VerdictChange]] = []
        for change in changes {
            let kind = Kind(
                client: change.client.id, sides: [change.before, change.after], transition: change.transition,
                causes: change.causes, paths: change.paths)
            if let place = places[kind] {
                groups[place].append(change)
            } else {
                places[kind] = groups.count
                groups.append([change])
            }
        }
        return groups
    }

    /// How a verdict moved.
    static func move(_ change: VerdictChange) -> HTML {
        guard let transition = change.transition else {
            return Components.muted("\(change.before?.words ?? "none") → \(change.after?.words ?? "none")")
        }
        let tone: HTML.Attribute =
            switch transition {
            case .firstSeen, .new, .still: .class("badge bad")
            case .fixed: .class("badge good")
            case .sightLost: .class("badge doubtful")
            case .noLongerApplicable, .ruleRetired, .clientLeft: .class("badge")
            }
        return HTML("span", [tone, .init("title", transition.meaning)]) { transition.words }
    }

    private func cause(_ change: VerdictChange) -> HTML {
        HTML("div") {
            change.causes.map(\.words).joined(separator: ", ")
            change.paths.prefix(4).map { path in HTML("div") { Parts.setting(path, of: change.client.id) } }
            if change.paths.count > 4 { Components.muted("and \(Words.number(change.paths.count - 4)) more") }
        }
    }

    private func roster(_ report: DiffReport) -> HTML {
        guard !report.rosterChanges.isEmpty else { return .empty }
        return Components.section("roster", "Roster changes", count: report.rosterChanges.count) {
            Components.roster(report.rosterChanges)
        }
    }

    private func incomparable(_ report: DiffReport) -> HTML {
        guard !report.incomparable.isEmpty else { return .empty }
        return Components.section("incomparable", "Not comparable", count: report.incomparable.count) {
            Components.table(
                "Groups that one side or both lack", ["Clients", "Groups", "Before", "After"],
                IncomparableGroups.grouped(report.incomparable).map { entry in
                    [
                        Parts.clients(entry.clients),
                        Components.text(entry.groups.map(\.rawValue).joined(separator: ", ")),
                        Components.text(entry.before), Components.text(entry.after),
                    ]
                })
        }
    }
}
