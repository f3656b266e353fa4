import AuditModel
import Reports

/// What every page has around its content.
struct Layout {
    /// The version of this program.
    var toolVersion: String
    /// Whether people have logged in, and can log out.
    var hasLogin: Bool

    /// A whole page.
    ///
    /// - Parameters:
    ///   - link: its own address; its twin is the same one in the other form.
    ///   - state: nil where the store cannot be read.
    func page(_ view: View, at link: Link, _ state: StoreState?) -> [UInt8] {
        document(title: view.title) {
            bar(view.place)
            HTML("header", [.class("page")]) {
                crumbs(view)
                HTML("h1") { view.headline }
                view.lead
            }
            HTML("main", [.id("main"), .init("tabindex", "-1")]) { view.content }
            HTML("footer") {
                HTML("p") {
                    if link.route.hasTwin, state != nil {
                        HTML("a", [.init("href", link.address(as: .json)), .init("type", "application/json")]) {
                            "This page as JSON"
                        }
                        " · "
                    }
                    "audit \(toolVersion)"
                    if let state { " · days in \(state.timeZone), times in UTC" }
                    " · read-only"
                }
            }
        }
    }

    /// A page outside of the menu: the login.
    func bare(title: String, @HTMLBuilder _ content: () -> HTML) -> [UInt8] {
        document(title: title) {
            HTML("main", [.class("login"), .id("main"), .init("tabindex", "-1")]) { content() }
        }
    }

    private func document(title: String, @HTMLBuilder _ body: () -> HTML) -> [UInt8] {
        let markup = HTML("html", [.init("lang", "en")]) {
            HTML("head") {
                HTML.void("meta", [.init("charset", "utf-8")])
                HTML.void(
                    "meta", [.init("name", "viewport"), .init("content", "width=device-width, initial-scale=1")])
                HTML.void("meta", [.init("name", "color-scheme"), .init("content", "light dark")])
                HTML("title") { title + " · audit" }
                HTML.void(
                    "link", [.init("rel", "icon"), .init("type", "image/svg+xml"), asset(.icon)])
                HTML.void("link", [.init("rel", "stylesheet"), asset(.style)])
            }
            HTML("body") {
                HTML("a", [.class("skip"), .init("href", "#main")]) { "Skip to the content" }
                body()
            }
        }.markup
        return Array("<!DOCTYPE html>\n\(markup)\n".utf8)
    }

    /// An asset's address changes with its bytes, so that browsers may keep it.
    private func asset(_ asset: Asset) -> HTML.Attribute {
        .init("href", Route.asset(asset).path() + "?" + asset.mark)
    }

    private func bar(_ place: View.Place?) -> HTML {
        HTML("div", [.class("topbar")]) {
            HTML("div") {
                HTML("a", [.class("brand"), Parts.href(Link(route: .overview))]) { "audit" }
                HTML("nav", [.init("aria-label", "Main")]) {
                    View.Place.allCases.map { entry in
                        let current: [HTML.Attribute] = entry == place ? [.init("aria-current", "page")] : []
                        return HTML("a", [Parts.href(Link(route: entry.route))] + current) { entry.rawValue }
                    }
                }
                if hasLogin {
                    HTML("form", [.init("method", "post"), .init("action", Route.logout.path())]) {
                        HTML("button", [.class("quiet"), .init("type", "submit")]) { "Log out" }
                    }
                }
            }
        }
    }

    private func crumbs(_ view: View) -> HTML {
        guard !view.crumbs.isEmpty || !view.overline.isEmpty || view.isSynthetic else { return .empty }
        return HTML("p", [.class("overline")]) {
            view.crumbs.map { crumb in
                HTML.joined([Parts.link(crumb.link, crumb.text), HTML("span", [.class("step")]) { " / " }])
            }
            view.overline.joined(separator: " · ")
            " "
            if view.isSynthetic { HTML("span", [.class("badge doubtful")]) { "synthetic data" } }
        }
    }
}
