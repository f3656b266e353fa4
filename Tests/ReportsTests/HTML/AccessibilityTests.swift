import AuditModel
import AuditTestSupport
import Testing

@testable import Reports

/// Reports for people who listen, or who have no mouse: what the markup alone can tell.
struct AccessibilityTests {
    @Test func `reports have landmarks, headings in order, names for all that is used, and captions`() throws {
        let pages =
            [SampleReports.night, SampleReports.quietBaseline, HostileReports.night(HostileReports.strings[12])]
            .map { ReportRenderer.bytes(of: $0, as: .html, options: ReportOptions(showsAll: true)) }
            + [SampleReports.diff, SampleReports.emptyDiff].map { ReportRenderer.bytes(of: $0, as: .html) }
        for page in pages {
            #expect(try MarkupOutline(String(decoding: page, as: UTF8.self)).accessibilityProblems == [])
        }
    }

    @Test func `what is wrong is found`() throws {
        let page = """
            <!DOCTYPE html>
            <html><head><title>x</title></head><body><nav></nav><h1>a</h1><h3 id="a">b</h3><svg></svg><input type="text">\
            <a href="#b">c</a><table><tr><th>d</th></tr></table><p id="a" tabindex="1">e</p></body></html>
            """
        #expect(
            try MarkupOutline(page).accessibilityProblems.map { $0.split(separator: ":")[0] } == [
                "no language", "0 of main", "a navigation without a name", "h3 after h1", "a picture without a name",
                "a field without a name", "a heading cell without a scope", "an own tab order", "1 tables, 0 captions",
                "an id stands twice", "#b is not there",
            ])
    }
}
