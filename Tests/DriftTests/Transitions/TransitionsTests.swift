import AuditModel
import Drift
import Testing

struct TransitionsTests {
    static let table: [(known: Verdict?, previous: Verdict?, current: Verdict, expected: Transition?)] = [
        (nil, nil, .fail, .firstSeen), (nil, nil, .pass, nil), (nil, nil, .unknown, nil),
        (nil, nil, .notApplicable, nil),
        (.pass, .pass, .fail, .new), (.pass, .pass, .pass, nil), (.pass, .pass, .unknown, .sightLost),
        (.pass, .pass, .notApplicable, nil),
        (.fail, .fail, .fail, .still), (.fail, .fail, .pass, .fixed), (.fail, .fail, .unknown, .sightLost),
        (.fail, .fail, .notApplicable, .noLongerApplicable),
        (.notApplicable, .notApplicable, .fail, .new), (.notApplicable, .notApplicable, .pass, nil),
        (.notApplicable, .notApplicable, .unknown, .sightLost),
        // Unknown in the run before: the last known verdict speaks.
        (.fail, .unknown, .fail, .still), (.fail, .unknown, .pass, .fixed), (.fail, .unknown, .unknown, nil),
        (.fail, .unknown, .notApplicable, .noLongerApplicable), (.pass, .unknown, .fail, .new),
        (.pass, .unknown, .pass, nil), (nil, .unknown, .fail, .firstSeen), (nil, .unknown, .pass, nil),
        (nil, .unknown, .unknown, nil),
        // Not judged in the run before, but in an older one.
        (.fail, nil, .fail, .still), (.fail, nil, .unknown, .sightLost), (.pass, nil, .fail, .new),
    ]

    @Test(arguments: table.indices)
    func `each move against the last known verdict has its name`(row: Int) {
        let (known, previous, current, expected) = Self.table[row]
        let transition = Transitions.transition(lastKnown: known, previous: previous, current: current)
        #expect(transition == expected, "\(Self.table[row])")
    }

    @Test func `unknown never means fixed, whatever was known`() {
        for known in Verdict.allCases.map(Optional.some) + [nil] {
            for previous in Verdict.allCases.map(Optional.some) + [nil] {
                let moved = Transitions.transition(lastKnown: known, previous: previous, current: .unknown)
                #expect(moved == nil || moved == .sightLost)
            }
        }
    }

    private let acme = Client(id: Client.ID(environment: EnvironmentName("na3"), number: 1), code: "ACME")
    private let lockout = SettingPath(.internal, key: "lockout")

    private func judgement(
        _ verdicts: [String: Verdict], rules: [String: String] = [:], missing: Set<SettingsGroup> = [],
        version: String = "1", labels: [String: String] = [:]
    ) -> Judgement {
        var client = acme
        client.labels = labels
        let digests = Dictionary(
            uniqueKeysWithValues: verdicts.keys.map { ($0, Digest(of: rules[$0] ?? "as ever")) })
        return Judgement(
            client: client, verdicts: verdicts, rules: digests, missing: missing, evaluatorVersion: version)
    }

    private func changes(
        _ before: Judgement?, _ after: Judgement?, lastKnown: [String: Verdict] = [:], _ changed: [Change] = []
    ) -> [VerdictChange] {
        Transitions.changes(
            from: before, to: after, lastKnown: lastKnown, difference: SnapshotDifference(changes: changed),
            pathsCompared: { _ in [lockout] }, timeRole: { _ in .none })
    }

    @Test func `what stays is not told, and what moved is told by rule`() {
        let moved = changes(
            judgement(["A": .fail, "B": .pass, "C": .fail, "D": .unknown]),
            judgement(["A": .fail, "B": .fail, "C": .pass, "D": .unknown]))
        #expect(moved.map(\.ruleID) == ["B", "C"])
        #expect(moved.map(\.transition) == [.new, .fixed])
        #expect(moved.map(\.before) == [.pass, .fail])
        #expect(moved.map(\.findingID) == ["B", "C"].map { Finding.id(client: acme.id, ruleID: $0) })
    }

    @Test func `a verdict that comes back as it was known is no move`() {
        #expect(changes(judgement(["A": .unknown]), judgement(["A": .pass]), lastKnown: ["A": .pass]) == [])
        let fixed = changes(judgement(["A": .unknown]), judgement(["A": .pass]), lastKnown: ["A": .fail])
        #expect(fixed.map(\.transition) == [.fixed])
        #expect(fixed.map(\.before) == [.fail])
        let seen = changes(judgement(["A": .unknown]), judgement(["A": .pass]))
        #expect(seen.map(\.before) == [.unknown])
        #expect(seen.map(\.transition) == [nil])
    }

    @Test func `a retired rule and a new one are told with the rule as the cause`() {
        let moved = changes(judgement(["old": .fail, "gone": .pass]), judgement(["fresh": .fail, "kind": .pass]))
        #expect(moved.map(\.ruleID) == ["fresh", "gone", "kind", "old"])
        #expect(moved.map(\.transition) == [.firstSeen, nil, nil, .ruleRetired])
        #expect(moved.map(\.causes) == Array(repeating: [.rule], count: 4))
        #expect(moved.map(\.after) == [.fail, nil, .pass, nil])
    }

