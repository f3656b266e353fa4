import AuditModel
import AuditTestSupport
import Testing

@testable import Dashboard

struct SiteTests {
    @Test func `a page has the tag of its run, and is sent again only after another run was sealed`() throws {
        let source = SampleSource()
        let site = source.site()
        var tags: Set<String> = []
        for route in source.routes {
            for form in [Route.Form.html, .json] {
                var request = WebRequest(target: route.path(as: form))
                let first = site.answer(request)
                let tag = try #require(first.header("ETag"))
                #expect(tags.insert(tag).inserted, "two pages have one tag")
                #expect(site.answer(request).body == first.body)
                for header in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                    request.ifNoneMatch = header
                    let again = site.answer(request)
                    #expect(again.status == 304 && again.body.isEmpty && again.header("ETag") == tag)
                }
                source.seal()
                request.ifNoneMatch = tag
                #expect(site.answer(request).status == 200)
                tags.insert(site.answer(WebRequest(target: route.path(as: form))).header("ETag") ?? "")
            }
        }
    }

    @Test func `a page that was made is not made again while nothing changes`() {
        let source = SampleSource()
        let site = source.site()
        _ = site.answer(WebRequest(target: "/rules"))
        let count = source.reportCount
        _ = site.answer(WebRequest(target: "/rules?unread=1"))
        #expect(source.reportCount == count)
        source.seal()
        _ = site.answer(WebRequest(target: "/rules"))
        #expect(source.reportCount == count + 1)
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
    func `nothing but GET and HEAD is answered`(method: String) {
        let site = SampleSource().site()
        for target in ["/", "/rules", "/healthz", "/metrics", "/login", "/nothing"] {
            let answer = site.answer(WebRequest(method: method, target: target))
            #expect(answer.status == 405)
            #expect(answer.header("Allow") == "GET, HEAD")
        }
    }

    @Test(arguments: [
        ("/nothing", 404), ("/runs/00000000", 404), ("/rules/R-none", 404), ("/clients/other/1", 404),
        ("/clients/envplain/1", 404), ("/rules?environment=none", 404), ("/login", 404), ("/rules?severity=worst", 400),
        ("/diff?from=2026-02-30&to=2026-11-01", 400), ("/diff?group=none", 400),
        ("/clients/envplain/4199/settings/nonsense", 400), ("/rules?q=" + String(repeating: "a", count: 5000), 414),
    ])
    func `what cannot be shown is told in words, to people and to programs`(target: String, status: Int) throws {
        let site = SampleSource().site()
        let page = site.answer(WebRequest(target: target))
        #expect(page.status == status)
        _ = try MarkupOutline(page.text)
        let twin = site.answer(WebRequest(target: target, accept: "application/json"))
        #expect(twin.status == status)
        #expect(twin.json?["sentence"]?.stringValue?.isEmpty == false)
    }

    @Test(arguments: ["/nope.json", "/healthz.json", "/login.json", "/a/b/c.json?q=1", "/runs/00000000.json"])
    func `an address that ends like a twin gets its problem as a document`(target: String) {
        let answer = SampleSource().site().answer(WebRequest(target: target, accept: "*/*"))
        #expect(answer.status == 404)
        #expect(answer.contentType == "application/json; charset=utf-8")
        #expect(answer.json?["schema"] == "audit-dashboard-problem/1")
    }

    @Test func `a run is found by what commands call it, and its page has one address`() {
        let source = SampleSource()
        let site = source.site()
        let id = source.run(2).id
        for name in [id.short, "latest"] {
            let page = site.answer(WebRequest(target: "/runs/\(name)?verdict=new&evil=1"))
            #expect(page.status == 303 && page.header("Location") == "/runs/\(id)?verdict=new")
            let twin = site.answer(WebRequest(target: "/runs/\(name).json"))
            #expect(twin.status == 303 && twin.header("Location") == "/runs/\(id).json")
        }
        #expect(site.answer(WebRequest(target: "/runs/\(id)")).status == 200)
        let several = site.answer(WebRequest(target: "/runs/ffff"))
        #expect(several.status == 400 && several.text.contains("2 runs begin with"))
    }

    @Test func `a store that cannot be read is 503 for people, probes and Prometheus learn it`() {
        let source = SampleSource()
        let site = source.site()
        let up = site.answer(WebRequest(target: "/healthz"))
        #expect(up.status == 200)
        #expect(up.json?["environments"]?.arrayValue?.first?["lastCompleteRun"]?["ageSeconds"] == .integer(86_400))
        source.breakDown()
        #expect(site.answer(WebRequest(target: "/")).status == 503)
        let down = site.answer(WebRequest(target: "/healthz"))
        #expect(down.status == 503)
        #expect(down.json?["status"] == "down")
        #expect(site.answer(WebRequest(target: "/metrics")).text.contains("audit_dashboard_store_readable 0\n"))
    }

    @Test func `metrics are the gauges of the latest run, and counters of this server`() {
        let site = SampleSource().site()
        _ = site.answer(WebRequest(target: "/rules"))
        _ = site.answer(WebRequest(target: "/nothing"))
        let answer = site.answer(WebRequest(target: "/metrics"))
        #expect(answer.contentType == "application/openmetrics-text; version=1.0.0; charset=utf-8")
        #expect(answer.text.contains("audit_results{environment=\"envplain\",verdict=\"fail\"} 1\n"))
        #expect(answer.text.contains("audit_dashboard_requests_total{page=\"rules\",status=\"200\"} 1\n"))
        #expect(answer.text.contains("audit_dashboard_requests_total{page=\"none\",status=\"404\"} 1\n"))
        #expect(answer.text.hasSuffix("# EOF\n"))
        let types = answer.text.split(separator: "\n").filter { $0.hasPrefix("# TYPE") }
        #expect(Set(types).count == types.count)
    }

    @Test func `assets are constants of the program, and their addresses change with them`() {
        let site = SampleSource().site()
        let page = site.answer(WebRequest(target: "/")).text
        for asset in Asset.allCases {
            let answer = site.answer(WebRequest(target: Route.asset(asset).path()))
            #expect(answer.status == 200 && answer.contentType == asset.contentType)
            #expect(page.contains("\(Route.asset(asset).path())?\(asset.mark)"))
        }
    }
}

struct AnswerCacheTests {
    private func answer(_ bytes: Int) -> WebAnswer {
        WebAnswer(status: 200, body: [UInt8](repeating: 0, count: bytes))
    }

    @Test func `what is kept stays within its bound, and what was asked for lately stays longest`() {
        let cache = AnswerCache(capacityInBytes: 2000)
        cache.insert(answer(400), for: "a", at: "1")
        cache.insert(answer(400), for: "b", at: "1")
        cache.insert(answer(400), for: "c", at: "1")
        #expect(cache.answer(for: "a", at: "1") != nil)
        cache.insert(answer(400), for: "d", at: "1")
        #expect(cache.answer(for: "a", at: "1") != nil)
        #expect(cache.answer(for: "b", at: "1") == nil)
        cache.insert(answer(600), for: "large", at: "1")
        #expect(cache.answer(for: "large", at: "1") == nil)
        #expect(cache.answer(for: "a", at: "2") == nil)
    }
}
