import AuditModel
import Policies
import Testing

/// `cel:` in `check` and `when`.
struct ExpressionCheckTests {
    static let voices = #"{"voice":[{"id":1},{"id":5}]}"#

    static func snapshot(
        attempts: String = "3", defaultVoice: String = "1", labels: [String: String] = [:]
    ) throws -> Snapshot {
        try Snapshot.of(
            [
                .internal: #"{"maxDailyAttempts":\#(attempts)}"#, .settings: #"{"defaultVoiceId":\#(defaultVoice)}"#,
                .voicePool: voices, .countries: #"[{"id":1,"countryCode":"1","name":"US"}]"#,
            ], labels: labels)
    }

    @Test func `an expression passes and fails, and a failure has every operand that it read`() throws {
        let check = "{cel: 'voicePool.voice.exists(v, v.id == settings.defaultVoiceId)'}"
        #expect(try result(check: check, for: Self.snapshot()).verdict == .pass)
        let failed = try result(check: check, for: Self.snapshot(defaultVoice: "9"))
        #expect(failed.verdict == .fail)
        #expect(
            failed.comparisons.map(\.path.dotted) == [
                "voicePool.voice[0].id", "settings.defaultVoiceId", "voicePool.voice[1].id",
            ])
        #expect(failed.comparisons.map(\.actual) == [1, 9, 5])
        #expect(failed.comparisons.allSatisfy { $0.reason == .violated })
        #expect(
            failed.comparisons.first?.expected == "cel: voicePool.voice.exists(v, v.id == settings.defaultVoiceId)")
    }

    @Test(arguments: [
        // The snapshot's value, the verdict of a check, of a check under `not`, and of a rule whose `when` reads it.
        ("3", Verdict.pass, Verdict.fail, Verdict.pass),
        ("9", .fail, .pass, .notApplicable),
        ("null", .fail, .fail, .unknown),
        (#""3""#, .fail, .fail, .unknown),
    ])
    func `an error is a failure that has no opposite, and in a condition it is unknown`(
        value: String, check: Verdict, negated: Verdict, when: Verdict
    ) throws {
        let expression = "{cel: 'internal.maxDailyAttempts > 0 && internal.maxDailyAttempts <= 7'}"
        let snapshot = try Self.snapshot(attempts: value)
        #expect(try result(check: expression, for: snapshot).verdict == check)
        #expect(try result(check: "{not: \(expression)}", for: snapshot).verdict == negated)
        #expect(
            try result(check: "{settings.defaultVoiceId: 1}", when: expression, for: snapshot).verdict == when)
    }

    @Test func `an absent value is named as absent, with the error as the reason`() throws {
        let snapshot = try Snapshot.of([.internal: "{}"])
        let failed = try result(check: "{cel: 'internal.maxDailyAttempts > 0'}", for: snapshot)
        #expect(failed.verdict == .fail)
        let comparison = try #require(failed.comparisons.first)
        #expect(comparison.path.dotted == "internal.maxDailyAttempts")
        #expect(comparison.reason == .absent)
        #expect(
            comparison.note == "The expression has no value: no such key: maxDailyAttempts. "
                + "Counts per account and day; it cannot prove a limit per person or per seven days.")
        #expect(try result(check: "{cel: '!has(internal.maxDailyAttempts)'}", for: snapshot).verdict == .pass)
    }

    @Test func `an error that is absorbed is no error`() throws {
        let snapshot = try Snapshot.of([.internal: #"{"encryptCcsPassword":true}"#])
        let check = "{cel: 'internal.maxDailyAttempts > 0 || internal.encryptCcsPassword'}"
        #expect(try result(check: check, for: snapshot).verdict == .pass)
    }

    @Test
    func `a group that the expression names and that was not captured makes it unknown, even behind a short circuit`()
        throws
    {
        let snapshot = try Snapshot.of([.internal: #"{"maxDailyAttempts":3}"#])
        let unknown = try result(
            check: "{cel: 'internal.maxDailyAttempts == 3 || settings.scrubWireless'}", for: snapshot)
        #expect(unknown.verdict == .unknown)
        #expect(unknown.missing == [.settings])
        let uncollected = try Snapshot.of([.internal: "{}"], notCollected: [.countries])
        #expect(
            try result(check: "{cel: 'countries.size() > 0'}", for: uncollected).verdict == .notApplicable)
    }

    @Test func `the client, parameters and the moment of the run can be read`() throws {
        let head = "params: {limit: 3, approved: ['1']}\n"
        func verdict(_ expression: String, now: Timestamp? = nil) throws -> Verdict? {
            let set = try ruleSet(check: "{cel: \"\(expression)\"}", head: head)
            return set.result(of: "R", for: try Self.snapshot(labels: ["env": "prod"]), now: now)?.verdict
        }
        #expect(
            try verdict(
                "internal.maxDailyAttempts <= params.limit && params.approved.size() > 0 && internal.maxDailyAttempts > 0"
            ) == .pass)
        #expect(
            try verdict("client.id == 4199 && client.labels.env == 'prod' && params.limit > 0 && params.approved != []")
                == .pass)
        let now = Timestamp(rfc3339: "2026-11-24T02:00:00Z")
        let dated = "now < timestamp('2027-01-01T00:00:00Z') && params.limit > 0 && params.approved != []"
        #expect(try verdict(dated, now: now) == .pass)
        #expect(try verdict(dated) == .fail)
    }

    @Test func `named time zones are those that were handed in`() throws {
        let file = PolicyFile(
            name: "p.yaml",
            text: policyText(
                "  - {id: R, title: T, check: {cel: 'now.getHours(\"Here/There\") == 5 && now.getHours(\"+03:00\") == 5'}}\n"
            ))
        let zones = NamedTimeZones { name, _ in name == "Here/There" ? 3 * 3600 : nil }
        let now = Timestamp(rfc3339: "2026-11-24T02:00:00Z")
        let set = try #require(PolicyLoader.load([file], timeZones: zones).policySet)
        #expect(set.result(of: "R", for: try Self.snapshot(), now: now)?.verdict == .pass)
        let without = try #require(PolicyLoader.load([file]).policySet)
        let failed = try #require(without.result(of: "R", for: try Self.snapshot(), now: now))
        #expect(failed.verdict == .fail)
        #expect(failed.message?.contains("Here/There") == true)
    }

    @Test func `what a failure read beside the settings stands in its note, or is all that there is to say`() throws {
        let head = "params: {limit: 2}\n"
        let failed = try result(
            check: "{cel: 'internal.maxDailyAttempts > 0 && internal.maxDailyAttempts <= params.limit'}", head: head,
            for: Self.snapshot())
        #expect(failed.comparisons.first?.note?.contains("With params.limit = 2.") == true)
        let only = try result(
            check: "{cel: 'client.labels.env == \"prod\"'}", for: Self.snapshot(labels: ["env": "uat"]))
        #expect(only.verdict == .fail)
        #expect(only.comparisons.isEmpty)
        #expect(only.message == "cel: client.labels.env == \"prod\" is false. With client.labels.env = \"uat\".")
    }

    @Test func `what a set's results depend on is known, so that remembered results are never wrong`() throws {
        let labels = try ruleSet(check: "{cel: 'client.labels.env == \"prod\"'}")
        #expect(labels.labelsRead == ["env"])
        #expect(!labels.readsClientID && !labels.readsNow && !labels.readsAllLabels)
        #expect(try ruleSet(check: "{cel: 'client.labels.exists(l, l == \"x\")'}").readsAllLabels)
        #expect(try ruleSet(check: "{cel: 'client.id > 0'}").readsClientID)
        #expect(try ruleSet(check: "{cel: 'now > timestamp(0)'}").readsNow)
        let read = try ruleSet(check: "{cel: 'settings.scrubWireless && countries.size() > 0'}")
        #expect(read.paths(comparedBy: "R").map(\.dotted) == ["settings.scrubWireless", "countries"])
    }

    @Test func `a parameter that only an expression names counts as used and changes the rule's digest`() throws {
        func loaded(_ limit: Int) -> PolicyLoader.Loaded {
            load(
                "  - {id: R, title: T, check: {cel: 'internal.maxDailyAttempts > 0 && internal.maxDailyAttempts < params.limit'}}\n",
                head: "params: {limit: \(limit)}\n")
        }
        #expect(loaded(3).diagnostics.isEmpty)
        #expect(loaded(3).policySet?.ruleDigests["R"] != loaded(4).policySet?.ruleDigests["R"])
    }

    @Test func `a value outside of the legal range is noted`() throws {
        let failed = try result(
            check: "{cel: 'internal.maxDailyAttempts > 0'}", for: Self.snapshot(attempts: "-4"))
        #expect(failed.comparisons.first?.note?.contains("outside the setting's legal range") == true)
    }

    @Test(arguments: [
        ("internal.maxDailyAttempts <= 7", true),
        ("internal.maxDailyAttempts > 0 && internal.maxDailyAttempts <= 7", false),
        ("1 <= internal.maxDailyAttempts", false),
    ])
    func `an expression that leaves 0 open is warned of where 0 may mean off`(expression: String, isWarned: Bool) {
        let found = load("  - {id: R, title: T, check: {cel: '\(expression)'}}\n").diagnostics
        #expect(found.map(\.severity) == (isWarned ? [.warning] : []))
    }

    @Test func `expressions are pinned by waivers, too`() throws {
        let file = PolicyFile(
            name: "w.yaml",
            text: """
                waivers:
                  - {id: W, rule: R, clients: [4199], while: {cel: 'internal.maxDailyAttempts <= 10 && internal.maxDailyAttempts > 0'}, reason: r, owner: o,
                     approver: a, from: 2026-01-01, expires: 2026-12-31}
                """)
        let waivers = try #require(WaiverLoader.load([file]).waiverSet)
        let day = try #require(CalendarDay("2026-06-01"))
        for (attempts, holds) in [("9", true), ("11", false), ("null", false)] {
            let snapshot = try Self.snapshot(attempts: attempts)
            let waiver = waivers.waiver(over: "R", of: snapshot.client, on: day) { snapshot }
            #expect((waiver != nil) == holds, "\(attempts)")
        }
    }

    @Test(arguments: [
        ("{settings.clientCode: {matches: '^ACME-[0-9]+$'}}", "ACME-12", Verdict.pass),
        ("{settings.clientCode: {matches: '^ACME-[0-9]+$'}}", "XACME-12", .fail),
        ("{settings.clientCode: {matches: 'ME'}}", "ACME-12", .pass),
        ("{not: {settings.clientCode: {matches: '(?i)test'}}}", "a TEST b", .fail),
    ])
    func `a pattern is searched for in the text`(check: String, code: String, verdict: Verdict) throws {
        let snapshot = try Snapshot.of([.settings: #"{"clientCode":"\#(code)"}"#])
        let found = try result(check: check, for: snapshot)
        #expect(found.verdict == verdict)
        if verdict == .fail, !check.contains("not") {
            #expect(found.comparisons.first?.expected == #"text that matches "^ACME-[0-9]+$""#)
        }
    }

    @Test func `elements of a list are matched one by one`() throws {
        let check = "{\"countries[*].name\": {each: {matches: '^[A-Z ]+$'}, empty: fail}}"
        let snapshot = try Snapshot.of([.countries: #"[{"id":1,"name":"PERU"},{"id":2,"name":"peru"}]"#])
        let found = try result(check: check, for: snapshot)
        #expect(found.comparisons.map(\.path.dotted) == ["countries[id=2].name"])
    }
}
