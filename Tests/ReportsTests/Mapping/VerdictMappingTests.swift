import AuditModel
import AuditTestSupport
import Testing

@testable import Reports

/// The table of verdicts and formats, cell by cell: first what it says, then that the writers write it.
struct VerdictMappingTests {
    /// One result of each verdict in the sample's night.
    private static let examples: [(verdict: ReportedVerdict, code: String, rule: String)] = [
        (.pass, "SIGMA", "LV-INT-001"), (.fail, "ACME", "LV-INT-001"), (.waived, "CORAL", "LV-INT-004"),
        (.unknown, "EPSI", "LV-INT-001"), (.notApplicable, "ACME", "LV-INT-002"),
    ]

    @Test func `the table says what it has to, cell by cell`() {
        // Words, JSON list, CSV, SARIF, JUnit, OCSF compliance and status, OSCAL, OpenMetrics.
        let expected: [ReportedVerdict: [String]] = [
            .pass: [
                "✓ pass", "-", "-", "pass, none", "-", "1 Pass, 4 Resolved, informational", "satisfied, pass, -",
                "pass",
            ],
            .fail: [
                "✗ fail", "failures", "fail", "fail, by severity, alert", "failure", "3 Fail, 1 New, by severity",
                "not-satisfied, fail, open", "fail",
            ],
            .waived: [
                "✗ fail, waived", "waived", "fail", "fail, by severity, suppressed", "skipped",
                "3 Fail, 3 Suppressed, by severity", "not-satisfied, fail, deviation-approved", "waived",
            ],
            .unknown: [
                "? unknown", "unknowns", "unknown", "open, none, alert", "error", "0 Unknown, 1 New, by severity",
                "not-satisfied, other, -", "unknown",
            ],
            .notApplicable: [
                "– not applicable", "-", "-", "notApplicable, none", "skipped",
                "99 Not applicable, 99 Not applicable, informational", "-, -, -", "not_applicable",
            ],
        ]
        #expect(expected.count == ReportedVerdict.allCases.count)
        for verdict in ReportedVerdict.allCases {
            let mapping = VerdictMapping.of(verdict)
            let ocsf = mapping.ocsf
            let cells = [
                "\(mapping.glyph) \(mapping.words)", mapping.jsonList ?? "-", mapping.csv ?? "-",
                "\(mapping.sarif.kind), \(mapping.sarif.hasLevel ? "by severity" : "none")"
                    + (mapping.sarif.isSuppressed ? ", suppressed" : "") + (mapping.sarif.isAlert ? ", alert" : ""),
                mapping.jUnit ?? "-",
                "\(ocsf.compliance.id) \(ocsf.compliance.caption), \(ocsf.status.id) \(ocsf.status.caption), "
                    + (ocsf.keepsSeverity ? "by severity" : "informational"),
                "\(mapping.oscal.target?.state ?? "-"), \(mapping.oscal.target?.reason ?? "-"), \(mapping.oscal.risk ?? "-")",
                mapping.openMetrics,
            ]
            #expect(cells == expected[verdict], "\(verdict)")
        }
    }

