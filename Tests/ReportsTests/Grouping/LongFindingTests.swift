import AuditModel
import AuditTestSupport
import Foundation
import Testing

@testable import Reports

/// A finding that rests on more comparisons than anybody reads.
struct LongFindingTests {
    /// The sample's night with one failure, one waived failure and one unknown result of so many voices.
    private func report(voices count: Int) -> AuditReport {
        var report = SampleReports.night
        let comparisons = (1...count).map { number in
            Comparison(
                path: SampleFleet.path("voicePool.voice[id=\(number)].id"), expected: "cel: approved",
                actual: .integer(Int64(700_000 + number)), reason: .violated)
        }
        report.failures = Array(SampleReports.failures.suffix(1))
        report.failures[0].result.comparisons = comparisons
        report.waived = Array(SampleReports.waived.prefix(1))
        report.waived[0].result.comparisons = comparisons
        report.unknowns = Array(SampleReports.unknowns.prefix(1))
        report.unknowns[0].result.missing = []
        report.unknowns[0].result.comparisons = comparisons
        return report
    }

    private func text(_ report: AuditReport, _ format: ReportFormat) -> String {
        String(
            decoding: ReportRenderer.bytes(
                of: report, as: format, options: ReportOptions(width: 200, showsAll: true)), as: UTF8.self)
    }

    /// The numbers of the voices whose values a report has.
    private func voices(in text: String) -> Set<Int> {
        Set(text.matches(of: /\b7\d{5}\b/).compactMap { Int($0.output) }.map { $0 - 700_000 })
    }

    @Test(arguments: [ReportFormat.text, .html, .markdown])
    func `people see the first ten, and how many more there are`(format: ReportFormat) {
        let shown = text(report(voices: 500), format)
        #expect(voices(in: shown) == Set(1...10))
        // The failure and the unknown result say so; the waived one, too, where it lists more than two.
        let said = format == .text ? 2 : 3
        func tails(_ text: String) -> Int { text.matches(of: /and \d+ more/).count }
        #expect(shown.components(separatedBy: "and 490 more").count - 1 == said)
        #expect(tails(text(report(voices: 11), format)) - tails(text(report(voices: 10), format)) == said)
    }

    @Test(arguments: [ReportFormat.json, .ndjson, .csv])
    func `programs get all of them`(format: ReportFormat) {
        let shown = text(report(voices: 500), format)
        #expect(voices(in: shown) == Set(1...500))
        #expect(!shown.contains("and 490 more"))
    }

    @Test func `clients with the same first ten and another number behind them stand in rows of their own`() {
        var report = report(voices: 12)
        var other = report.failures[0]
        other.client = SampleFleet.client("ACME")
        other.result.comparisons.removeLast()
        report.failures.append(other)
        let shown = text(report, .html)
        #expect(shown.contains("and 2 more") && shown.contains("and 1 more"))
    }
}
