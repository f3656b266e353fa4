import AuditModel
import Policies
import Testing

/// Which writes to a voice pool a failed rule has for its one answer.
struct VoicePoolRemediesTests {
    /// What a check comes to for a pool.
    struct Row: Sendable, CustomTestStringConvertible {
        var check: String
        var pool: [Int]
        var remedy: VoicePoolRemedy

        init(_ check: String, _ pool: [Int], _ remedy: VoicePoolRemedy) {
            self.check = check
            self.pool = pool
            self.remedy = remedy
        }

        var testDescription: String { "\(check) over \(pool)" }
    }

    private static func writes(add additions: [Int64] = [], remove removals: [Int64] = []) -> VoicePoolRemedy {
        .writes(additions: additions, removals: removals)
    }

    private static let ids = #""voicePool.voice[*].id""#

    static let rows: [Row] = [
        // One answer.
        Row("{\(ids): {contains: 11}}", [1, 2], writes(add: [11])),
        Row("{\(ids): {supersetOf: [2, 12, 11]}}", [1, 2], writes(add: [11, 12])),
        Row("{\(ids): {subsetOf: [1, 2, 3]}}", [5, 1, 4], writes(remove: [4, 5])),
        Row("{\(ids): {containsNone: [2, 9]}}", [1, 2, 3], writes(remove: [2])),
        Row("{\(ids): {each: {atMost: 3}}}", [1, 4, 9], writes(remove: [4, 9])),
        Row("{\(ids): {each: {notIn: [4, 7]}}}", [1, 4], writes(remove: [4])),
        Row("{\(ids): {subsetOf: [1, 2], supersetOf: [2]}}", [1, 3], writes(add: [2], remove: [3])),
        Row("{all: [{\(ids): {contains: 2}}, {\(ids): {containsNone: [3]}}]}", [1, 3], writes(add: [2], remove: [3])),
        Row("{\(ids): {contains: 2}, internal.callRecordingDays: {atMost: 30}}", [1], writes(add: [2])),
        Row("{\(ids): {contains: 2, size: {atMost: 2}}}", [1], writes(add: [2])),
        Row("{\(ids): {contains: 2, unique: true}}", [1], writes(add: [2])),
        Row("{\(ids): {supersetOf: [1, 2]}}", [], writes(add: [1, 2])),
        Row("{\(ids): {supersetOf: [1, 2], empty: fail}}", [], writes(add: [1, 2])),
        // Several answers.
        Row("{\(ids): {size: {atLeast: 3}}}", [1], .byHand(.severalWays)),
        Row("{\(ids): {size: {atMost: 1}}}", [1, 2], .byHand(.severalWays)),
        Row("{\(ids): {contains: 2, size: {atLeast: 3}}}", [1], .byHand(.severalWays)),
        Row("{\(ids): {unique: false}}", [1, 2], .byHand(.severalWays)),
        Row("{\(ids): {subsetOf: [1, 2], empty: fail}}", [], .byHand(.severalWays)),
        Row("{any: [{\(ids): {contains: 8}}, {\(ids): {contains: 9}}]}", [1], .byHand(.severalWays)),
        Row("{not: {\(ids): {contains: 1}}}", [1, 2], .byHand(.severalWays)),
        Row("{cel: \"voicePool.voice.exists(v, v.id == 8)\"}", [1], .byHand(.expression)),
        // None.
        Row("{\(ids): {subsetOf: [7, 8], empty: pass}}", [1, 2], .byHand(.emptiesPool)),
        Row("{\(ids): {containsNone: [1]}}", [1], .byHand(.emptiesPool)),
        Row("{\(ids): {contains: 2, containsNone: [2]}}", [1], .byHand(.notEnough)),
        Row("{\(ids): {contains: 2, size: {atMost: 1}}}", [1], .byHand(.notEnough)),
        Row("{\(ids): {contains: 2}, internal.callRecordingDays: {atLeast: 31}}", [1], .byHand(.otherSetting)),
        Row("{internal.callRecordingDays: {atLeast: 31}}", [1], .byHand(.otherSetting)),
        Row("{\"voicePool.voice[id=8].id\": {equals: 8}}", [1], .byHand(.otherSetting)),
        Row("{\"voicePool.voice[*].id\": {contains: 0}}", [1], .byHand(.noVoiceID)),
        Row("{\(ids): {containsNone: [2]}}", [1, 2, 2], .byHand(.unusablePool)),
        Row("{\(ids): {containsNone: [2]}}", [0, 2], .byHand(.unusablePool)),
    ]

