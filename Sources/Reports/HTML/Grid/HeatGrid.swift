package import AuditModel

/// Clients × rules at one sight: a sign and a tint a cell, the worst clients and the severest rules first.
///
/// Clients that pass everything are one line, clients with the same verdicts share a row, and rules that hold everywhere
/// have no column: what is left stays small enough to scroll, for a thousand clients, too.
package struct HeatGrid {
    private let ruleIDs: [String]
    private let rules: [String: RuleFacts]
    private let rows: HeatRows
    private let links: [String: String]

    /// Rows that are shown at once; the others are folded.
    private static let openRows = 60
    /// The most rows that are written; of the clients beyond it only their number is told, and findings have them all.
    private static let rowLimit = 2_000

    /// A grid of a run's verdicts.
    ///
    /// - Parameters:
    ///   - waived: the failures that a waiver lies over, which the verdicts do not tell.
    ///   - links: for rules that the page tells more of, the target of a link in the page (`#rule-3`).
    package init(
        _ verdicts: VerdictGrid, rules: [RuleFacts], waived: [Finding], links: [String: String] = [:]
    ) {
        ruleIDs = verdicts.ruleIDs
        self.rules = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.links = links
        let facts = self.rules
        rows = HeatRows(
            verdicts, severities: verdicts.ruleIDs.map { facts[$0]?.severity ?? .info }, waived: waived)
    }

    /// The grid with its legend, and sentences on what was folded away.
    package var html: HTML {
        HTML("div", [.class("heat-part")]) {
            if !rows.rows.isEmpty {
                legend
                table(rows.rows.prefix(Self.openRows), "Clients that do not pass every rule, the worst first")
                let folded = rows.rows.prefix(Self.rowLimit).dropFirst(Self.openRows)
                if !folded.isEmpty {
                    HTML("details", [.class("more")]) {
                        HTML("summary") { "\(Words.count(folded.reduce(0) { $0 + $1.clients.count }, "client")) more" }
                        table(folded, "Further clients that do not pass every rule")
                    }
                }
            }
            sentences
        }
    }

    private var legend: HTML {
        HTML("ul", [.class("legend")]) {
            ReportedVerdict.allCases.map { verdict in
                HTML("li") {
                    HTML("span", [verdict.cellClass]) { verdict.sign }
                    " " + VerdictMapping.of(verdict).words
                }
            }
        }
    }

    private func table(_ shown: some Sequence<HeatRows.Row>, _ caption: String) -> HTML {
        HTML(
            "div",
            [
                .class("scroll heat-box"), .init("role", "region"), .init("tabindex", "0"),
                .init("aria-label", caption),
            ]
        ) {
            HTML("table", [.class("heat")]) {
                HTML("caption") { caption }
                HTML("thead") {
                    HTML("tr") {
                        HTML("th", [.init("scope", "col")]) { "Client" }
                        rows.columns.map(heading)
                    }
                }
                HTML("tbody") { shown.map(row) }
            }
        }
    }

    private func heading(_ column: Int) -> HTML {
        let id = ruleIDs[column]
        let severity = rules[id]?.severity ?? .info
        return HTML("th", [.init("scope", "col")]) {
            HTML("div", [severity.headingClass]) {
                HTML("span", [.init("aria-hidden", "true")]) { severity.glyph }
                if let link = links[id] {
                    HTML("a", [.init("href", link)]) { ValueText.shortened(id) }
                } else {
                    ValueText.shortened(id)
                }
                HTML("span", [.class("spoken")]) { " " + severity.rawValue }
            }
        }
    }

    private func row(_ row: HeatRows.Row) -> HTML {
        HTML("tr") {
            HTML("th", [.init("scope", "row")]) { names(row.clients) }
            rows.columns.map { column in
                guard let verdict = row.marks[column] else { return HTML("td") { HTML.empty } }
                return HTML("td", verdict == .pass ? [] : [verdict.cellClass]) { verdict.sign }
            }
        }
    }

    private func names(_ clients: [Client]) -> HTML {
        guard clients.count > 1 else {
            return HTML("span", [.class("one")]) { ValueText.shortened(Words.label(clients[0])) }
        }
        let names = clients.map { ValueText.shortened(Words.short($0)) }
        return HTML("details") {
            HTML("summary") {
                Words.count(clients.count, "client") + ": "
                HTML("span", [.class("some")]) { Words.list(names, limit: 2) }
            }
            names.joined(separator: ", ")
        }
    }

    private var sentences: HTML {
        let beyond = rows.rows.dropFirst(Self.rowLimit)
        return HTML("div", [.class("folded")]) {
            folded(
                rows.passing.map(Words.short), "client", passes: "pass every rule that applies",
                one: "passes every rule that applies")
            folded(
                rows.unassessed.map(Words.short), "client", passes: "are judged by no rule, which is no pass",
                one: "is judged by no rule, which is no pass", isDoubtful: true)
            folded(
                rows.passingColumns.map { ruleIDs[$0] }, "rule", passes: "hold wherever they apply",
                one: "holds wherever it applies")
            folded(
                rows.idleColumns.map { ruleIDs[$0] }, "rule", passes: "apply to no client", one: "applies to no client")
            if !beyond.isEmpty {
                HTML("p", [.class("remark")]) {
                    "\(Words.count(beyond.reduce(0) { $0 + $1.clients.count }, "client")) more do not pass every rule and are not in this grid; the findings below have them."
                }
            }
        }
    }

    /// A line for what needs no row or column of its own, with the names folded.
    private func folded(
        _ names: [String], _ noun: String, passes words: String, one: String, isDoubtful: Bool = false
    ) -> HTML {
        guard !names.isEmpty else { return .empty }
        return HTML("details", isDoubtful ? [.class("doubtful")] : []) {
            HTML("summary") {
                HTML("span", [.init("aria-hidden", "true")]) { isDoubtful ? "? " : "" }
                "\(Words.count(names.count, noun)) \(names.count == 1 ? one : words)"
            }
            HTML("p") { names.map { ValueText.shortened($0) }.joined(separator: ", ") }
        }
    }
}

extension ReportedVerdict {
    /// The sign of a cell, which tells the verdict without its colour.
    var sign: String {
        switch self {
        case .pass, .fail, .unknown: VerdictMapping.of(self).glyph
        case .waived: "◐"
        // A grid is mostly this and passes: the least ink.
        case .notApplicable: "·"
        }
    }

    /// One letter: there are tens of thousands of cells.
    fileprivate var cellClass: HTML.Attribute {
        switch self {
        case .pass: .class("p")
        case .fail: .class("f")
        case .waived: .class("w")
        case .unknown: .class("u")
        case .notApplicable: .class("n")
        }
    }
}

extension Severity {
    fileprivate var headingClass: HTML.Attribute {
        switch self {
        case .critical: .class("critical")
        case .high: .class("high")
        case .medium: .class("medium")
        case .low: .class("low")
        case .info: .class("info")
        }
    }
}
