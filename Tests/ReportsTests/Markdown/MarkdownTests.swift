import AuditModel
import AuditTestSupport
import Testing

@testable import Reports

struct MarkdownTests {
    private func text(_ report: AuditReport) -> String {
        String(decoding: ReportRenderer.bytes(of: report, as: .markdown), as: UTF8.self)
    }

    private func text(_ report: DiffReport) -> String {
        String(decoding: ReportRenderer.bytes(of: report, as: .markdown), as: UTF8.self)
    }

    @Test(arguments: [
        ("plain text, 0.1.0", "plain text, 0.1.0"), ("a|b", "a&#124;b"), ("`x`", "&#96;x&#96;"),
        ("<b>&amp;", "&#60;b&#62;&#38;amp;"), ("a\nb", "a\\\\nb"), ("**x** _y_", "\\*\\*x\\*\\* \\_y\\_"),
        ("[a](javascript:x)", "\\[a\\](javascript:x)"), ("# title", "\\# title"), ("- item", "\\- item"),
        ("1. item", "1&#46; item"), ("2) item", "2\\) item"), ("    code", "&#32;&#32;&#32;&#32;code"),
        ("=====", "\\====="), ("https://evil.example", "https:&#47;&#47;evil.example"),
        ("www.evil.example", "www&#46;evil.example"), ("@team", "&#64;team"), ("a-b+c=d", "a-b+c=d"),
    ])
    func `what is interpolated shows as it is and does nothing`(untrusted: String, markdown: String) {
        #expect(MarkdownText(untrusted).markdown == markdown)
    }

    @Test(arguments: [
        ("internal.callRecordingDays", "`internal.callRecordingDays`"), ("a|b", "a&#124;b"), ("a`b", "a&#96;b"),
        ("", ""), (" a", "&#32;a"), ("<i>", "&#60;i&#62;"), ("[\"a\"]", "`[\"a\"]`"),
    ])
    func `code spans hold only what cannot end them`(untrusted: String, markdown: String) {
        #expect(MarkdownText(untrusted, .code).markdown == markdown)
    }

    @Test func `literals are Markdown, and what is put into them is not`() {
        let name = "**x**"
        let text: MarkdownText = "**\(name)** \(1234) \("a.b", .code)"
        #expect(text.markdown == "**\\*\\*x\\*\\*** 1,234 `a.b`")
    }

    @Test func `hostile strings stay in their cells and lines`() throws {
        // Each has the same lines and cells as a harmless string in all the same places.
        let harmless = Self.outline(text(HostileReports.night("harmless")))
        let harmlessDiff = Self.outline(text(HostileReports.diff("harmless")))
        for hostile in HostileReports.strings {
            for (text, expected) in [
                (text(HostileReports.night(hostile)), harmless), (text(HostileReports.diff(hostile)), harmlessDiff),
            ] {
                let name = hostile.prefix(30).debugDescription
                #expect(Self.outline(text) == expected, "\(name)")
                #expect(!text.contains("<") && !text.contains(">") && !text.contains("://"), "\(name)")
                #expect(!text.unicodeScalars.contains { $0 != "\n" && VisibleText.isInvisible($0) }, "\(name)")
                for line in text.split(separator: "\n") { #expect(line.count { $0 == "`" } % 2 == 0, "\(name)") }
            }
        }
    }

    /// For each line what it begins with, and its number of cells.
    private static func outline(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            // Blanks do not count: an empty name leaves two side by side.
            let head = line.prefix { "#-| ".contains($0) }.filter { $0 != " " }
            return "\(head)\(line.unicodeScalars.count { $0 == "|" })"
        }
    }

    @Test func `counts and findings are the report's`() {
        let report = SampleReports.night
        let lines = text(report).split(separator: "\n")
        #expect(lines.first.map(String.init) == MarkdownText(DigestSentence.text(for: report)).markdown)
        #expect(lines.contains("\(report.failures.count) failures of 6 rules in 23 clients."))
        for finding in report.failures {
            let rows = lines.filter { $0.hasPrefix("|") && $0.contains("`\(finding.id)`") }
            #expect(rows.count == max(1, finding.result.comparisons.count))
        }
        let diff = SampleReports.diff
        let rows = text(diff).split(separator: "\n").filter { line in
            ["| added |", "| removed |", "| modified |"].contains { line.hasPrefix($0) }
        }
        #expect(rows.count == diff.settingsChanges.count)
        #expect(text(SampleReports.emptyDiff).contains("Nothing differs."))
        #expect(text(SampleReports.quietBaseline).contains("## Failures\n\nNone."))
    }

    @Test func `findings and changes in another order give the same page`() {
        var other = SampleReports.night
        other.failures.reverse()
        other.unknowns.reverse()
        other.verdictChanges.reverse()
        other.completeness.failures.reverse()
        #expect(text(other) == text(SampleReports.night))
    }
}
