import AuditModel
import Policies
import Testing

struct PolicyLoaderTests {
    /// Each mistake alone: what stands in the rule's flow map, and the sentence.
    @Test(arguments: [
        ("check: {internal.encryptCcsPassword: 1}", "'internal.encryptCcsPassword' is of type boolean and never 1"),
        (
            "check: {internal.encryptCcsPassword: \"true\"}",
            "'internal.encryptCcsPassword' is of type boolean and never \"true\""
        ),
        ("check: {internal.maxDailyAttempts: {atMost: many}}", "'atMost' must be a number, and is \"many\""),
        (
            "check: {internal.maxDailyAttempts: {between: [5, 1]}}", "nothing is between 5 and 1"
        ),
        (
            "check: {internal.maxDailyAttempts: {between: [1, a]}}",
            "'between' must be a list of two numbers, and is [1,\"a\"]"
        ),
        (
            "check: {internal.maxDailyAttempts: {between: [1, 2, 3]}}",
            "'between' must be a list of two numbers, and is [1,2,3]"
        ),
        (
            "check: {internal.maxDailyAttempts: {in: 5}}", "'in' must be a list, and is 5"
        ),
        (
            "check: {internal.maxDailyAttempts: {zero: violates}}",
            "'internal.maxDailyAttempts' in rule R has no matcher, as atMost or equals"
        ),
        (
            "check: {settings.displayName: {equals: A, zero: violates}}",
            "'zero' does not fit 'settings.displayName', which is of type string"
        ),
        (
            "check: {internal.callRecordingDays: {atLeast: 9, coerce: int}}",
            "'coerce' does not fit 'internal.callRecordingDays', which is of type integer"
        ),
        (
            "check: {\"messaging.property[key=requeue_limit].value\": {atMost: 5}}",
            "'atMost' compares numbers, and 'messaging.property[key=requeue_limit].value' is of type integer as text; add "
                + "coerce: int"
        ),
        (
            "check: {\"messaging.property[key=requeue_limit].value\": 5}",
            "'messaging.property[key=requeue_limit].value' is of type integer as text and never 5; add coerce: int, or put "
                + "the number in quotes"
        ),
        (
            "check: {\"voicePool.voice[*].id\": {in: [1]}}",
            "'in' looks at one value; after [*] write each: {in: …}"
        ),
        (
            "check: {voicePool.voice: {size: 1}}",
            "'size' looks at a whole list; the path must have [*], as voicePool.voice[*].id"
        ),
        (
            "check: {internal.maxDailyAttempts: {matches: a}}",
            "'matches' compares text, and 'internal.maxDailyAttempts' is of type integer"
        ),
        (
            "check: {settings.clientCode: {matches: 5}}",
            "'matches' must be a regular expression, and is 5"
        ),
        (
            "check: {internal.maxDailyAttempts: {cel: 'true'}}",
            "'cel' does not stand beside a path; write it as an entry of its own, under check or all"
        ),
        ("check: {cel: 5}", "'cel' must be text, and is an integer"),
        ("check: {}", "'check' states nothing"),
        ("check: {all: []}", "'all' states nothing"),
        ("check: 5", "'check' must be a map of settings to what they must be, and is an integer"),
        ("check: {intern.x: 1}", "'intern.x' in rule R is no path: unknown group 'intern'"),
        ("check: {internal.fooBarBaz: 1}", "unknown setting 'internal.fooBarBaz' in rule R"),
        (
            "check: {\"messaging.property[key=requeue_limits].value\": \"5\"}",
            "unknown setting 'messaging.property[key=requeue_limits].value' in rule R"
        ),
        (
            "check: {internal.maxDailyAttempts: 9007199254740993}",
            "9007199254740993 is not a number that JSON keeps exactly (integers to 9007199254740991); put it in quotes if it is text"
        ),
        ("check: {internal.encryptCcsPassword: true}, scope: prod", "unknown scope 'prod' in rule R"),
        (
            "check: {internal.encryptCcsPassword: true}, controls: [{ref: A, strength: much}]",
            "'strength' must be supports or satisfies, and is much"
        ),
        (
            "check: {internal.encryptCcsPassword: true}, message: '{valu}'",
            "unknown placeholder {valu}; known are {value}, {path}, {client.id} and {params.NAME}"
        ),
        ("check: {internal.encryptCcsPassword: true}, message: '{params.x}'", "unknown parameter 'x' in rule R"),
        (
            "check: {internal.encryptCcsPassword: true}, message: 'a } b'",
            "a '}' stands alone; write '}}' for the character itself"
        ),
    ])
    func `a mistake is refused in words`(rule: String, sentence: String) {
        let loaded = load("  - {id: R, title: T, \(rule)}\n")
        #expect(loaded.diagnostics.filter { $0.severity == .error }.map(\.message) == [sentence])
        #expect(loaded.policySet == nil)
    }

