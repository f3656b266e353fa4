import AuditModel
import Reports

/// The ledger of waivers that the latest run recorded.
struct WaiversPage {
    let context: PageContext

    func view() throws -> View {
        let environment = try context.environment()
        let report = try context.presentReport(of: environment)
        let waivers = try context.source.waivers(of: environment.name)
        let covered = Dictionary(grouping: report.waived) { $0.waiver?.id ?? "" }.mapValues(\.count)
        return View(
            title: "Waivers of \(environment.name)", place: .waivers,
            overline: [environment.name.rawValue, "as recorded with the run of \(report.day)"],
            isSynthetic: environment.isSynthetic, headline: headline(waivers, covering: report.waived.count),
            content: .joined([
                Parts.environments(context, chosen: environment.name, .waivers),
                waivers.isEmpty
                    ? Parts.empty("The latest run had no waivers: nothing was accepted.")
                    : Components.table(
                        "The next to end first; days are counted from today, \(context.state.today)",
                        ["Waiver", "Ends", "Covers", "Rules", "Clients", "Approval"],
                        waivers.map { row($0, covers: covered[$0.facts.id] ?? 0, environment.name) }),
            ]),
            json: {
                Twin.document(
                    "waivers",
                    [
                        .init(key: "environment", value: .string(environment.name.rawValue)),
                        .init(key: "run", value: report.run.json),
                        .init(key: "today", value: .string(context.state.today.description)),
                        .init(key: "total", value: .count(waivers.count)),
                        .init(
                            key: "waivers",
                            value: .list(waivers) { entry in
                                guard case .object(var object) = Twin.waiver(entry) else { return .null }
                                object["covers"] = .count(covered[entry.facts.id] ?? 0)
                                return .object(object)
                            }),
                    ])
            })
    }

    private func headline(_ waivers: [WaiverEntry], covering failures: Int) -> String {
        guard !waivers.isEmpty else { return "No waivers" }
        let soon = waivers.count { $0.state == .endsSoon }
        let ended = waivers.count { $0.state == .ended }
        return [
            "\(Words.count(waivers.count, "waiver")) over \(Words.countOrNo(failures, "failure"))",
            soon == 0 ? nil : "\(Words.number(soon)) ending soon", ended == 0 ? nil : "\(Words.number(ended)) ended",
        ].compactMap { $0 }.joined(separator: "; ")
    }

    private func row(_ entry: WaiverEntry, covers: Int, _ environment: EnvironmentName) -> [HTML] {
        let facts = entry.facts
        return [
            HTML("div") {
                HTML("b") { Components.code(VisibleText.of(facts.id)) }
                HTML("div") { VisibleText.prose(facts.reason) }
                if let condition = facts.condition {
                    HTML("div", [.class("muted")]) { "while " + VisibleText.prose(condition) }
                }
            },
            Self.end(entry), Parts.number(covers),
            HTML("div") { entry.rules.map { id in HTML("div") { Parts.rule(id, in: environment, context.state) } } },
            Components.text(VisibleText.prose(ValueText.shortened(entry.subject))),
            HTML("div") {
                VisibleText.prose(facts.approver)
                HTML("div", [.class("muted")]) {
                    [facts.owner.map { "owner \(VisibleText.prose($0))" }, facts.ticket.map { VisibleText.prose($0) }]
                        .compactMap { $0 }.joined(separator: " · ")
                }
            },
        ]
    }

    /// When a waiver ends, and how many days are left.
    static func end(_ entry: WaiverEntry) -> HTML {
        let left = entry.facts.daysLeft
        return HTML("div", [.class("state")]) {
            HTML("span", [.class("brief")]) { entry.facts.expires.description }
            switch entry.state {
            case .notYet: HTML("span", [.class("badge")]) { "from \(entry.facts.from)" }
            case .inForce: Components.muted("\(Words.count(left, "day")) left")
            case .endsSoon:
                HTML("span", [.class("badge doubtful")]) {
                    left == 0 ? "ends today" : "\(Words.count(left, "day")) left"
                }
            case .ended: HTML("span", [.class("badge bad")]) { "ended" }
            }
        }
    }
}
