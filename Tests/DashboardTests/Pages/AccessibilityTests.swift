import AuditTestSupport
import Reports
import Testing

@testable import Dashboard

/// The dashboard for people who listen, or who have no mouse: what markup and style sheet alone can tell.
struct AccessibilityTests {
    @Test func `pages have landmarks, headings in order, names for all that is used, and captions`() throws {
        let source = SampleSource()
        let site = source.site(token: "0123456789abcdef")
        for path in source.routes.map({ $0.path() }) + ["/login", "/nothing", "/rules?severity=worst"] {
            var request = WebRequest(target: path)
            if path != "/login" { request.authorization = "Bearer 0123456789abcdef" }
            let outline = try MarkupOutline(site.answer(request).text)
            #expect(outline.accessibilityProblems == [], "\(path)")
            let first = outline.elements.first { ["a", "button", "input", "select"].contains($0.name) }
            #expect(
                first?.attributes["href"] == "#main", "\(path): the first stop of the keyboard is the way past the menu"
            )
            #expect(outline.elements.first { $0.name == "main" }?.attributes["tabindex"] == "-1", "\(path)")
        }
    }

    @Test func `the pages' own colours can be read, and what has the focus is seen`() {
        let sheet = Stylesheet.text + "\(DashboardStyle.text)"
        let colors = StyleColors(sheet)
        #expect(colors.problems([("on-button", "button")], least: 4.5) == [])
        #expect(colors.problems([("edge", "bg"), ("edge", "card"), ("link", "card"), ("link", "bg")], least: 3) == [])
        #expect(sheet.contains(":focus-visible{outline:2px solid var(--link)"))
        #expect(!sheet.contains("outline:0"))
    }
}
