import AuditModel
import Policies
import Testing

struct PolicyTestsTests {
    static let rules = """
          - {id: A, title: A, check: {internal.encryptCcsPassword: true}}
          - {id: B, title: B, scope: prod, check: {"voicePool.voice[*].id": {contains: 1}}}
          - {id: C, title: C, check: {"countries[*].countryCode": {containsNone: ["7"], empty: pass}}}

        """

    static func set() throws -> PolicySet { try policySet(rules, head: "scopes: {prod: {env: prod}}\n") }

    static let base = """
        base:
          client: {id: 7, labels: {env: prod}}
          internal: {encryptCcsPassword: true}
          voicePool: {voice: [{id: 1}, {id: 5}]}
          countries: [{id: 1, countryCode: "1"}]
        cases:

        """

    func load(_ cases: String) throws -> PolicyTests.Loaded {
        PolicyTests.load(PolicyFile(name: "t.yaml", text: Self.base + cases), for: try Self.set())
    }

    @Test func `cases change the base and are held against their expectations`() throws {
        let loaded = try load(
            """
              - {name: base, today: 2028-02-29, expect: {A: pass, B: pass, C: pass}}
              - {name: set, set: {internal.encryptCcsPassword: false}, expect: {A: fail}}
              - {name: unset, unset: [internal.encryptCcsPassword], expect: {A: fail}}
              - {name: group, unset: [internal], expect: {A: unknown, B: pass}}
              - {name: element, unset: ["voicePool.voice[id=1]"], expect: {B: fail}}
              - {name: whole, set: {countries: []}, expect: {C: pass}}
              - {name: label, set: {client.labels.env: dev}, expect: {B: notApplicable}}
              - {name: labels, labels: {env: dev}, expect: {B: notApplicable}}
              - {name: no label, unset: [client.labels.env], expect: {B: notApplicable}}
              - {name: elsewhere, notCollected: [countries], expect: {C: notApplicable}}
              - {name: wrong, expect: {A: fail}}

            """)
        #expect(loaded.diagnostics.map(\.description) == [])
        let report = try #require(loaded.tests).run(on: try Self.set())
        #expect(report.cases.filter { !$0.hasPassed }.map(\.name) == ["wrong"])
        #expect(!report.hasPassed)
        let wrong = try #require(report.cases.last?.expectations.first)
        #expect(wrong.expected == .fail && wrong.actual.verdict == .pass)
        #expect(report.rulesNeverFailing == ["C"])
        #expect(report.cases.map(\.place.line)[...1] == [7, 8])
    }

    @Test(arguments: [
        (
            "{name: n, expect: {A: waived}}",
            "'waived' can be expected only of a case with 'today', since waivers hold by the day"
        ),
        ("{name: n, expect: {AA: pass}}", "unknown rule 'AA' in case 'n'"),
        (
            "{name: n, expect: {A: passes}}",
            "the verdict of A must be pass, fail, waived, unknown or notApplicable, and is passes"
        ),
        ("{name: n, expect: {}}", "case 'n' expects nothing"),
        ("{name: n}", "case 'n' has no 'expect'"),
        (
            "{name: n, unset: [internal.maxDailyAttempts], expect: {A: pass}}",
            "the base has nothing at 'internal.maxDailyAttempts'"
        ),
        ("{name: n, unset: [settings], expect: {A: pass}}", "the base has nothing at 'settings'"),
        ("{name: n, today: 2026-02-29, expect: {A: pass}}", "'2026-02-29' is no date; write YYYY-MM-DD"),
        ("{name: n, sets: {}, expect: {A: pass}}", "unknown key 'sets' in case 'n'"),
    ])
    func `a mistake in a case is refused in words`(text: String, sentence: String) throws {
        let loaded = try load("  - \(text)\n")
        #expect(loaded.tests == nil)
        #expect(loaded.diagnostics.map(\.message) == [sentence])
    }

    @Test func `a mistyped setting in a case is a warning`() throws {
        let loaded = try load("  - {name: n, set: {internal.encryptCcsPasswort: false}, expect: {A: pass}}\n")
        #expect(loaded.tests != nil)
        #expect(loaded.diagnostics.map(\.severity) == [.warning])
        #expect(loaded.diagnostics.first?.suggestion == "internal.encryptCcsPassword")
    }
}
