import AuditModel
import AuditTestSupport
import Testing

@testable import Reports

struct OpenMetricsTests {
    private func samples(_ report: AuditReport) throws -> OpenMetricsSamples {
        try OpenMetricsSamples(ReportRenderer.bytes(of: report, as: .openmetrics))
    }

    @Test func `the run, its completeness and its findings are told in figures`() throws {
        let samples = try samples(SampleReports.night)
        #expect(samples["audit_run_start_timestamp_seconds", ["environment": "na3"]] == [1_793_498_400.25])
        #expect(samples["audit_run_duration_seconds"] == [41.73])
        #expect(samples["audit_last_complete_run_timestamp_seconds"] == [1_793_412_000])
        #expect(samples["audit_complete"] == [0] && samples["audit_exit_status"] == [3])
        #expect(samples["audit_clients", ["state": "collected"]] == [24])
        #expect(samples["audit_groups", ["state": "failed"]] == [3])
        #expect(samples["audit_findings", ["severity": "critical", "verdict": "fail"]] == [2])
        #expect(samples["audit_findings", ["severity": "high", "verdict": "waived"]] == [2])
        #expect(samples["audit_findings", ["severity": "medium", "verdict": "unknown"]] == [1])
        #expect(samples["audit_new_failures"].reduce(0, +) == 3)
        #expect(samples["audit_verdict_changes", ["transition": "fixed"]] == [2])
        #expect(samples["audit_settings_changes"] == [20])
    }

    @Test func `a quiet run is complete, and figures that there are none of are absent`() throws {
        let quiet = try samples(SampleReports.quietBaseline)
        #expect(quiet["audit_complete"] == [1] && quiet["audit_exit_status"] == [0])
        #expect(quiet["audit_findings"].count == 15 && quiet["audit_findings"].allSatisfy { $0 == 0 })
        let nothing = try samples(SampleReports.nothing)
        #expect(nothing["audit_complete"] == [0])
        #expect(nothing["audit_last_complete_run_timestamp_seconds"] == [])
    }

    /// Ten times the clients, rules and hostile values are not one series more.
    @Test func `the number of series does not depend on the fleet`() throws {
        let series = try samples(SampleReports.night).samples.count
        var large = SampleReports.night
        large.failures = Array(repeating: large.failures, count: 10).flatMap(\.self)
        large.rules = Array(repeating: large.rules, count: 10).flatMap(\.self)
        #expect(try samples(large).samples.count == series)
        for hostile in HostileReports.strings {
            #expect(try samples(HostileReports.night(hostile)).samples.count == series, "\(hostile.prefix(20))")
        }
    }

    @Test func `a label is what it was, once a reader has unescaped it`() throws {
        for text in ["a\"b", "a\\b", "a\nb", "\\\"", "plain", "{},=", "\\n"] {
            var report = SampleReports.night
            report.run.toolVersion = text
            let labels = try samples(report).samples.first { $0.name == "audit_run_info" }?.labels
            #expect(labels?["tool_version"] == VisibleText.of(text))
        }
    }
}
