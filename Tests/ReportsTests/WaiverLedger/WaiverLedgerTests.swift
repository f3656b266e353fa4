import AuditModel
import AuditTestSupport
import Foundation
import Testing

@testable import Reports

/// Every waiver is in the reports for people, also where it lies over no failure.
struct WaiverLedgerTests {
    private func text(
        _ report: AuditReport, _ format: ReportFormat, showsAll: Bool = true, width: Int = 300
    ) -> String {
        String(
            decoding: ReportRenderer.bytes(
                of: report, as: format, options: ReportOptions(width: width, showsAll: showsAll)), as: UTF8.self)
    }

    @Test func `the terminal lists them with all, by their end, with what they cover`() throws {
        let shown = text(SampleReports.night, .text)
        let ledger = try #require(
            shown.components(separatedBy: "\nWAIVERS").last?.components(separatedBy: "\n\n").first)
        let lines = ledger.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(
            lines == [
                "4 waivers",
                "W-2026-003 2026-10-31, ended nothing LV-INT-001 for na3/4199; owner it@example.com, approved by ciso@example.com",
                "W-2026-014 2026-11-25, 10 days left 2 failures LV-INT-004 for na3/4126, na3/4127; owner identity@example.com, approved by ciso@example.com",
                "W-2026-020 2027-03-31, 136 days left nothing LV-INT-005, LV-INT-006 for line=care; no owner named, approved by ciso@example.com",
                "W-2026-021 2027-04-30, from 2026-12-01 on nothing LV-SET-001 for na3/4200; no owner named, approved by ciso@example.com",
            ])
        #expect(!text(SampleReports.night, .text, showsAll: false).contains("W-2026-020"))
    }

    @Test func `page and Markdown have a row for each`() throws {
        for format in [ReportFormat.html, .markdown] {
            let shown = text(SampleReports.night, format)
            for waiver in SampleReports.waivers {
                #expect(shown.contains(waiver.facts.id), "\(format)")
                #expect(shown.contains(waiver.lastDayWords), "\(format)")
            }
        }
        let page = text(SampleReports.night, .html)
        #expect(page.contains("id=\"waivers\"") && page.contains("href=\"#waivers\""))
        // Marked are those that somebody must look at: the ended one, the one that ends soon, the one over nothing.
        #expect(SampleReports.waivers.map(\.isEnding) == [true, true, false, false])
        #expect(SampleReports.waivers.map(\.isIdle) == [false, false, true, false])
    }

    @Test func `a report without waivers has no ledger`() {
        var report = SampleReports.night
        report.waivers = []
        #expect(!text(report, .text).contains("\nWAIVERS"))
        #expect(!text(report, .html).contains("id=\"waivers\""))
        #expect(!text(report, .markdown).contains("## Waivers"))
    }

    @Test func `the last day, the first day and the day after are told as such`() {
        func standing(_ from: String, _ expires: String) -> WaiverStanding {
            WaiverStanding(
                facts: WaiverFacts(
                    id: "W", reason: "r", owner: nil, approver: "a", ticket: nil, from: SampleFleet.day(from),
                    expires: SampleFleet.day(expires), on: SampleFleet.day("2026-11-15")),
                ruleIDs: ["R"], subject: "na3/1", failures: 1)
        }
        #expect(standing("2026-11-01", "2026-11-15").lastDayWords == "2026-11-15, its last day")
        #expect(standing("2026-11-15", "2026-11-16").lastDayWords == "2026-11-16, 1 day left")
        #expect(standing("2026-11-01", "2026-11-14").state == .ended)
        #expect(standing("2026-11-15", "2026-11-15").state == .inForce)
        #expect(standing("2026-11-16", "2026-11-16").state == .notYet)
    }
}
