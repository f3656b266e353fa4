import AuditModel
import AuditTestSupport
import Foundation
import Testing

@testable import Reports

/// What the page's script narrows by is written into the page right: rules, states, severities, controls and clients.
struct FilterTests {
    private struct Row {
        var rules: [Int]
        var state: String
        var severity: String?
        var clients: Int
    }

    /// The rows that can be narrowed, as the script sees them.
    private func rows(_ report: AuditReport) -> [Row] {
        let markup = String(decoding: ReportRenderer.bytes(of: report, as: .html), as: UTF8.self)
        return markup.components(separatedBy: "<tr data-r=\"").dropFirst().map { piece in
            let row = piece.components(separatedBy: "</tr>")[0]
            let values = row.components(separatedBy: "\"")
            return Row(
                rules: values[0].split(separator: " ").compactMap { Int($0) }, state: values[2],
                severity: values[3] == " data-s=" ? values[4] : nil,
                clients: row.components(separatedBy: "<li>").count - 1)
        }
    }

    @Test func `each finding and each fix is in a row of its state`() {
        let report = SampleReports.night
        let rows = rows(report)
        func count(_ state: String) -> Int {
            rows.filter { $0.state == state }.reduce(0) { $0 + $1.clients * $1.rules.count }
        }
        // One failure of two elements is in two rows.
        #expect(count("new") == report.newFailures.count)
        #expect(count("still") == report.failures.count - report.newFailures.count + 1)
        #expect(count("waived") == report.waived.count)
        #expect(count("unknown") == report.unknowns.count)
        #expect(count("fixed") == report.verdictChanges.count(of: .fixed))
    }

    @Test func `a row names its rule by the place in the list of rules`() throws {
        let report = SampleReports.night
        let keys = FilterKeys(report)
        #expect(Array(keys.ruleIDs.prefix(report.rules.count)) == report.rules.map(\.facts.id))
        for finding in report.failures + report.waived + report.unknowns {
            let place = try #require(keys.number(of: finding.result.ruleID))
            #expect(keys.ruleIDs[place] == finding.result.ruleID)
            #expect(
                rows(report).contains { $0.rules.contains(place) && $0.state == finding.filterState.rawValue })
            #expect(
                keys.controlNumbers(of: finding.result.ruleID).map { keys.controls[$0] }.sorted()
                    == (report.facts(of: finding.result.ruleID)?.controls.map(\.reference) ?? []).sorted())
        }
        #expect(keys.states == [.new, .still, .fixed, .waived, .unknown])
        #expect(keys.severities == Severity.allCases)
    }

    @Test func `an override's severity is the row's`() {
        var report = SampleReports.night
        report.failures[0].result.severity = .low
        #expect(rows(report).contains { $0.severity == "low" && $0.clients == 1 })
    }

    @Test func `a rule that only a finding names can be chosen`() {
        var report = SampleReports.night
        report.failures[0].result.ruleID = "LV-ELSE"
        let keys = FilterKeys(report)
        #expect(keys.ruleIDs.last == "LV-ELSE" && keys.number(of: "LV-ELSE") == report.rules.count)
    }

    @Test func `without findings there is nothing to narrow, and the bar is hidden until the script shows it`() throws {
        let quiet = String(decoding: ReportRenderer.bytes(of: SampleReports.quietBaseline, as: .html), as: UTF8.self)
        #expect(!quiet.contains("id=\"filter\""))
        let night = try MarkupOutline(
            String(decoding: ReportRenderer.bytes(of: SampleReports.night, as: .html), as: UTF8.self))
        #expect(night.tags.contains("<div class id role hidden>"))
    }

    @Test func `clients with the same value are one row, news first`() {
        let requirement = FindingsByRule.grouped(SampleReports.failures) { id in
            SampleFleet.rules.first { $0.id == id }
        }.flatMap(\.requirements)
        for requirement in requirement {
            let rows = FindingRow.grouped(requirement.rows, changes: ChangeIndex([]))
            #expect(rows.reduce(0) { $0 + $1.findings.count } == requirement.rows.count)
            #expect(rows.map(\.example.isNews) == rows.map(\.example.isNews).sorted { $0 && !$1 })
            for row in rows { #expect(Set(row.findings.map(\.result.message)).count == 1) }
        }
        #expect(
            requirement.contains {
                FindingRow.grouped($0.rows, changes: ChangeIndex([])).count == 1 && $0.rows.count == 14
            })
    }
}
