import AuditModel
import AuditTestSupport
import Foundation
import Policies
import Testing

/// Random rules over random pools: whatever is planned mends what it says, and harms nothing.
struct VoicePoolRemediesPropertyTests {
    private static let rounds = 400

    @Test func `planned writes make their rules pass, no other fail, and leave a voice`() throws {
        let seed = ProcessInfo.processInfo.environment["AUDIT_SEED"].flatMap { UInt64($0) } ?? 20_261_124
        print("random rules over voice pools drawn with AUDIT_SEED=\(seed)")
        var generator = SeededGenerator(seed: seed)
        var planned = 0
        var refused = 0
        for round in 0..<Self.rounds {
            let rules = (1...4).map { Self.rule("R\($0)", &generator) }.joined()
            let set = try policySet(rules)
            let pool = Array((1...9).shuffled(using: &generator).prefix(Int.random(in: 0...6, using: &generator)))
            let before = set.results(for: try Self.snapshot(pool))
            let failing = before.filter { $0.verdict == .fail }.map(\.ruleID).shuffled(using: &generator)
            let remedies = set.voicePoolRemedies(for: failing, of: try Self.snapshot(pool))
            let comment = "round \(round), pool \(pool):\n\(rules)"
            #expect(remedies.entries.map(\.ruleID) == failing, "\(comment)")
            let wanted =
                pool.filter { !remedies.removals.contains(Int64($0)) } + remedies.additions.map { Int($0) }
            let isUntouched = remedies.additions.isEmpty && remedies.removals.isEmpty
            #expect(isUntouched || !wanted.isEmpty, "\(comment)")
            let after = set.results(for: try Self.snapshot(wanted))
            var additions: Set<Int64> = []
            var removals: Set<Int64> = []
            for entry in remedies.entries {
                guard case .writes(let added, let removed) = entry.remedy else {
                    refused += 1
                    continue
                }
                planned += 1
                additions.formUnion(added)
                removals.formUnion(removed)
                #expect(after.first { $0.ruleID == entry.ruleID }?.verdict == .pass, "\(entry.ruleID), \(comment)")
            }
            // Nothing is written that no entry asks for, nothing twice, and nothing without effect.
            #expect(additions.sorted() == remedies.additions && removals.sorted() == remedies.removals, "\(comment)")
            #expect(additions.isDisjoint(with: pool.map { Int64($0) }), "\(comment)")
            #expect(removals.isSubset(of: pool.map { Int64($0) }), "\(comment)")
            for (one, other) in zip(before, after) where one.verdict != .fail {
                #expect(other.verdict != .fail, "\(one.ruleID), \(comment)")
            }
        }
        print("\(planned) failures had writes, \(refused) had none")
        #expect(planned > 100 && refused > 100)
    }

    private static func rule(_ id: String, _ generator: inout SeededGenerator) -> String {
        let voices = (1...9).shuffled(using: &generator).prefix(Int.random(in: 1...5, using: &generator)).sorted()
        let list = "[" + voices.map(String.init).joined(separator: ", ") + "]"
        let number = Int.random(in: 1...9, using: &generator)
        let empty = ["", ", empty: pass", ", empty: fail"].randomElement(using: &generator) ?? ""
        let matchers = [
            "{subsetOf: \(list)\(empty)}", "{supersetOf: \(list)}", "{containsNone: \(list)\(empty)}",
            "{contains: \(number)}", "{each: {atMost: \(number)}\(empty)}", "{size: {atLeast: \(number)}}",
            "{supersetOf: [\(number)], containsNone: \(list)}",
        ]
        let matcher = matchers.randomElement(using: &generator) ?? matchers[0]
        let check = "{\"voicePool.voice[*].id\": \(matcher)}"
        let forms = [check, check, check, "{all: [\(check)]}", "{any: [\(check)]}", "{not: \(check)}"]
        return "  - {id: \(id), title: T, check: \(forms.randomElement(using: &generator) ?? check)}\n"
    }

    private static func snapshot(_ pool: [Int]) throws -> Snapshot {
        let voices = pool.map { #"{"id":\#($0)}"# }.joined(separator: ",")
        return try Snapshot.of([.voicePool: #"{"voice":[\#(voices)]}"#])
    }
}
