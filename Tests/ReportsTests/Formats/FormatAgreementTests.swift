import AuditModel
import AuditTestSupport
import Testing

@testable import Reports

/// Every format tells the same verdicts, as a reader of its standard alone finds them.
struct FormatAgreementTests {
    private func reading(_ report: AuditReport, _ format: ReportFormat) throws -> FormatReading {
        try FormatReading(ReportRenderer.bytes(of: report, as: format), format: format.rawValue)
    }

    /// What the report itself says.
    private func truth(_ report: AuditReport) -> [String: String] {
        Dictionary(
            report.results.map { ("\($0.client.id) \($0.ruleID)", $0.verdict.rawValue) }, uniquingKeysWith: { $1 })
    }

    @Test func `the formats that have every result have the same ones, each once`() throws {
        for report in [SampleReports.night, SampleReports.quietBaseline] {
            let truth = truth(report)
            #expect(truth.count == 250)
            for format in [ReportFormat.ndjson, .sarif, .junit, .ocsf, .oscal] {
                let reading = try reading(report, format)
                #expect(reading.repeated == [], "\(format)")
                #expect(reading.verdicts == truth, "\(format)")
            }
        }
    }

    @Test func `the counts are those of the rules, in every format`() throws {
        let report = SampleReports.night
        var counts: [String: Int] = [:]
        for verdict in ReportedVerdict.allCases {
            counts[verdict.rawValue] = report.rules.reduce(0) { $0 + $1.counts.count(of: verdict) }
        }
        #expect(counts == ["pass": 199, "fail": 23, "waived": 2, "unknown": 6, "notApplicable": 20])
        for format in [ReportFormat.ndjson, .sarif, .junit, .ocsf, .oscal] {
            #expect(try reading(report, format).counts == counts, "\(format)")
        }
        let shown = counts.filter { ["fail", "waived", "unknown"].contains($0.key) }
        #expect(try reading(report, .json).counts == shown)
        let samples = try OpenMetricsSamples(ReportRenderer.bytes(of: report, as: .openmetrics))
        for (verdict, count) in counts {
            let label = verdict == "notApplicable" ? "not_applicable" : verdict
            #expect(samples["audit_results", ["verdict": label]] == [Double(count)])
            if shown[verdict] != nil {
                #expect(samples["audit_findings", ["verdict": label]].reduce(0, +) == Double(count))
            }
        }
        let rows = try CSVRecords(ReportRenderer.bytes(of: report, as: .csv)).rows
        #expect(rows.count { $0["verdict"] == "fail" && $0["waiver"] == "" } == counts["fail"])
        #expect(rows.count { $0["verdict"] == "fail" && $0["waiver"] != "" } == counts["waived"])
        #expect(rows.count { $0["verdict"] == "unknown" } == counts["unknown"])
    }

    /// A "what if?" must not pass for a record, nor an emulator for a platform.
    @Test func `every format says that data is synthetic or that something was assumed`() throws {
        func text(_ report: AuditReport, _ format: ReportFormat) -> String {
            String(decoding: ReportRenderer.bytes(of: report, as: format), as: UTF8.self)
        }
        var assumed = SampleReports.night
        assumed.hypothesis = "maxFailedLogins=3"
        var synthetic = SampleReports.night
        synthetic.run.isSynthetic = true
        for format in ReportFormat.allCases {
            #expect(text(synthetic, format) != text(SampleReports.night, format), "\(format)")
            if format != .csv { #expect(text(assumed, format) != text(SampleReports.night, format), "\(format)") }
        }
    }

    @Test func `code scanning has what is to be an alert alone`() throws {
        let alerts = try reading(SampleReports.night, .codeScanning)
        #expect(alerts == (try reading(SampleReports.night, .sarif)).only(["fail", "unknown"]))
        #expect(try reading(SampleReports.quietBaseline, .codeScanning).verdicts.isEmpty)
    }

    @Test func `a finding that the grid does not know is told, and a failure of the grid without a finding, too`()
        throws
    {
        var report = SampleReports.night
        report.verdicts = VerdictGrid()
        let alone = try reading(report, .sarif)
        #expect(alone.counts == ["fail": 23, "waived": 2, "unknown": 6])
        report = SampleReports.night
        report.failures = []
        for format in [ReportFormat.ndjson, .sarif, .junit, .ocsf, .oscal] {
            #expect(try reading(report, format).counts["fail"] == 23, "\(format)")
        }
    }
}
