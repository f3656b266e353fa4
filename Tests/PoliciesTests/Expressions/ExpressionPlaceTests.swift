import Policies
import Testing

/// A mistake in an expression is shown where it stands in the file, whatever the style of the YAML scalar.
struct ExpressionPlaceTests {
    /// The text of a check from its column on, as the caret points at it.
    private func pointed(_ check: String) throws -> (text: String, suggestion: String?) {
        let text = "policy: {id: p, title: P, version: '1'}\nrules:\n  - id: R\n    title: T\n    check:\n\(check)\n"
        let found = PolicyLoader.load([PolicyFile(name: "p.yaml", text: text)]).diagnostics
        let first = try #require(found.first { $0.severity == .error })
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return (String(lines[first.line - 1].dropFirst(first.column - 1)), first.suggestion)
    }

    @Test(arguments: [
        "      cel: true && internal.maxDailyAttempt > 0",
        "      cel: 'true && \"it''s\" != \"\" && internal.maxDailyAttempt > 0'",
        "      cel: \"true && '\\x41\\u00e9' != '\\\"' && internal.maxDailyAttempt > 0\"",
        "      cel: >-\n        true\n        && 1 < 2\n\n        && internal.maxDailyAttempt > 0",
        "      cel: |\n        true\n          && 1 < 2\n        && internal.maxDailyAttempt > 0",
        "      cel: true &&\n        1 < 2 &&\n        internal.maxDailyAttempt > 0",
        "      cel: \"true &&\n        1 < 2 \\\n        && internal.maxDailyAttempt > 0\"",
        "      cel: 'true &&\n\n        1 < 2 && internal.maxDailyAttempt > 0'",
        "      cel: >-\n        'é😀' != '' &&\n          1 < 2 &&\n        internal.maxDailyAttempt > 0",
    ])
    func `the caret stands under the wrong name`(check: String) throws {
        let (text, suggestion) = try pointed(check)
        // A field is shown from its object or from itself on; both are the place that a reader looks for.
        #expect(text.hasPrefix("maxDailyAttempt") || text.hasPrefix("internal.maxDailyAttempt"), "\(text)")
        #expect(suggestion == "maxDailyAttempts")
    }

    @Test func `a wrong pattern is shown at its own character`() throws {
        let (text, _) = try pointed("      settings.clientCode: {matches: \"^AC\\x4d(E[0-9\"}")
        #expect(text.hasPrefix("[0-9") || text.hasPrefix("(E"), "\(text)")
    }

    @Test func `every mistake of an expression is told at once`() {
        let loaded = load(
            """
              - id: R
                title: T
                check:
                  cel: >-
                    internal.maxDailyAttempt > 0 &&
                    setings.scrubWireless &&
                    settings.scrubWireless == 5 &&
                    settings.clientCode.startWith("A") &&
                    settings.clientCode.matches("a(")

            """)
        #expect(loaded.diagnostics.map(\.line) == [7, 8, 9, 10, 11], "\(loaded.diagnostics)")
        #expect(loaded.diagnostics.map(\.suggestion) == ["maxDailyAttempts", "settings", nil, "startsWith", nil])
    }

    @Test(arguments: [
        ("internal.maxDailyAttempts", "bool"), ("'yes'", "bool"), ("settings.clientCode > 5", "string"),
    ])
    func `an expression that is no condition is refused`(expression: String, word: String) {
        let found = load("  - {id: R, title: T, check: {cel: \"\(expression)\"}}\n").diagnostics
        #expect(found.contains { $0.severity == .error && $0.message.contains(word) }, "\(found.map(\.message))")
    }

    @Test func `an undocumented setting is read where the rule says so`() {
        let rule = "  - {id: R, title: T, check: {cel: 'settings.newKey == 1'}%}\n"
        #expect(load(rule.replacing("%", with: "")).policySet == nil)
        #expect(load(rule.replacing("%", with: ", undocumented: true")).policySet != nil)
    }
}
