import AuditModel
import AuditTestSupport
import Testing

@testable import Dashboard

/// The JSON twins are as their schemas say: those of runs and of two dates as reports, all others as the dashboard's own.
struct TwinSchemaTests {
    private static func schema(of route: Route) -> String {
        switch route {
        case .run: "audit-report"
        case .diff: "audit-diff"
        default: "audit-dashboard"
        }
    }

    private func twins(_ source: SampleSource) throws -> [(route: Route, json: SettingValue)] {
        let site = source.site()
        return try source.routes.map { route in
            (route, try #require(site.answer(WebRequest(target: route.path(as: .json))).json, "\(route)"))
        }
    }

    @Test(arguments: ["plain", "\u{1B}[31m\u{202E}", "a/../b", "=1+1", "<script>alert(1)</script>"])
    func `every page's twin is as its schema says, whatever its texts are`(text: String) throws {
        for (route, json) in try twins(SampleSource(text)) {
            #expect(try JSONSchema.ofReports(Self.schema(of: route)).problems(of: json) == [], "\(route)")
        }
    }

    @Test func `a problem is a document, too`() throws {
        let answer = SampleSource().site().answer(WebRequest(target: "/clients/env/9.json"))
        let json = try #require(answer.json)
        #expect(answer.status == 404 && json["schema"] == "audit-dashboard-problem/1")
        #expect(try JSONSchema.ofReports("audit-dashboard").problems(of: json) == [])
    }

    @Test func `a twin with any member missing, renamed or of a wrong type is refused`() throws {
        let schema = try JSONSchema.ofReports("audit-dashboard")
        for (route, json) in try twins(SampleSource()) where Self.schema(of: route) == "audit-dashboard" {
            // Values of settings may be anything, and labels may have any key.
            let tried = schema.alterationsAccepted(
                of: json, free: ["value", "before", "after", "actual", "labels"])
            #expect(tried.accepted == [], "\(route)")
            #expect(tried.count > 20, "\(route)")
        }
    }

    @Test func `the definitions that reports have, too, are the same`() throws {
        let own = try #require(try JSONSchema.ofReportsDocument("audit-dashboard")["$defs"]?.objectValue)
        let reports = try #require(try JSONSchema.ofReportsDocument("audit-report")["$defs"]?.objectValue)
        let shared = own.keys.filter { reports[$0] != nil }
        #expect(shared.count > 12)
        for key in shared { #expect(own[key] == reports[key], "\(key)") }
    }
}