    @Test func `of a client that left only its failures are told, of one that joined only what fails`() {
        let left = changes(judgement(["A": .fail, "B": .pass]), nil)
        #expect(left.map(\.ruleID) == ["A"])
        #expect(left.map(\.transition) == [.clientLeft])
        let joined = changes(nil, judgement(["A": .fail, "B": .pass]))
        #expect(joined.map(\.transition) == [.firstSeen])
        #expect((left + joined).map(\.causes) == [[.client], [.client]])
    }

    @Test func `a client that left with its verdict unknown left with the one last known`() {
        #expect(changes(judgement(["A": .unknown]), nil, lastKnown: ["A": .fail]).map(\.before) == [.fail])
        #expect(changes(judgement(["A": .unknown]), nil, lastKnown: ["A": .pass]) == [])
    }

    @Test func `each cause is told by what differs, and several may hold`() {
        let before = judgement(["A": .pass])
        let change = Change(path: lockout, before: 5, after: 10)
        let other = Change(path: SettingPath(.internal, key: "other"), before: 5, after: 10)
        func causes(_ after: Judgement, _ changed: [Change] = []) -> [[TransitionCause]] {
            changes(before, after, changed).map(\.causes)
        }
        #expect(causes(judgement(["A": .fail]), [change]) == [[.setting]])
        #expect(causes(judgement(["A": .fail]), [other]) == [[]])
        #expect(causes(judgement(["A": .fail], rules: ["A": "stricter"])) == [[.rule]])
        #expect(causes(judgement(["A": .unknown], missing: [.internal])) == [[.evidence]])
        #expect(causes(judgement(["A": .fail], missing: [.voicePool])) == [[]])
        #expect(causes(judgement(["A": .fail], labels: ["env": "prod"])) == [[.client]])
        #expect(causes(judgement(["A": .fail], version: "2")) == [[.tool]])
        #expect(
            causes(judgement(["A": .fail], rules: ["A": "stricter"], version: "2"), [change]) == [
                [.setting, .rule, .tool]
            ])
        #expect(changes(before, judgement(["A": .fail]), [change, other]).map(\.paths) == [[lockout]])
    }

    @Test func `what the time did alone is told so, and what it did with others beside them`() {
        let change = Change(path: lockout, before: 5, after: 10)
        func told(_ role: TimeRole, _ after: Judgement) -> [VerdictChange] {
            Transitions.changes(
                from: judgement(["A": .pass, "B": .pass]), to: after,
                difference: SnapshotDifference(changes: [change]), pathsCompared: { _ in [lockout] },
                timeRole: { $0 == "A" ? role : .none })
        }
        let both = judgement(["A": .fail, "B": .fail])
        #expect(told(.alone, both).map(\.causes) == [[.time], [.setting]])
        #expect(told(.alone, both).map(\.paths) == [[], [lockout]])
        #expect(told(.contributes, both).map(\.causes) == [[.setting, .time], [.setting]])
        #expect(told(.none, both).map(\.causes) == [[.setting], [.setting]])
        // A rule that only one side has moved by that, whatever it reads.
        #expect(told(.alone, judgement(["B": .pass])).map(\.causes) == [[.rule]])
    }

    @Test(arguments: [
        // What the time alone, all else alone, and both come to, from "pass".
        (Verdict.fail, Verdict.pass, Verdict.fail, TimeRole.alone), (.pass, .fail, .fail, .none),
        (.fail, .fail, .fail, .contributes), (.pass, .pass, .fail, .contributes), (.pass, .pass, .pass, .none),
        (.fail, .pass, .pass, .none),
    ])
    func `the part of the time is found by putting it in the place of the earlier one`(
        time: Verdict, rest: Verdict, both: Verdict, expected: TimeRole
    ) {
        let role = TimeRole { isLater, isRestLater in
            isLater ? (isRestLater ? both : time) : (isRestLater ? rest : Verdict.pass)
        }
        #expect(role == expected)
    }

    @Test func `a failure that comes under a waiver, or out of it, has moved by the waiver and has no other name`()
        throws
    {
        let plain = judgement(["R": .fail])
        var waived = plain
        waived.waivers = ["R": "W-1"]
        let covered = try #require(changes(plain, waived).first)
        #expect(covered.before == .fail && covered.after == .fail && covered.transition == nil)
        #expect(covered.causes == [.waiver] && covered.waiverBefore == nil && covered.waiverAfter == "W-1")
        let ended = try #require(changes(waived, plain).first)
        #expect(ended.causes == [.waiver] && ended.waiverBefore == "W-1" && ended.waiverAfter == nil)
        var renewed = waived
        renewed.waivers = ["R": "W-2"]
        #expect(changes(waived, renewed).isEmpty)
        // A new failure under a waiver is new, and says that it is waived.
        let new = try #require(changes(judgement(["R": .pass]), waived).first)
        #expect(new.transition == .new && new.waiverAfter == "W-1" && !new.causes.contains(.waiver))
        let fixed = try #require(changes(waived, judgement(["R": .pass])).first)
        #expect(fixed.transition == .fixed && fixed.waiverBefore == "W-1")
    }
}
