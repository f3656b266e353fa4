import AuditModel
import AuditTestSupport
import Testing

@testable import Reports

/// The formats must tell one story.
struct AgreementTests {
    @Test func `the same report gives the same bytes`() {
        for format in ReportFormat.allCases {
            #expect(
                ReportRenderer.bytes(of: SampleReports.night, as: format)
                    == ReportRenderer.bytes(of: SampleReports.night, as: format))
        }
        for format in DiffFormat.allCases {
            #expect(
                ReportRenderer.bytes(of: SampleReports.diff, as: format)
                    == ReportRenderer.bytes(of: SampleReports.diff, as: format))
        }
    }

    @Test func `findings and changes in another order give the same text and page`() {
        var other = SampleReports.night
        other.failures.reverse()
        other.unknowns.reverse()
        other.verdictChanges.reverse()
        other.completeness.failures.reverse()
        for format in [ReportFormat.text, .html] {
            #expect(
                ReportRenderer.bytes(of: other, as: format) == ReportRenderer.bytes(of: SampleReports.night, as: format)
            )
        }
    }

    @Test func `the digest sentence is the first line, the headline and a member`() throws {
        let sentence = DigestSentence.text(for: SampleReports.night)
        let text = String(decoding: ReportRenderer.bytes(of: SampleReports.night, as: .text), as: UTF8.self)
        #expect(text.prefix { $0 != "\n" } == sentence)
        let json = try JSONReader.value(of: ReportRenderer.bytes(of: SampleReports.night, as: .json))
        #expect(json["digest"] == .string(sentence))
    }

    @Test func `the counts of text, JSON and page are the report's`() throws {
        let report = SampleReports.night
        let json = try JSONReader.value(of: ReportRenderer.bytes(of: report, as: .json))
        #expect(json["failures"]?.arrayValue?.count == report.failures.count)
        #expect(json["unknowns"]?.arrayValue?.count == report.unknowns.count)
        #expect(json["waived"]?.arrayValue?.count == 2)
        #expect(json["verdictChanges"]?.arrayValue?.count == report.verdictChanges.count)
        let page = try MarkupOutline(
            String(decoding: ReportRenderer.bytes(of: report, as: .html), as: UTF8.self)
        ).text
        for tile in [
            "Failures23", "New3", "Waived2", "Fixed1", "Unknown6", "Clients collected24 / 25",
            "Groups captured98 / 125",
        ] {
            #expect(page.contains(tile), "\(tile)")
        }
        let text = String(
            decoding: ReportRenderer.bytes(of: report, as: .text, options: ReportOptions(showsAll: true)), as: UTF8.self
        )
        #expect(text.contains("23 failures of 6 rules in 23 clients"))
        for said in ["W-2026-014", "Agents sign in by single sign-on.", "until 2026-11-25, 10 days left"] {
            #expect(text.contains(said) && page.contains(said), "\(said)")
        }
        for said in ["fail → waived (W-2026-014)", "waived (W-2026-013) → fail"] {
            #expect(text.contains(said) && page.contains(said), "\(said)")
        }
        for finding in report.failures + report.waived {
            #expect(text.contains(finding.id) && page.contains(finding.id))
        }
        for name in Set(report.settingsChanges.flatMap(\.clients).map(\.code)) {
            #expect(text.contains(name) && page.contains(name))
        }
    }

    @Test func `JSON keeps every string whole, and a reader gets back what was put in`() throws {
        for hostile in HostileReports.strings {
            let bytes = ReportRenderer.bytes(of: HostileReports.night(hostile), as: .json)
            let json = try JSONReader.value(of: bytes)
            #expect(json["notAssessed"]?.arrayValue?.last == .string(hostile))
            #expect(json["settingsChanges"]?[0]?["change"]?["before"] == .string(hostile))
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(!text.unicodeScalars.contains { $0 != "\n" && VisibleText.isInvisible($0) })
        }
    }
}
