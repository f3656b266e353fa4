import AuditModel

/// The report of a comparison of two runs as one page.
struct DiffPage {
    let report: DiffReport
    private let factsByID: [String: RuleFacts]

    init(_ report: DiffReport) {
        self.report = report
        factsByID = Dictionary(report.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The page.
    var document: String {
        PageFrame.document(title: "Changes of \(report.to.run.environment), \(report.from.day) to \(report.to.day)") {
            HTML("header") { header }
            HTML("main") {
                tiles
                sides
                Components.contents([
                    ("settings", "Settings changes", !report.settingsChanges.isEmpty),
                    ("moves", "Verdict changes", !report.verdictChanges.isEmpty),
                    ("roster", "Roster", !report.rosterChanges.isEmpty),
                    ("incomparable", "Not comparable", !report.incomparable.isEmpty),
                ])
                HTML("div", [.class("notices")]) {
                    report.notes.map { note in
                        HTML("p", [.class("notice doubtful")]) { VisibleText.prose(note) }
                    }
                }
                HTML.joined(sections)
            }
            HTML("footer") {
                HTML("p") { "audit \(report.to.run.toolVersion) · days in \(report.timeZone), times in UTC" }
            }
        }
    }

    private var header: HTML {
        HTML("div") {
            HTML("p", [.class("overline")]) {
                "Configuration changes · \(report.to.run.environment) · \(report.from.day) → \(report.to.day)"
                if report.from.run.isSynthetic || report.to.run.isSynthetic {
                    HTML("span", [.class("badge doubtful")]) { "synthetic data" }
                }
            }
            HTML("h1") { DigestSentence.text(for: report) }
        }
    }

    private var tiles: HTML {
        let total = report.settingsChanges.reduce(0) { $0 + $1.clients.count }
        let clients = Set(report.settingsChanges.flatMap { $0.clients.map(\.id) }).count
        let new = report.verdictChanges.count { $0.transition == .new || $0.transition == .firstSeen }
        let fixed = report.verdictChanges.count(of: .fixed)
        return HTML("dl", [.class("tiles")]) {
            Components.tile(
                "Settings changes", Words.number(total), "\(Words.number(report.settingsChanges.count)) different")
            Components.tile("Clients touched", Words.number(clients), "of \(Words.number(report.to.clientCount))")
            Components.tile("New failures", Words.number(new), tone: new > 0 ? .bad : .plain)
            Components.tile("Fixed", Words.number(fixed), tone: fixed > 0 ? .good : .plain)
            Components.tile("Roster changes", Words.number(report.rosterChanges.count))
            Components.tile(
                "Not comparable", Words.number(report.incomparable.count),
                tone: report.incomparable.isEmpty ? .plain : .doubtful)
        }
    }

    private var sides: HTML {
        Components.table(
            "The two sides", ["Side", "Asked for", "Run", "Clients", "Verdicts", "Policy set"],
            [("from", report.from), ("to", report.to)].map { name, side in
                [
                    Components.text(name), Components.text(side.sentence),
                    HTML("div") {
                        Components.code(side.run.id.short)
                        HTML("div", [.class("muted")]) { "\(side.run.startedAt.rfc3339), \(side.run.stateWords)" }
                    },
                    Components.text(Words.number(side.clientCount)), verdicts(side.counts),
                    HTML("span", [.class("digest brief")]) { side.run.policySet?.short ?? "none" },
                ]
            })
    }

    private func verdicts(_ counts: VerdictCounts?) -> HTML {
        guard let counts else { return Components.muted("not judged") }
        return HTML(
            text: "\(Words.number(counts.pass)) pass · \(Words.number(counts.fail)) fail · "
                + (counts.waived == 0 ? "" : "\(Words.number(counts.waived)) waived · ")
                + "\(Words.number(counts.unknown)) unknown · \(Words.number(counts.notApplicable)) not applicable"
        )
    }

    private var sections: [HTML] {
        var sections: [HTML] = []
        if report.isEmpty {
            sections.append(
                HTML("p", [.class("empty")]) {
                    report.incomparable.isEmpty ? "Nothing differs." : "Nothing differs in what can be compared."
                })
        }
        if !report.settingsChanges.isEmpty {
            let total = report.settingsChanges.reduce(0) { $0 + $1.clients.count }
            sections.append(
                Components.section("settings", "Settings changes", count: total) {
                    Components.settingsChanges(report.settingsChanges)
                })
        }
        if !report.verdictChanges.isEmpty {
            sections.append(
                Components.section("moves", "Verdict changes", count: report.verdictChanges.count) {
                    Components.moves(report.verdictChanges) { factsByID[$0] }
                })
        }
        if !report.rosterChanges.isEmpty {
            sections.append(
                Components.section("roster", "Roster changes", count: report.rosterChanges.count) {
                    Components.roster(report.rosterChanges)
                })
        }
        if !report.incomparable.isEmpty { sections.append(incomparable) }
        return sections
    }

    private var incomparable: HTML {
        Components.section("incomparable", "Not comparable", count: report.incomparable.count) {
            Components.table(
                "Groups that one side or both lack", ["Clients", "Groups", "Before", "After"],
                IncomparableGroups.grouped(report.incomparable).map { entry in
                    [
                        Components.clientsOrOne(entry.clients),
                        Components.text(entry.groups.map(\.rawValue).joined(separator: ", ")),
                        Components.text(entry.before), Components.text(entry.after),
                    ]
                })
        }
    }
}
