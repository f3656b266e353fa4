import AuditModel
import AuditTestSupport
import Testing

@testable import Dashboard

struct RouteTests {
    private static let texts =
        hostileStrings + ["a/b", "x.json", ".json", "a b+c", "ä%2F", "?q=1#f", "messaging.property[key=a].value"]

    @Test(arguments: texts)
    func `what writes an address reads it again`(text: String) throws {
        guard !text.isEmpty else { return }
        let client = Client.ID(environment: EnvironmentName(text), number: 4199)
        for route in [Route.run(text), .rule(text), .client(client), .setting(client, text)] {
            for form in [Route.Form.html, .json] {
                let read = try #require(Route.parse(route.path(as: form)), "\(route.path(as: form))")
                #expect(read.route == route)
                #expect(read.form == form)
            }
            #expect(route.path().utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") })
        }
    }

    @Test(arguments: [
        "", "runs", "/nothing", "/runs/", "/runs/a/b", "/clients/na3", "/clients/na3/x", "/clients/na3/04199",
        "/clients/na3/+1", "/clients//1", "/rules/", "/clients/na3/1/settings/", "/clients/na3/1/other/p", "/runs/%zz",
        "/runs/%ff", "/login.json", "/metrics.json", "/assets/none", "/assets/style.css.json", "//", "/index",
    ])
    func `what is no address is none`(path: String) {
        #expect(Route.parse(path) == nil)
    }

    @Test func `a question has one text, and what a page does not read is passed over`() {
        let query = Query("to=b&evil=1&from=a&from=c&client=&group", allowing: Route.diff.parameters)
        #expect(query.text == "?from=c&to=b")
        #expect(
            Query("q=a%20b+c&sort=failures", allowing: Route.clients.parameters).text == "?q=a%20b%20c&sort=failures")
        #expect(Query("page=x", allowing: Route.runs.parameters).page == 1)
        #expect(Query("page=-4", allowing: Route.runs.parameters).page == 1)
        #expect(Query("page=3", allowing: Route.runs.parameters).page == 3)
    }

    @Test func `a login leads to pages of this site alone`() {
        #expect(Site.ownAddress("/diff?from=2026-11-01&to=2026-11-02") == "/diff?from=2026-11-01&to=2026-11-02")
        #expect(Site.ownAddress("/rules.json") == "/rules.json")
        for elsewhere in [
            "//evil.example", "https://evil.example/", "/\\evil.example", "/login", "/metrics", "evil", "",
        ] {
            #expect(Site.ownAddress(elsewhere) == nil, "\(elsewhere)")
        }
    }
}

struct PagedTests {
    @Test func `a long list is cut into pages, and one beyond the last is the last`() {
        let list = Array(0..<250)
        #expect(Paged(list, page: 1).rows == Array(0..<100))
        #expect(Paged(list, page: 3).rows == Array(200..<250))
        #expect(Paged(list, page: 99).page == 3)
        #expect(Paged([Int](), page: 2).pages == 1)
    }
}
