import AuditModel
import AuditTestSupport
import Foundation
import Testing

@testable import Reports

/// `docs/formats.md` prints the table that the writers read, and no other.
struct FormatPageGoldenTests {
    private static let file = packageRoot.appending(path: "docs/formats.md")

    @Test func `the page on formats has the rows that the writers read`() throws {
        if ProcessInfo.processInfo.environment["AUDIT_WRITE_GOLDENS"] != nil {
            try Data(FormatPage.text.utf8).write(to: Self.file)
        }
        let written = try String(contentsOf: Self.file, encoding: .utf8)
        #expect(written == FormatPage.text, "'make golden' writes docs/formats.md anew")
    }

    @Test func `every format is told once`() {
        #expect(FormatPage.notes.map(\.format) == ReportFormat.allCases)
    }
}
