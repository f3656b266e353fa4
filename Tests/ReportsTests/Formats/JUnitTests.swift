import AuditModel
import AuditTestSupport
import Testing

@testable import Reports

/// The structure that CI servers rely on; it is held to the schemas themselves where a validator is on the machine.
struct JUnitTests {
    private func document(_ report: AuditReport) throws -> JUnitDocument {
        try JUnitDocument(ReportRenderer.bytes(of: report, as: .junit))
    }

    @Test func `a client is a suite, a rule a case, and each suite's counts are those of its cases`() throws {
        for report in [SampleReports.night, SampleReports.quietBaseline]
            + HostileReports.strings.map(HostileReports.night)
        {
            let suites = try document(report).suites
            #expect(suites.count == 25)
            for (index, suite) in suites.enumerated() {
                #expect(suite.attributes["id"] == "\(index)" && suite.cases.count == 10)
                #expect(suite.attributes["tests"] == "\(suite.cases.count)")
                for (attribute, element) in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")] {
                    #expect(suite.attributes[attribute] == "\(suite.cases.count { $0.element == element })")
                }
                #expect(suite.attributes["package"] == "na3" && suite.attributes["time"] == "0")
                #expect(suite.attributes["timestamp"]?.wholeMatch(of: /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/) != nil)
            }
        }
    }

    @Test func `a failure says what is wrong, and an exception who accepted it`() throws {
        let suites = try document(SampleReports.night).suites
        func entry(_ code: String, _ rule: String) throws -> JUnitDocument.Case {
            let suite = try #require(suites.first { $0.properties["code"] == code })
            return try #require(suite.cases.first { $0.name.hasPrefix(rule) })
        }
        let failure = try entry("BETA", "LV-INT-003")
        #expect(failure.element == "failure" && failure.type == "high")
        #expect(
            failure.message
                == "internal.maxFailedCcsLoginAttempts is 10, expected at most 5; 10 failed logins allowed; at most 5.")
        #expect(failure.text.contains("fix: Client Editor > Internal Settings") && failure.text.contains("finding F-"))
        let waived = try entry("CORAL", "LV-INT-004")
        #expect(waived.element == "skipped")
        #expect(waived.message?.hasPrefix("fail, waived: ") == true && waived.message?.contains("W-2026-014") == true)
        let unknown = try entry("EPSI", "LV-INT-001")
        #expect(unknown.element == "error" && unknown.message == "it cannot be told: internal could not be read.")
        let outOfScope = try entry("ACME", "LV-INT-002")
        #expect(outOfScope.message == "not applicable: the rule does not apply: out of scope.")
        #expect(try entry("SIGMA", "LV-INT-001").element == nil)
    }

    @Test func `a gap that shows in no result makes an error of its own, so that nothing missing is green`() throws {
        let suites = try document(SampleReports.nothing).suites
        #expect(suites.count == 1 && suites[0].cases.first?.element == "error")
        #expect(suites[0].cases.first?.message == "No client is on the roster.")
        // Where results are unknown already, the counts stay those of the results.
        #expect(try document(SampleReports.night).suites.allSatisfy { $0.attributes["name"] != "run" })
    }

    @Test(arguments: [
        ("https://api.livevox.com", "api.livevox.com"), ("http://127.0.0.1:8080/x", "127.0.0.1:8080"),
        ("nonsense", "localhost"), ("https://a\"b", "localhost"), ("", "localhost"),
    ])
    func `the host is that of the platform`(baseURL: String, host: String) throws {
        var report = SampleReports.night
        report.run.baseURL = baseURL
        #expect(try document(report).suites[0].attributes["hostname"] == host)
    }
}
