import AuditModel
import AuditTestSupport
import Testing

@testable import Dashboard

struct PagesTests {
    @Test func `every page has a frame that can be read aloud, and names its twin`() throws {
        let source = SampleSource()
        let site = source.site()
        for route in source.routes {
            let answer = site.answer(WebRequest(target: route.path()))
            #expect(answer.status == 200, "\(route.path()): \(answer.text)")
            #expect(answer.contentType == "text/html; charset=utf-8")
            let outline = try MarkupOutline(answer.text)
            for tag in ["<main id tabindex>", "<h1>", "<header class>", "<footer>", "<nav aria-label>"] {
                #expect(outline.tags.contains(tag), "\(route.path()) has no \(tag)")
            }
            #expect(!outline.tags.contains { $0.hasPrefix("<script") || $0.hasPrefix("<style") })
            #expect(outline.attributes.contains { $0.name == "href" && $0.value == "#main" })
            #expect(outline.attributes.count { $0.name == "aria-current" && $0.value == "page" } == 1)
            #expect(outline.attributes.contains { $0.name == "href" && $0.value == route.path(as: .json) })
            // The policy forbids what these would need.
            #expect(!outline.attributes.contains { $0.name == "style" || $0.name.hasPrefix("on") })
        }
    }

    @Test func `twins are told by the address and by Accept, and their counts are those of the page`() throws {
        let source = SampleSource()
        let site = source.site()
        for route in source.routes {
            let twin = site.answer(WebRequest(target: route.path(as: .json)))
            #expect(twin.contentType == "application/json; charset=utf-8")
            let json = try #require(twin.json)
            #expect(json["schema"]?.stringValue != nil)
            #expect(site.answer(WebRequest(target: route.path(), accept: "application/json")).body == twin.body)
            let page = try MarkupOutline(site.answer(WebRequest(target: route.path())).text).text
            switch route {
            case .rule:
                #expect(json["total"] == .integer(2))
                #expect(page.contains("Clients that fail2"))
            case .run:
                #expect(json["failures"]?.arrayValue?.count == 1 && json["waived"]?.arrayValue?.count == 1)
                #expect(page.contains("Findings3"))
            case .clients:
                #expect(json["total"] == .integer(2))
                #expect(page.contains("2 clients"))
            case .client:
                #expect(json["settingsThatChanged"]?.arrayValue?.count == 1)
                #expect(page.contains("Settings that changed1"))
            case .diff:
                #expect(json["settingsChanges"]?.arrayValue?.count == 2)
                #expect(page.contains("Settings changes3"))
            case .runs:
                #expect(json["total"] == .integer(3))
                #expect(page.contains("3 runs"))
            case .waivers:
                #expect(json["total"] == .integer(1))
                #expect(page.contains("1 waiver over 1 failure; 1 ending soon"))
            default: break
            }
        }
    }

    @Test func `findings are filtered by the address, in the page and in its twin`() throws {
        let source = SampleSource()
        let site = source.site()
        let run = Route.run(source.run(2).id.rawValue)
        let cases: [(query: String, failures: Int, waived: Int, unknowns: Int)] = [
            ("", 1, 1, 1), ("?severity=critical", 1, 1, 1), ("?severity=low", 0, 0, 0), ("?verdict=failures", 1, 0, 0),
            ("?verdict=waived", 0, 1, 0), ("?verdict=unknown", 0, 0, 1), ("?verdict=new", 1, 0, 0),
            ("?client=4199", 1, 0, 0), ("?client=env%3Dprod", 0, 1, 1), ("?rule=none", 0, 0, 0),
        ]
        for entry in cases {
            let json = try #require(site.answer(WebRequest(target: run.path(as: .json) + entry.query)).json)
            #expect(json["failures"]?.arrayValue?.count == entry.failures, "\(entry.query)")
            #expect(json["waived"]?.arrayValue?.count == entry.waived, "\(entry.query)")
            #expect(json["unknowns"]?.arrayValue?.count == entry.unknowns, "\(entry.query)")
            let page = try MarkupOutline(site.answer(WebRequest(target: run.path() + entry.query)).text).text
            #expect(page.contains("Findings\(entry.failures + entry.waived + entry.unknowns)"), "\(entry.query)")
        }
        #expect(site.answer(WebRequest(target: run.path() + "?severity=worst")).status == 400)
        #expect(site.answer(WebRequest(target: "/clients.json?q=a%70lain")).json?["total"] == .integer(1))
    }

    /// The same page with a harmless text must have the same tags and the same attributes: nothing that comes from outside
    /// can add one.
    @Test(
        arguments: hostileStrings + [
            "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "</title><script>alert(1)</script>",
            "' onmouseover='alert(1)", "javascript:alert(1)", "a/../b", "%22%3E", "\u{1B}[31m\u{202E}",
        ])
    func `hostile text changes no page's structure`(text: String) throws {
        guard !text.isEmpty else { return }
        let (hostile, harmless) = (SampleSource(text), SampleSource("plain"))
        let (site, reference) = (hostile.site(), harmless.site())
        for (one, other) in zip(hostile.routes, harmless.routes) {
            let answer = site.answer(WebRequest(target: one.path()))
            #expect(answer.status == 200, "\(one)")
            let outline = try MarkupOutline(answer.text)
            let expected = try MarkupOutline(reference.answer(WebRequest(target: other.path())).text)
            #expect(outline.tags == expected.tags, "\(one)")
            #expect(outline.attributes.map(\.name) == expected.attributes.map(\.name))
            for link in outline.attributes where link.name == "href" || link.name == "action" {
                #expect(
                    link.value.hasPrefix("/") && !link.value.hasPrefix("//") || link.value == "#main", "\(link.value)")
            }
            // What is invisible is spelled out, so no byte of it is left to act.
            #expect(
                !answer.text.unicodeScalars.contains {
                    $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" || $0 == "\u{7F}"
                })
            let twin = site.answer(WebRequest(target: one.path(as: .json)))
            #expect(twin.json != nil, "\(one)")
            #expect(!twin.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" })
        }
    }
}
