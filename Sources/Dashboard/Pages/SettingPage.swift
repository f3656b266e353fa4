import AuditModel
import Reports

/// One setting of one client over all nights.
struct SettingPage {
    let context: PageContext
    let id: Client.ID
    let dotted: String

    func view() throws -> View {
        let environment = try ClientPage.environment(of: id, context)
        let path: SettingPath
        do throws(SettingPathError) {
            path = try SettingPath(dotted: dotted)
        } catch {
            throw DashboardProblem.notUnderstood(
                "'\(ValueText.shortened(dotted))' is no path of a setting: \(error.message).")
        }
        let history = try context.source.history(of: id, path: path)
        let below = history.settings
        guard !below.isEmpty else {
            throw DashboardProblem.notFound(
                "Client \(id) has no setting \(path.shown) in any of \(Words.count(history.nights.count, "night")).")
        }
        let client = history.client
        let changes = below.reduce(0) { $0 + $1.changeCount }
        return View(
            title: "\(path.shown) of \(client.code.isEmpty ? client.id.description : client.code)", place: .clients,
            crumbs: [
                ("Clients", Link(route: .clients, query: context.state.query(of: id.environment))),
                (Words.label(client), Link(route: .client(id))),
            ], overline: ["Setting"], isSynthetic: environment.isSynthetic, headline: path.shown,
            lead: lead(path, changes: changes, nights: history.nights),
            content: .joined(below.map { timeline($0, history, isOne: below.count == 1 && $0.path == path) }),
            json: {
                Twin.document(
                    "setting",
                    [
                        .init(key: "client", value: client.json), .init(key: "path", value: .string(path.dotted)),
                        .init(key: "nights", value: .count(history.nights.count)),
                        .init(key: "settings", value: .list(below, Twin.setting)),
                    ])
            })
    }

    private func lead(_ path: SettingPath, changes: Int, nights: [DatedRun]) -> HTML {
        HTML("div") {
            HTML("p") {
                changes == 0
                    ? "It never changed" : "It changed \(changes == 1 ? "once" : "\(Words.number(changes)) times")"
                " in \(Words.count(nights.count, "night")), \(nights.first?.day.description ?? "") to \(nights.last?.day.description ?? "")."
            }
            if let meaning = Components.meaning(of: path) { HTML("p") { meaning } }
        }
    }

    private func timeline(_ setting: ClientHistory.Setting, _ history: ClientHistory, isOne: Bool) -> HTML {
        HTML("section") {
            if !isOne {
                HTML("h2") { Parts.setting(setting.path, of: id) }
            }
            HTML("div", [.class("wide")]) {
                TimelineStrip.svg(setting, nights: history.nights.count)
                HTML("div", [.class("ends")]) {
                    HTML("span") { history.nights.first?.day.description ?? "" }
                    HTML("span") { history.nights.last?.day.description ?? "" }
                }
            }
            Components.table(
                "Its values, the newest first", ["Value", "Seen", "Became so", "Verdicts that moved with it"],
                setting.spans.indices.reversed().map { row($0, of: setting) })
        }
    }

    private func row(_ place: Int, of setting: ClientHistory.Setting) -> [HTML] {
        let span = setting.spans[place]
        let key = TimelineStrip.key(of: place, in: setting)
        return [
            HTML("span", [.class("value-key")]) {
                key
                span.value == nil ? Components.muted("absent") : Components.code(ValueText.of(span.value))
            },
            HTML("div") {
                Parts.day(span.first.run)
                if span.last.night != span.first.night {
                    " – "
                    Parts.day(span.last.run)
                }
                if !span.missedWithin.isEmpty {
                    HTML("div", [.class("muted")]) {
                        "\(Words.count(span.missedWithin.count, "night")) between without sight"
                    }
                }
            },
            place == 0
                ? Components.muted("when first seen")
                : HTML("div") {
                    ClientPage.interval(after: setting.spans[place - 1].last.run, before: span.first.run)
                    HTML("div", [.class("muted")]) {
                        "\(setting.spans[place - 1].last.at.rfc3339) … \(span.first.at.rfc3339)"
                    }
                },
            flips(place == 0 ? [] : place - 1 < setting.flips.count ? setting.flips[place - 1] : []),
        ]
    }

    private func flips(_ flips: [ClientHistory.Flip]) -> HTML {
        guard !flips.isEmpty else { return Components.muted("–") }
        return .joined(
            flips.map { flip in
                HTML("div") {
                    Parts.rule(flip.ruleID, in: id.environment, context.state)
                    " "
                    ClientPage.move(flip)
                }
            })
    }
}
