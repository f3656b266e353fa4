import AuditModel
import Reports
import Testing

/// A severity that an override gives one client is that of its finding, in every format.
struct OverriddenSeverityTests {
    @Test(arguments: ReportFormat.allCases)
    func `an overridden severity is told`(format: ReportFormat) throws {
        let plain = SampleReports.night
        var overridden = plain
        let index = try #require(
            plain.failures.firstIndex { plain.severity(of: $0) != .critical && plain.severity(of: $0) != .high },
            "every failure is severe already")
        overridden.failures[index].result.severity = .critical
        func text(_ report: AuditReport) -> String {
            String(decoding: ReportRenderer.bytes(of: report, as: format), as: UTF8.self)
        }
        // SARIF for code scanning knows levels alone, OpenMetrics counts.
        let word = format == .codeScanning ? "\"error\"" : "critical"
        switch format {
        // Both tell how many there are of each severity.
        case .openmetrics, .text: #expect(text(plain) != text(overridden))
        default:
            let before = text(plain).lowercased().split(separator: word, omittingEmptySubsequences: false).count
            let after = text(overridden).lowercased().split(separator: word, omittingEmptySubsequences: false).count
            #expect(after > before)
        }
    }
}