    @Test(arguments: [
        ("internal.scrubWireless: true", "settings.scrubWireless"),
        ("internal.maxFailedCcsLogins: 5", "internal.maxFailedCcsLoginAttempts"),
        ("settings.answeringMachineOptions: A", "settings.answeringMachineOption"),
        ("\"voicePool.voices[*].id\": {size: 1}", "voicePool.voice[*].id"),
        ("\"messaging.property[key=requeue_limits].value\": \"5\"", "messaging.property[key=requeue_limit].value"),
        ("setings.scrubWireless: true", "settings"),
        ("al: [{settings.scrubWireless: true}]", "all"),
        ("settings.acctRealtimeDnc: {equal: true}", "equals"),
    ])
    func `the nearest known name is offered`(check: String, suggestion: String) {
        let loaded = load("  - {id: R, title: T, check: {\(check)}}\n")
        #expect(loaded.diagnostics.first?.suggestion == suggestion)
    }

    @Test func `every mistake of a message is told at once`() {
        let found = load(
            "  - {id: R, title: T, check: {internal.encryptCcsPassword: true}, message: 'a } {valu} b {paths} {'}\n"
        ).diagnostics
        #expect(found.map(\.severity) == Array(repeating: .error, count: 4), "\(found)")
        #expect(found.map(\.suggestion) == [nil, "{value}", "{path}", nil], "\(found)")
    }

    @Test func `an undocumented setting can be judged where the rule says so`() throws {
        let check = "{\"messaging.property[key=ftp_host].value\": {notEquals: \"x\"}, internal.newSwitch: true}"
        #expect(load("  - {id: R, title: T, check: \(check)}\n").policySet == nil)
        let set = try ruleSet(check: check, extra: ", undocumented: true")
        let snapshot = try Snapshot.of([
            .internal: #"{"newSwitch": true}"#, .messaging: #"{"property": [{"key": "ftp_host", "value": "y"}]}"#,
        ])
        #expect(set.results(for: snapshot).map(\.verdict) == [.pass])
    }