    private static func snapshot(_ pool: [Int], days: Int = 30) throws -> Snapshot {
        let voices = pool.map { #"{"id":\#($0)}"# }.joined(separator: ",")
        return try Snapshot.of([
            .voicePool: #"{"voice":[\#(voices)]}"#, .internal: #"{"callRecordingDays":\#(days)}"#,
            .settings: #"{"defaultVoiceId":1}"#,
        ])
    }

    @Test(arguments: rows)
    func `a failed check has the writes that are its one answer, or a reason for people`(_ row: Row) throws {
        let set = try ruleSet(check: row.check)
        let snapshot = try Self.snapshot(row.pool)
        #expect(set.results(for: snapshot).first?.verdict == .fail)
        let remedies = set.voicePoolRemedies(for: ["R"], of: snapshot)
        #expect(remedies.entries.map(\.remedy) == [row.remedy])
        if case .writes(let additions, let removals) = row.remedy {
            #expect(remedies.additions == additions && remedies.removals == removals)
            // The remedy is what it says: judged again over the pool that it makes, the rule passes.
            let wanted = row.pool.filter { !removals.contains(Int64($0)) } + additions.map { Int($0) }
            #expect(set.results(for: try Self.snapshot(wanted)).first?.verdict == .pass)
        } else {
            #expect(remedies.additions.isEmpty && remedies.removals.isEmpty)
        }
    }

    @Test(arguments: [#"{"voice":null}"#, #"{"voice":[{"id":"5"}]}"#, #"{"voice":[{"id":5},{}]}"#, #"{}"#, "[]"])
    func `a pool that is no list of voices has no remedy`(body: String) throws {
        let set = try ruleSet(check: "{\(Self.ids): {contains: 11}}")
        let snapshot = try Snapshot.of([.voicePool: body])
        #expect(set.results(for: snapshot).first?.verdict == .fail)
        #expect(set.voicePoolRemedies(for: ["R"], of: snapshot).entries.map(\.remedy) == [.byHand(.unusablePool)])
    }

    // MARK: Several rules

    private func remedies(
        _ rules: String, for ids: [String], pool: [Int], days: Int = 30
    ) throws -> (VoicePoolRemedies, [String: VoicePoolRemedy]) {
        let remedies = try policySet(rules).voicePoolRemedies(for: ids, of: try Self.snapshot(pool, days: days))
        return (remedies, Dictionary(remedies.entries.map { ($0.ruleID, $0.remedy) }) { first, _ in first })
    }

    @Test func `remedies of several rules come together, and one write may answer two`() throws {
        let (remedies, each) = try remedies(
            """
              - {id: A, title: A, check: {\(Self.ids): {contains: 11}}}
              - {id: B, title: B, check: {\(Self.ids): {supersetOf: [11, 12]}}}
              - {id: C, title: C, check: {\(Self.ids): {containsNone: [5]}}}

            """, for: ["A", "B", "C"], pool: [1, 5])
        #expect(remedies.additions == [11, 12] && remedies.removals == [5])
        #expect(each["A"] == .writes(additions: [11], removals: []))
        #expect(each["B"] == .writes(additions: [11, 12], removals: []))
        #expect(each["C"] == .writes(additions: [], removals: [5]))
    }

    @Test func `a remedy that would make another rule fail is none, whichever comes first`() throws {
        let rules = """
              - {id: A, title: A, check: {\(Self.ids): {contains: 11}}}
              - {id: B, title: B, check: {\(Self.ids): {subsetOf: [1, 2]}}}

            """
        // B passes now, and would fail.
        let (_, passing) = try remedies(rules, for: ["A"], pool: [1])
        #expect(passing["A"] == .byHand(.breaks(rules: ["B"])))
        // Both fail: the first is mended, and the second would undo nothing, but is not mended by what it asks for.
        let (both, first) = try remedies(rules, for: ["A", "B"], pool: [1, 5])
        #expect(first["A"] == .writes(additions: [11], removals: []))
        #expect(first["B"] == .byHand(.notEnough))
        #expect(both.additions == [11] && both.removals.isEmpty)
        let (_, second) = try remedies(rules, for: ["B", "A"], pool: [1, 5])
        #expect(second["B"] == .writes(additions: [], removals: [5]))
        #expect(second["A"] == .byHand(.breaks(rules: ["B"])))
    }

    @Test func `rules by expression that the writes would break count, too`() throws {
        let (_, each) = try remedies(
            """
              - {id: A, title: A, check: {\(Self.ids): {containsNone: [1]}}}
              - {id: B, title: B, check: {cel: "voicePool.voice.exists(v, v.id == settings.defaultVoiceId)"}}

            """, for: ["A"], pool: [1, 2])
        #expect(each["A"] == .byHand(.breaks(rules: ["B"])))
    }

    @Test func `a failure that is let be stays as it is`() throws {
        // W fails and is waived: its writes are not made, and A's are, though W fails before and after.
        let (remedies, each) = try remedies(
            """
              - {id: A, title: A, check: {\(Self.ids): {containsNone: [5]}}}
              - {id: W, title: W, check: {\(Self.ids): {contains: 9}}}

            """, for: ["A"], pool: [1, 5])
        #expect(remedies.additions.isEmpty && remedies.removals == [5])
        #expect(each["A"] == .writes(additions: [], removals: [5]))
    }

    @Test func `an unknown rule has no remedy`() throws {
        let remedies = try ruleSet(check: "{\(Self.ids): {contains: 11}}")
            .voicePoolRemedies(for: ["NONE"], of: try Self.snapshot([1]))
        #expect(remedies.entries.map(\.remedy) == [.byHand(.otherSetting)])
    }
}
