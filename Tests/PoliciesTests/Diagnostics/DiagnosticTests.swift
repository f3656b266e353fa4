import Policies
import Testing

struct DiagnosticTests {
    @Test func `a policy with five mistakes gives five carets in one go`() {
        let text = """
            policy: {id: p, title: P, version: "1"}
            params: {limit: 5}
            rules:
              - id: LV-INT-003
                titel: Lockout
                title: Lockout
                severity: hihg
                check:
                  internal.maxFailedCcsLogins: {atMost: 5}
              - id: LV-INT-004
                title: Expiry
                check:
                  internal.passwordExpirationDays: {atMost: $limt}
                  internal.encryptCcsPassword: {atMost: 1}

            """
        let loaded = PolicyLoader.load([PolicyFile(name: "policies/p.yaml", text: text)])
        #expect(loaded.policySet == nil)
        #expect(
            loaded.diagnostics.map(\.description).joined(separator: "\n") == """
                policies/p.yaml:5:5: error: unknown key 'titel' in rule LV-INT-003
                 |     titel: Lockout
                 |     ^
                 did you mean 'title'?
                policies/p.yaml:7:15: error: 'severity' must be critical, high, medium, low or info, and is hihg
                 |     severity: hihg
                 |               ^
                 did you mean 'high'?
                policies/p.yaml:9:7: error: unknown setting 'internal.maxFailedCcsLogins' in rule LV-INT-003
                 |       internal.maxFailedCcsLogins: {atMost: 5}
                 |       ^
                 did you mean 'internal.maxFailedCcsLoginAttempts'?
                policies/p.yaml:13:49: error: unknown parameter 'limt' in rule LV-INT-004
                 |       internal.passwordExpirationDays: {atMost: $limt}
                 |                                                 ^
                 did you mean '$limit'?
                policies/p.yaml:14:37: error: 'atMost' compares numbers, and 'internal.encryptCcsPassword' is of type boolean
                 |       internal.encryptCcsPassword: {atMost: 1}
                 |                                     ^
                """)
    }

    @Test
    func
        `a caret stands under its character after letters with marks and tabs, and control characters are not printed`()
    {
        let combined = Diagnostic(
            severity: .warning, file: "f", line: 1, column: 4, message: "m", sourceLine: "e\u{301}: x")
        #expect(combined.description == "f:1:4: warning: m\n | e\u{301}: x\n |   ^")
        let steering = Diagnostic(
            severity: .error, file: "f", line: 1, column: 3, message: "m", sourceLine: "\t\u{1B}x")
        #expect(steering.description == "f:1:3: error: m\n | \t\u{FFFD}x\n | \t ^")
    }

    @Test func `a very long line is shown around its column`() {
        let line = String(repeating: "a", count: 500) + "!" + String(repeating: "b", count: 500)
        let diagnostic = Diagnostic(
            severity: .error, file: "f", line: 1, column: 501, message: "m", sourceLine: line)
        let lines = diagnostic.description.split(separator: "\n")
        #expect(lines[1].count < 260)
        let caret = lines[2].distance(from: lines[2].startIndex, to: lines[2].lastIndex(of: "^") ?? lines[2].startIndex)
        #expect(Array(lines[1])[caret] == "!")
    }
}
