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
        "      cel: |2\n          true && 1 < 2\n          && internal.maxDailyAttempt > 0",
        "      cel: >2-\n           true\n          && internal.maxDailyAttempt > 0",
        "      cel: |\n\n\n        true &&\n\n        internal.maxDailyAttempt > 0",
        "      cel: >-\n\n        true &&\n        internal.maxDailyAttempt > 0",
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
        ("now > timestamp('soon')", "timestamp('soon')", "'soon' cannot be converted to timestamp"),
        ("client.id > 0 && 5 / 0 == 1", "5 / 0", "division by zero"),
        ("now.getHours('New/York') > 3", "'New/York'", "unknown time zone 'New/York'"),
        ("now - duration('3 days') < now", "duration('3 days')", "duration"),
        ("client.id > int('many')", "int('many')", "cannot be converted to int"),
    ])
    func `what fails whatever the data is told when the file is read`(expression: String, at: String, saying: String)
        throws
    {
        let text =
            "policy: {id: p, title: P, version: '1'}\nrules:\n  - {id: R, title: T, check: {cel: \"\(expression)\"}}\n"
        let zones = NamedTimeZones { name, _ in name == "America/New_York" ? -5 * 3600 : nil }
        let found = PolicyLoader.load([PolicyFile(name: "p.yaml", text: text)], timeZones: zones).diagnostics
            .filter { $0.severity == .error }
        let only = try #require(found.first)
        #expect(found.count == 1)
        #expect(only.message.contains("fails whatever the settings are") && only.message.contains(saying), "\(only)")
        #expect(only.sourceLine.dropFirst(only.column - 1).hasPrefix(at), "\(only)")
    }

    @Test func `a key that an object cannot have is told with the near one`() {
        let found = load("  - {id: R, title: T, check: {cel: \"'encryptCcsPasword' in internal\"}}\n").diagnostics
        #expect(found.map(\.suggestion) == ["encryptCcsPassword"], "\(found)")
        #expect(load("  - {id: R, title: T, check: {cel: \"'new' in client.labels\"}}\n").diagnostics.isEmpty)
    }

    @Test(arguments: [
        ("internal.maxDailyAttempts <= 7", true), ("internal.maxDailyAttempts<=70", true),
        ("7 >= internal.maxDailyAttempts", true), ("internal.maxDailyAttempts <= 7 && 'x > 0' != ''", true),
        ("internal.maxDailyAttempts <= 7 && internal.maxDailyAttempts != 10", true),
        ("internal.maxDailyAttempts > 0 && internal.maxDailyAttempts <= 7", false),
        ("0 < internal['maxDailyAttempts'] && internal.maxDailyAttempts <= 7", false),
        ("int(internal.maxDailyAttempts) >= 1 && internal.maxDailyAttempts <= 7", false),
        ("internal.maxDailyAttempts >= 2 && internal.maxDailyAttempts <= 7", false),
        ("internal.maxDailyAttempts == 0 || internal.maxDailyAttempts <= 7", false),
    ])
    func `a setting whose zero is open is told unless the expression says what zero is`(text: String, isTold: Bool) {
        let found = load("  - {id: R, title: T, check: {cel: \"\(text)\"}}\n").diagnostics
        #expect(found.contains { $0.message.contains("does not say what 0") } == isTold, "\(found)")
        #expect(found.allSatisfy { $0.severity == .warning }, "\(found)")
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
