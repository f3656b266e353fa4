import AuditModel
import AuditTestSupport
import Foundation
import Policies
import Testing

/// `waivers:` and `today:` in files of test cases.
struct WaivedCasesTests {
    private static let base = """
        base:
          client: {id: 4199, labels: {env: prod}}
          internal: {maxDailyAttempts: 3, passwordExpirationDays: 90}

        """

    private func report(_ cases: String, waiver: [String: String?] = [:]) throws -> PolicyTests.Report {
        let set = try ruleSet(check: "{internal.passwordExpirationDays: {between: [1, 90]}}")
        let text = Self.base + waiverText(waiver) + "cases:\n" + cases
        let loaded = PolicyTests.load(PolicyFile(name: "p.tests.yaml", text: text), for: set)
        return try #require(
            loaded.tests, "\(loaded.diagnostics.map(\.description).joined(separator: "\n"))"
        ).run(on: set)
    }

    @Test func `a case is waived on the days of its waiver, and a pass never is`() throws {
        let report = try report(
            """
              - {name: last day, today: 2026-10-31, set: {internal.passwordExpirationDays: 0}, expect: {R: waived}}
              - {name: ended, today: 2026-11-01, set: {internal.passwordExpirationDays: 0}, expect: {R: fail}}
              - {name: no day, set: {internal.passwordExpirationDays: 0}, expect: {R: fail}}
              - {name: passes, today: 2026-10-31, expect: {R: pass}}
              - {name: unread, today: 2026-10-31, unset: [internal], expect: {R: unknown}}
              - {name: another client, today: 2026-10-31, set: {client.id: 7, internal.passwordExpirationDays: 0}, expect: {R: fail}}

            """)
        #expect(report.cases.filter { !$0.hasPassed }.map(\.name) == [])
        #expect(report.rulesNeverFailing == [])
    }

    @Test func `a waiver that is not expected is a difference, and so is one that is missing`() throws {
        let report = try report(
            """
              - {name: waived, today: 2026-10-31, set: {internal.passwordExpirationDays: 0}, expect: {R: fail}}
              - {name: not waived, today: 2026-11-01, set: {internal.passwordExpirationDays: 0}, expect: {R: waived}}

            """)
        let expectations = report.cases.flatMap(\.expectations)
        #expect(expectations.map(\.isMet) == [false, false])
        #expect(expectations.map(\.expectedWord) == ["fail", "waived"])
        #expect(expectations.map(\.actualWord) == ["waived (W-1)", "fail"])
        #expect(report.rulesNeverFailing == ["R"])
    }

    @Test func `a waiver of the cases that names no rule is an error`() throws {
        let set = try ruleSet(check: "{internal.maxDailyAttempts: 3}")
        let text = Self.base + waiverText(["rules": "[RX]"]) + "cases:\n  - {name: n, expect: {R: pass}}\n"
        let loaded = PolicyTests.load(PolicyFile(name: "p.tests.yaml", text: text), for: set)
        #expect(loaded.diagnostics.map(\.message) == ["unknown rule 'RX' in 'waivers'"])
    }

    @Test func `the waiver of the worked example holds in its own cases`() throws {
        let url = packageRoot.deletingLastPathComponent().appending(path: "shared/examples/policy-example.yaml")
        guard let data = try? Data(contentsOf: url) else {
            print("skipped the worked example's waiver: no shared/examples beside the package")
            return
        }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        func block(_ head: String) throws -> ArraySlice<String> {
            let start = try #require(lines.firstIndex { $0.hasPrefix(head + ":") })
            let end = lines[(start + 1)...].firstIndex { $0.first.map { $0 != " " && $0 != "#" } ?? false }
            return lines[start..<(end ?? lines.endIndex)]
        }
        let set = try policySet(
            "  - {id: LV-INT-004, title: T, check: {internal.passwordExpirationDays: {atMost: 90, zero: violates}}}\n")
        let tests = try block("tests").dropFirst().map { String($0.dropFirst(2)) }
        let cases = try #require(tests.firstIndex { $0.hasPrefix("cases:") })
        let text =
            try block("waivers").joined(separator: "\n") + "\n" + tests[...cases].joined(separator: "\n") + "\n"
            + tests[(cases + 1)...].filter { $0.contains("today:") }.joined(separator: "\n") + "\n"
        let loaded = PolicyTests.load(PolicyFile(name: "example.tests.yaml", text: text), for: set)
        let report = try #require(
            loaded.tests, "\(loaded.diagnostics.map(\.description).joined(separator: "\n"))"
        ).run(on: set)
        #expect(report.cases.map(\.name) == ["waived", "the waiver has ended"])
        #expect(report.hasPassed)
    }
}
