import AuditModel
import AuditTestSupport
import GRDB
import Testing

@testable import SnapshotStore

/// Verdicts are read out of stored results without the reasons; they must be those of the results.
struct VerdictVectorTests {
    private static func results(_ generator: inout SeededGenerator) -> [RuleResult] {
        let ids = ["R-1", "R-2", "R-3", "R-é", "R-\"4\"", "R-5"]
        let texts = ["", "plain", "a \"rule\": \"R-9\" in quotes", "}],{\"verdict\":\"pass\"", "\\", "é\u{0}\n"]
        let count = Int.random(in: 0...ids.count, using: &generator)
        return ids.prefix(count).map { id in
            var result = RuleResult(ruleID: id, verdict: Verdict.allCases.randomElement(using: &generator) ?? .pass)
            if Bool.random(using: &generator) { result.message = texts.randomElement(using: &generator) }
            if Bool.random(using: &generator) {
                result.comparisons = [
                    Comparison(
                        path: SettingPath(.internal, key: texts.randomElement(using: &generator) ?? ""), expected: "x",
                        actual: .random(depth: 2, using: &generator), reason: .violated)
                ]
            }
            return result
        }
    }

    @Test func `the verdicts of stored results are those of the results, whatever stands beside them`() throws {
        var generator = SeededGenerator(seed: UInt64.random(in: 0 ... .max))
        let store = try SnapshotStore.withEnvironment()
        let vectors = (0..<300).map { _ in Self.results(&generator) }
        let ids = try store.store(vectors.enumerated().map { (key: Digest(of: "key \($0)"), results: $1) })
        let verdicts = try store.verdicts(of: ids)
        for (id, results) in zip(ids, vectors) {
            #expect(verdicts[id] == VerdictVector(results), "seed \(generator.seed)")
            #expect(try store.verdicts(id) == VerdictVector(results), "seed \(generator.seed)")
        }
    }

    @Test func `only vectors of the same rules can be compared by place`() {
        let one = VerdictVector([RuleResult(ruleID: "A", verdict: .pass), RuleResult(ruleID: "B", verdict: .fail)])
        let other = VerdictVector([RuleResult(ruleID: "A", verdict: .unknown), RuleResult(ruleID: "B", verdict: .fail)])
        #expect(one.places(differingFrom: other) == [0])
        #expect(one.places(differingFrom: one) == [])
        #expect(one.places(differingFrom: VerdictVector([RuleResult(ruleID: "A", verdict: .pass)])) == nil)
        let renamed = VerdictVector([RuleResult(ruleID: "A", verdict: .pass), RuleResult(ruleID: "C", verdict: .fail)])
        #expect(one.places(differingFrom: renamed) == nil)
    }

    @Test func `results and documents that were altered are refused, however little of them is read`() throws {
        let store = try SnapshotStore.withEnvironment()
        let results = try store.store([
            (key: Digest(of: "key"), results: [RuleResult(ruleID: "A", verdict: .fail)])
        ])[0]
        let ids = try [1, 2].map { try store.intern(["a": .integer($0), "b": 1], of: .internal) }
        #expect(try store.texts(of: ids)[ids[0]]?.value() == ["a": 1, "b": 1])
        try store.database.writeWithoutTransaction { db in
            for (table, id) in [("results", results.rawValue), ("document", ids[1].rawValue)] {
                try db.execute(sql: "DROP TRIGGER \(table)_update_never")
                try db.execute(
                    sql: "UPDATE \(table) SET json = replace(json, '1', '3') || ' ' WHERE id = ?", arguments: [id])
            }
        }
        #expect(throws: StoreError.self) { try store.verdicts(results) }
        let texts = try store.texts(of: ids)
        let (sound, altered) = (try #require(texts[ids[0]]), try #require(texts[ids[1]]))
        #expect(throws: StoreError.self) { try sound.differing(from: altered) }
        #expect(throws: StoreError.self) { try altered.value() }
        #expect(try sound.differing(from: sound) == ([:], [:]))
    }
}