    @Test func `severities have the level, the score and the id that they have to`() {
        let expected: [Severity: (String, String, Int, String)] = [
            .critical: ("error", "9.5", 5, "Critical"), .high: ("error", "8.0", 4, "High"),
            .medium: ("warning", "5.5", 3, "Medium"), .low: ("note", "2.0", 2, "Low"),
            .info: ("note", "0.1", 1, "Informational"),
        ]
        for severity in Severity.allCases {
            let mapping = SeverityMapping.of(severity)
            #expect(
                expected[severity].map { "\($0)" }
                    == "\((mapping.sarifLevel, mapping.securitySeverity, mapping.ocsf.id, mapping.ocsf.caption))")
        }
    }

    @Test(arguments: examples)
    func `JSON, JSON lines and CSV write what the table says`(verdict: ReportedVerdict, code: String, rule: String)
        throws
    {
        let mapping = VerdictMapping.of(verdict)
        let id = SampleFleet.client(code).id
        let json = try JSONReader.value(of: ReportRenderer.bytes(of: SampleReports.night, as: .json))
        for list in ["failures", "waived", "unknowns"] {
            let isIn = json[list]?.arrayValue?.contains {
                $0["rule"]?.stringValue == rule && $0["client"]?["id"]?.stringValue == id.description
            }
            #expect(isIn == (mapping.jsonList == list), "\(list)")
        }
        let records = try FormatReading.lines(ReportRenderer.bytes(of: SampleReports.night, as: .ndjson))
        let record = records.first { $0["rule"]?.stringValue == rule && $0["client"]?.stringValue == id.description }
        #expect(record?["verdict"]?.stringValue == verdict.rawValue)
        let row = try CSVRecords(ReportRenderer.bytes(of: SampleReports.night, as: .csv)).rows
            .first { $0["rule"] == rule && $0["client"] == "\(id.number)" }
        #expect(row?["verdict"] == mapping.csv)
        #expect((row?["waiver"] ?? "").isEmpty == (verdict != .waived))
    }

    @Test(arguments: examples)
    func `SARIF, JUnit, OCSF and OSCAL write what the table says`(verdict: ReportedVerdict, code: String, rule: String)
        throws
    {
        let mapping = VerdictMapping.of(verdict)
        let client = SampleFleet.client(code)
        let report = SampleReports.night
        let severity = SeverityMapping.of(try #require(report.facts(of: rule)).severity)

        let log = try JSONReader.value(of: ReportRenderer.bytes(of: report, as: .sarif))
        let result = try #require(
            log["runs"]?[0]?["results"]?.arrayValue?.first {
                $0["ruleId"]?.stringValue == rule
                    && $0["properties"]?["audit/client"]?.stringValue == client.id.description
            })
        #expect(result["kind"]?.stringValue == mapping.sarif.kind)
        #expect(result["level"]?.stringValue == (mapping.sarif.hasLevel ? severity.sarifLevel : "none"))
        #expect((result["suppressions"] != nil) == mapping.sarif.isSuppressed)

        let suite = try #require(
            try JUnitDocument(ReportRenderer.bytes(of: report, as: .junit)).suites.first {
                $0.properties["code"] == code
            })
        #expect(suite.cases.first { $0.name.hasPrefix(rule) }?.element == mapping.jUnit)

        let events = try FormatReading.lines(ReportRenderer.bytes(of: report, as: .ocsf))
        let event = try #require(
            events.first {
                $0["compliance"]?["control"]?.stringValue == rule
                    && $0["resources"]?[0]?["uid"]?.stringValue == client.id.description
            })
        #expect(event["compliance"]?["status_id"] == .count(mapping.ocsf.compliance.id))
        #expect(event["compliance"]?["status"]?.stringValue == mapping.ocsf.compliance.caption)
        #expect(event["status_id"] == .count(mapping.ocsf.status.id))
        #expect(event["severity_id"] == .count(mapping.ocsf.keepsSeverity ? severity.ocsf.id : 1))

        let oscal = try JSONReader.value(of: ReportRenderer.bytes(of: report, as: .oscal))["assessment-results"]?[
            "results"]?[0]
        func mine(_ list: String) -> SettingValue? {
            oscal?[list]?.arrayValue?.first { element in
                let props = element["props"]?.arrayValue ?? []
                func has(_ name: String, _ value: String) -> Bool {
                    props.contains { $0["name"]?.stringValue == name && $0["value"]?.stringValue == value }
                }
                return has("rule", rule) && has("client", client.id.description)
            }
        }
        #expect(mine("observations") != nil)
        #expect(mine("findings")?["target"]?["status"]?["state"]?.stringValue == mapping.oscal.target?.state)
        #expect(mine("findings")?["target"]?["status"]?["reason"]?.stringValue == mapping.oscal.target?.reason)
        #expect(mine("risks")?["status"]?.stringValue == mapping.oscal.risk)
    }

    /// The pages for people say the words; the counts of the table of rules are told in the same order everywhere.
    @Test func `text, Markdown and the page write what the table says`() throws {
        let report = SampleReports.night
        func text(_ format: ReportFormat) -> String {
            String(
                decoding: ReportRenderer.bytes(
                    of: report, as: format, options: ReportOptions(width: 4000, showsAll: true)),
                as: UTF8.self)
        }
        let plain = text(.text)
        for verdict in [ReportedVerdict.pass, .notApplicable] {
            let glyph = VerdictMapping.of(verdict).glyph
            #expect(plain.split(separator: "\n").contains { $0.hasPrefix("  \(glyph) LV-INT-001  ") }, "\(verdict)")
        }
        #expect(plain.contains("\nPASSES  199 results\n") && plain.contains("\nNOT APPLICABLE  20 results\n"))
        for format in [ReportFormat.text, .markdown, .html] {
            let page = format == .html ? try MarkupOutline(text(format)).text : text(format)
            for finding in report.failures + report.waived { #expect(page.contains(finding.id), "\(format)") }
            for words in ReportedVerdict.allCases.map({ VerdictMapping.of($0).words }) where words != "fail, waived" {
                #expect(page.contains(words), "\(format) says \(words)")
            }
        }
        #expect(text(.markdown).contains("fail, waived"))
    }

    @Test func `the activity of a move is that of its state`() {
        #expect(BaselineState.activity(nil) == (1, "Create") && BaselineState.activity(.new) == (1, "Create"))
        #expect(
            BaselineState.activity(.unchanged) == (2, "Update") && BaselineState.activity(.updated) == (2, "Update"))
        #expect(BaselineState.activity(.absent) == (3, "Close"))
    }
}
