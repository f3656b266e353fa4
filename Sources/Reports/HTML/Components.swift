package import AuditModel

// The small parts that both pages are made of.
package enum Components {
    /// A section with a title that the page's contents lead to.
    package static func section(
        _ id: StaticString, _ title: String, count: Int? = nil, remark: String? = nil,
        @HTMLBuilder _ content: () -> HTML
    ) -> HTML {
        HTML("section", [.id(id)]) {
            HTML("h2") {
                title
                if let count { HTML("span", [.class("count n")]) { Words.number(count) } }
            }
            if let remark { HTML("p", [.class("remark")]) { remark } }
            content()
        }
    }

    /// One of the numbers at the top of a page.
    ///
    /// - Parameter total: what it is a part of, as it is written behind it; on a narrow tile on a line of its own.
    package static func tile(
        _ label: String, _ value: String, of total: String = "", _ detail: String = "", tone: Tone = .plain
    ) -> HTML {
        HTML("div", [tone.tileClass]) {
            HTML("dt") { label }
            HTML("dd") {
                HTML("span", [.class("value")]) {
                    value
                    if !total.isEmpty { HTML("span", [.class("of")]) { total } }
                }
                if !detail.isEmpty { HTML("span", [.class("detail")]) { detail } }
            }
        }
    }

    package enum Tone {
        case plain, good, bad, doubtful

        var tileClass: HTML.Attribute {
            switch self {
            case .plain: .class("tile")
            case .good: .class("tile good")
            case .bad: .class("tile bad")
            case .doubtful: .class("tile doubtful")
            }
        }
    }

    /// A table that becomes a list of cards on a narrow screen. The first cell of a row is its heading.
    package static func table(_ caption: String, _ columns: [String], _ rows: [[HTML]]) -> HTML {
        HTML("div", [.class("scroll")]) {
            HTML("table") {
                HTML("caption") { caption }
                head(columns)
                HTML("tbody") { rows.map { row($0, columns) } }
            }
        }
    }

    /// A row of a table of findings: what it is filtered by, its clients, and the other cells.
    package typealias FindingsRow = (
        attributes: [HTML.Attribute], clients: [(client: Client, findingID: String?)], cells: [HTML]
    )

    /// A table of findings, whose first column is the clients.
    package static func table(_ caption: String, _ columns: [String], _ rows: [FindingsRow]) -> HTML {
        HTML("div", [.class("scroll")]) {
            HTML("table") {
                HTML("caption") { caption }
                head(columns)
                HTML("tbody") {
                    rows.map { row in self.row([clientList(row.clients)] + row.cells, columns, row.attributes) }
                }
            }
        }
    }

    private static func head(_ columns: [String]) -> HTML {
        HTML("thead") {
            HTML("tr") { columns.map { title in HTML("th", [.init("scope", "col")]) { title } } }
        }
    }

    private static func row(
        _ cells: [HTML], _ columns: [String], _ attributes: [HTML.Attribute] = []
    ) -> HTML {
        HTML("tr", attributes) {
            zip(cells, columns).enumerated().map { index, pair in
                let label = HTML.Attribute("data-label", pair.1)
                return index == 0
                    ? HTML("th", [.init("scope", "row"), label]) { pair.0 } : HTML("td", [label]) { pair.0 }
            }
        }
    }

    package static func code(_ text: String) -> HTML { HTML("code") { text } }

    package static func text(_ text: String) -> HTML { HTML(text: text) }

    package static func muted(_ text: String) -> HTML { HTML("span", [.class("muted")]) { text } }

    /// A severity, told by sign, word and colour.
    package static func pill(_ severity: Severity) -> HTML {
        HTML("span", [severity.pillClass]) {
            HTML("span", [.init("aria-hidden", "true")]) { severity.glyph }
            " " + severity.rawValue
        }
    }

    /// A client by code and name, with its id below.
    package static func client(_ client: Client) -> HTML {
        HTML("span", [.class("client")]) {
            HTML("span", [.class("name")]) {
                client.code.isEmpty ? client.id.description : ValueText.shortened(client.code)
            }
            HTML("span", [.class("muted")]) {
                client.name.isEmpty ? " \(client.id)" : " \(ValueText.shortened(client.name)) · \(client.id)"
            }
        }
    }

    /// One client with its name, or the codes of several.
    package static func clientsOrOne(_ clients: [Client]) -> HTML {
        clients.count == 1
            ? client(clients[0])
            : HTML("div") {
                HTML("b") { Words.count(clients.count, "client") + ": " }
                self.clients(clients)
            }
    }

    /// Names of clients; beyond a number that can be read at sight, folded.
    package static func clients(_ clients: [Client]) -> HTML {
        guard clients.count > 20 else {
            return HTML(
                text: clients.count == 1 ? Words.label(clients[0]) : clients.map(Words.short).joined(separator: ", "))
        }
        return HTML("details") {
            HTML("summary") {
                "\(Words.count(clients.count, "client")): \(Words.list(clients.map(Words.short), limit: 8))"
            }
            clients.map(Words.short).joined(separator: ", ")
        }
    }

    /// A value before and after.
    package static func sides(_ change: Change) -> HTML {
        switch change.kind {
        case .added:
            HTML("ins") { code(ValueText.of(change.after)) }
        case .removed:
            HTML("del") { code(ValueText.of(change.before)) }
        case .modified:
            HTML("span") {
                HTML("del") { code(ValueText.of(change.before)) }
                " → "
                HTML("ins") { code(ValueText.of(change.after)) }
            }
        }
    }

    /// What the catalogue knows of a setting; nil where it is not documented.
    package static func meaning(of path: SettingPath) -> HTML? {
        guard let definition = SettingsCatalogue.definition(at: path) else { return nil }
        return muted("\(definition.meaning) Portal: \(definition.portalTab).")
    }

    package static func list(_ sentences: [String]) -> HTML {
        HTML("ul") { sentences.map { sentence in HTML("li") { VisibleText.prose(sentence) } } }
    }

    /// The in-page contents: only sections that are there.
    package static func contents(_ entries: [(id: StaticString, title: String, isThere: Bool)]) -> HTML {
        HTML("nav", [.init("aria-label", "Contents")]) {
            entries.filter(\.isThere).map { entry in
                HTML("a", [.init("href", "#\(entry.id)")]) { entry.title }
            }
        }
    }
}

extension Severity {
    package var pillClass: HTML.Attribute {
        switch self {
        case .critical: .class("pill critical")
        case .high: .class("pill high")
        case .medium: .class("pill medium")
        case .low: .class("pill low")
        case .info: .class("pill info")
        }
    }

    package var cardClass: HTML.Attribute {
        switch self {
        case .critical: .class("rule critical")
        case .high: .class("rule high")
        case .medium: .class("rule medium")
        case .low: .class("rule low")
        case .info: .class("rule info")
        }
    }
}
