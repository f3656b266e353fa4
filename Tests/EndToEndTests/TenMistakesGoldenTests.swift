import AuditTestSupport
import Foundation
import Testing

/// A file with a mistake of every kind, and all that `audit policy check` has to say of it.
struct TenMistakesGoldenTests {
    private static let folder = packageRoot.appending(path: "Tests/EndToEndTests/Goldens")

    @Test func `a file with ten mistakes shows ten carets at the right places in one go`() throws {
        let result = try AuditProcess(folder: Self.folder).run("policy", "check", "ten-mistakes.yaml")
        #expect(result.status == 2 && result.output.isEmpty)
        let golden = Self.folder.appending(path: "ten-mistakes.txt")
        if ProcessInfo.processInfo.environment["AUDIT_WRITE_GOLDENS"] != nil {
            try Data(result.errors.utf8).write(to: golden)
        }
        #expect(try String(contentsOf: golden, encoding: .utf8) == result.errors)
        // What each caret stands under, read from the output itself: the golden alone could be wrong.
        let lines = result.errors.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let marked = lines.indices.compactMap { index -> String? in
            guard lines[index].hasPrefix(" | "), lines[index].hasSuffix("^"), index > 0 else { return nil }
            return String(lines[index - 1].dropFirst(lines[index].count - 1).prefix(8))
        }
        #expect(
            marked
                == [
                    "atMots: ", "internal", "\"yes\"}", "startWith", "[A-Z'}}", "$maxFail", "prodution", "{valeu}\"",
                    "urgent",
                    "title: T",
                ].map { String($0.prefix(8)) })
    }
}
