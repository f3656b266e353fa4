import AuditModel
import Reports

/// The small parts that pages have in common besides those of reports.
enum Parts {
    /// A link of this site.
    static func link(_ link: Link, _ text: String) -> HTML { HTML("a", [href(link)]) { text } }

    static func href(_ link: Link) -> HTML.Attribute { .init("href", link.address()) }

    /// A client by code and name, leading to its page.
    static func client(_ client: Client) -> HTML {
        HTML("span", [.class("client")]) {
            HTML("a", [.class("name"), href(Link(route: .client(client.id)))]) {
                client.code.isEmpty ? client.id.description : ValueText.shortened(client.code)
            }
            HTML("span", [.class("muted")]) {
                client.name.isEmpty ? " \(client.id)" : " \(ValueText.shortened(client.name)) · \(client.id)"
            }
        }
    }

    /// Some clients by their codes, each leading to its page.
    static func clients(_ clients: [Client], limit: Int = 6) -> HTML {
        if clients.count == 1 { return client(clients[0]) }
        return HTML("div") {
            HTML("b") { Words.count(clients.count, "client") + ": " }
            clients.prefix(limit).enumerated().map { index, client in
                HTML.joined([
                    HTML(text: index == 0 ? "" : ", "), link(Link(route: .client(client.id)), Words.short(client)),
                ])
            }
            if clients.count > limit { " and \(Words.number(clients.count - limit)) more" }
        }
    }

    /// A rule by its id, leading to its page.
    static func rule(_ id: String, in environment: EnvironmentName, _ state: StoreState) -> HTML {
        HTML("a", [href(Link(route: .rule(id), query: state.query(of: environment)))]) { Components.code(id) }
    }

    /// A setting of a client, leading to its timeline.
    static func setting(_ path: SettingPath, of client: Client.ID) -> HTML {
        HTML("a", [href(Link(route: .setting(client, path.dotted)))]) { Components.code(path.shown) }
    }

    /// A run by the beginning of its id, leading to its page.
    static func run(_ run: AuditRun) -> HTML {
        HTML("a", [href(Link(route: .run(run.id.rawValue)))]) { Components.code(run.id.short) }
    }

    /// A run by its day.
    static func day(_ dated: DatedRun) -> HTML {
        HTML("a", [.class("brief"), href(Link(route: .run(dated.run.id.rawValue)))]) { dated.day.description }
    }

    /// A number that stands back where it is zero.
    static func number(_ number: Int) -> HTML {
        number == 0 ? Components.muted("0") : HTML("span", [.class("number")]) { Words.number(number) }
    }

    /// A number of failures, which shall be seen.
    static func failures(_ number: Int) -> HTML {
        number == 0 ? Components.muted("0") : HTML("b", [.class("number fails")]) { Words.number(number) }
    }

    /// A value before and after.
    static func change(_ before: SettingValue?, _ after: SettingValue?) -> HTML {
        HTML("span") {
            HTML("del") { Components.code(ValueText.of(before)) }
            " → "
            HTML("ins") { Components.code(ValueText.of(after)) }
        }
    }

    /// A verdict, told by sign, word and colour.
    static func verdict(_ verdict: Verdict, isWaived: Bool = false) -> HTML {
        HTML("span", [isWaived ? .class("badge doubtful") : verdict.badgeClass]) {
            HTML("span", [.init("aria-hidden", "true")]) { verdict.glyph + " " }
            isWaived ? "waived" : verdict.words
        }
    }

    /// The pages of a long list; nothing where there is one.
    static func pager<Element>(_ paged: Paged<Element>, _ link: Link) -> HTML {
        guard paged.pages > 1 else { return .empty }
        func to(_ page: Int, _ text: String, _ relation: String) -> HTML {
            let target = Link(route: link.route, query: link.query.with(.page, page == 1 ? nil : String(page)))
            return HTML("a", [href(target), .init("rel", relation)]) { text }
        }
        return HTML("nav", [.class("pager"), .init("aria-label", "Pages of the list")]) {
            if paged.page > 1 { to(paged.page - 1, "← Previous", "prev") }
            HTML("span", [.class("muted")]) {
                "Page \(Words.number(paged.page)) of \(Words.number(paged.pages)), \(Words.number(paged.total)) in all"
            }
            if paged.page < paged.pages { to(paged.page + 1, "Next →", "next") }
        }
    }

    /// The environments to choose from; nothing where there is one.
    static func environments(_ context: PageContext, chosen: EnvironmentName?, _ route: Route) -> HTML {
        guard context.state.environments.count > 1 else { return .empty }
        return HTML("nav", [.class("switch"), .init("aria-label", "Environments")]) {
            context.state.environments.map { environment in
                let link = Link(
                    route: route, query: context.query.with(.environment, environment.name.rawValue).with(.page, nil))
                let isChosen = environment.name == chosen
                return HTML("a", [href(link)] + (isChosen ? [.init("aria-current", "true")] : [])) {
                    environment.name.rawValue
                }
            }
        }
    }

    /// Nothing to show, in words.
    static func empty(_ sentence: String) -> HTML { HTML("p", [.class("empty")]) { sentence } }
}

extension StoreState {
    /// The part of a query that names an environment: needed only where there are several.
    func query(of environment: EnvironmentName) -> Query {
        environments.count > 1 ? Query().with(.environment, environment.rawValue) : Query()
    }
}

extension Verdict {
    fileprivate var badgeClass: HTML.Attribute {
        switch self {
        case .pass: .class("badge good")
        case .fail: .class("badge bad")
        case .unknown: .class("badge doubtful")
        case .notApplicable: .class("badge")
        }
    }
}
