import AuditModel
import AuditTestSupport
import Testing

@testable import Dashboard

/// What could not be read is never told, or coloured, as if it were in order.
struct UnknownTests {
    private let source = SampleSource(isBlind: true)

    private func page(_ route: Route) throws -> String {
        source.site().answer(WebRequest(target: route.path())).text
    }

    @Test func `a client that could not be read is told by its unknown verdicts, and by what failed when last seen`()
        throws
    {
        let blind = try MarkupOutline(page(.client(source.client.id))).text
        #expect(
            blind.contains("1 of 1 verdict unknown; 1 rule failing when last seen; 1 change of 1 setting in 3 nights"))
        #expect(!blind.contains("no rules failing"))
        let seen = try MarkupOutline(
            SampleSource().site().answer(WebRequest(target: Route.client(source.client.id).path())).text
        ).text
        #expect(seen.contains("1 rule failing; 1 change of 1 setting"))
    }

    @Test func `no failures are good only where every rule could tell`() throws {
        for route in [Route.overview, .run(source.run(2).id.rawValue)] {
            #expect(!(try page(route)).contains("tile good"), "\(route)")
        }
        let overview = try MarkupOutline(page(.overview)).text
        #expect(overview.contains("No rule is known to fail; 1 verdict unknown."))
        #expect(try MarkupOutline(page(.rule(source.ruleID))).text.contains("Nobody is known to fail this rule."))
        #expect(try MarkupOutline(page(.clients)).text.contains("not known"))
    }
}