    @Test func `rule ids are unique over all files, and policy ids too`() {
        let rule = "  - {id: R, title: T%, check: {internal.encryptCcsPassword: true}}\n"
        let files = ["a.yaml", "b.yaml"].map {
            PolicyFile(name: $0, text: policyText(rule.replacing("%", with: $0)))
        }
        for order in [files, files.reversed()] {
            #expect(
                PolicyLoader.load(order).diagnostics.map { "\($0.file):\($0.line) \($0.message)" } == [
                    "b.yaml:1 the policy id p is taken by a.yaml",
                    "b.yaml:3 the rule id R is taken at a.yaml:3; ids are unique over all files",
                ])
        }
    }

    @Test(arguments: [
        (
            "check: {internal.maxFailedCcsLoginAttempts: {atMost: 5}}", "",
            "0 passes 'internal.maxFailedCcsLoginAttempts', and 0 may mean that no limit is enforced (the vendor does not "
                + "say; its portal offers 1 to 9); state zero: violates or zero: satisfies"
        ),
        (
            "check: {\"countries[*].countryCode\": {containsNone: [\"7\"]}}", "",
            "an empty list passes 'containsNone' of 'countries[*].countryCode'; state empty: pass, empty: fail or a size"
        ),
        (
            "check: {settings.answeringMachineOption: LEAVE_MESSAGE}", "",
            "\"LEAVE_MESSAGE\" is no known value of 'settings.answeringMachineOption'"
        ),
        ("check: {internal.encryptCcsPassword: true}", "params: {x: 1}\n", "no rule uses parameter 'x'"),
        ("check: {internal.encryptCcsPassword: true}", "scopes: {s: {env: prod}}\n", "no rule uses scope 's'"),
    ])
    func `what may not be meant is a warning`(rule: String, head: String, sentence: String) {
        let loaded = load("  - {id: R, title: T, \(rule)}\n", head: head)
        #expect(loaded.diagnostics.map(\.message) == [sentence])
        #expect(loaded.diagnostics.map(\.severity) == [.warning])
        #expect(loaded.policySet != nil)
    }

    @Test(arguments: [
        "internal.maxFailedCcsLoginAttempts: {atMost: 5, zero: violates}",
        "internal.maxFailedCcsLoginAttempts: {between: [1, 5]}", "internal.maxFailedCcsLoginAttempts: 0",
        "internal.callRecordingDays: {atMost: 5}", "not: {internal.maxFailedCcsLoginAttempts: {atMost: 5}}",
        "\"voicePool.voice[*].id\": {subsetOf: [1, 2], size: {atLeast: 1}}",
        "\"voicePool.voice[*].id\": {subsetOf: [1, 2], empty: fail}", "\"voicePool.voice[*].id\": {contains: 1}",
    ])
    func `what is said plainly is no warning`(check: String) {
        #expect(load("  - {id: R, title: T, check: {\(check)}}\n").diagnostics.map(\.message) == [])
    }

    @Test func `parts of the language that stand elsewhere have their own sentences`() {
        let loaded = load("  []\n", head: "waivers: []\ntests: {}\n")
        #expect(
            loaded.diagnostics.map(\.message) == [
                "waivers do not stand in the policy; move them to a file of their own, policies/waivers.yaml by default",
                "test cases do not stand in the policy; move them to a file beside it, NAME.tests.yaml",
            ])
    }

    @Test func `a file that cannot be read does not hide the mistakes of another`() {
        let loaded = PolicyLoader.load([
            PolicyFile(name: "a.yaml", text: "a: b: c"),
            PolicyFile(name: "b.yaml", text: policyText("  - {id: R, title: T}\n")),
        ])
        #expect(loaded.diagnostics.map(\.file) == ["a.yaml", "b.yaml"])
        #expect(loaded.diagnostics.last?.message == "rule R has no 'check'")
    }

    @Test func `controls have two forms, and defaults hold where a rule says nothing`() throws {
        let set = try policySet(
            """
              - id: R
                title: T
                check: {internal.encryptCcsPassword: true}
                controls: [PCI-DSS-4.0/8.3.2, {ref: A, strength: satisfies, caveat: c}]
                rationale: why
                remediation: how

            """, head: "defaults: {severity: low}\n")
        #expect(
            set.facts == [
                RuleFacts(
                    id: "R", title: "T", severity: .low, rationale: "why", remediation: "how",
                    controls: [
                        ControlReference(reference: "PCI-DSS-4.0/8.3.2"),
                        ControlReference(reference: "A", strength: .satisfies, caveat: "c"),
                    ], policyID: "p")
            ])
        #expect(set.policies.map(\.ruleCount) == [1])
        #expect(set.policies.map(\.version) == ["1"])
    }

    @Test func `a key that stands twice hides none of the file's other mistakes, nor a value that cannot be read`() {
        let loaded = load(
            """
              - {id: R, title: T, title: U, check: {internal.maxDailyAttempts: {atMots: 1}}}
              - {id: S, title: V, severity: urgent, check: {internal.maxDailyAttempts: {atMost: 99999999999999999999, atMost: 1}}}
              - {id: R, title: W, check: {internal.encryptCcsPassword: !secret x, null: 1}}

            """)
        #expect(
            loaded.diagnostics.map { "\($0.line):\($0.column) \($0.message)" } == [
                "3:23 'title' stands here again; it is on line 3 already",
                "3:69 unknown key 'atMots' in the matcher of 'internal.maxDailyAttempts' in rule R",
                "4:33 'severity' must be critical, high, medium, low or info, and is urgent",
                "4:85 99999999999999999999 is not a number that JSON keeps exactly (integers to 9007199254740991); put it in quotes if it is text",
                "4:107 'atMost' stands here again; it is on line 4 already",
                "5:10 the rule id R is taken at p.yaml:3; ids are unique over all files",
                "5:60 the tag !secret is not read; only those of YAML's core schema are",
                "5:71 a key must be text; put it in quotes",
            ])
    }
}
