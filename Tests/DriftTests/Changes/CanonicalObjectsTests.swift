import AuditModel
import AuditTestSupport
import Drift
import Testing

/// What is cut out of two stored texts before they are read must be nothing that differs.
struct CanonicalObjectsTests {
    private func cut(_ before: SettingValue, _ after: SettingValue) throws -> (SettingValue, SettingValue)? {
        let texts = CanonicalObjects.differing(CanonicalJSON.bytes(of: before), CanonicalJSON.bytes(of: after))
        return try texts.map { (try JSONReader.value(of: $0.left), try JSONReader.value(of: $0.right)) }
    }

    @Test func `members that are the same are left out, and what differs stays whole`() throws {
        let before: SettingValue = ["a": 1, "b": ["x\"}": [1, 2]], "c": "\\", "d": nil]
        let after: SettingValue = ["a": 1, "b": ["x\"}": [1, 3]], "c": "\\", "d": false]
        let values = try #require(try cut(before, after))
        #expect(values == (["b": ["x\"}": [1, 2]], "d": nil], ["b": ["x\"}": [1, 3]], "d": false]))
        #expect(try #require(try cut(before, before)) == ([:], [:]))
        // From the first key on that only one has, all of both is kept.
        let added: SettingValue = ["a": 1, "aa": 2, "c": "\\"]
        #expect(try #require(try cut(["a": 1, "c": "\\"], added)) == (["c": "\\"], ["aa": 2, "c": "\\"]))
    }

    @Test(arguments: [
        "[]", "1", "\"{}\"", "{\"a\":1", "{\"a\":1}}", "{\"a\":\"\\\"}", "{\"a\":[1}", "{\"a\"}", "", "{\"a\":}",
    ])
    func `what is no object of that form is left to the reader`(text: String) {
        #expect(CanonicalObjects.differing(Array(text.utf8), Array("{}".utf8)) == nil)
        #expect(CanonicalObjects.differing(Array("{\"a\":1}".utf8), Array(text.utf8)) == nil)
    }

    @Test func `the changes between two bodies are those between what is left of them`() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var bodies = RandomBodies(seed: seed)
        for _ in 0..<3000 {
            let group = SettingsGroup.allCases.randomElement(using: &bodies.generator) ?? .internal
            let before = bodies.body(of: group)
            let after =
                Int.random(in: 0..<4, using: &bodies.generator) == 0 ? bodies.body(of: group) : bodies.mutated(before)
            guard let values = try cut(before, after) else { continue }
            #expect(
                Changes.between(values.0, values.1, group: group) == Changes.between(before, after, group: group),
                "seed \(seed): \(CanonicalJSON.text(of: before)) and \(CanonicalJSON.text(of: after))")
        }
    }

    @Test func `so are those between bodies of hostile texts`() throws {
        var generator = SeededGenerator(seed: UInt64.random(in: 0 ... .max))
        for _ in 0..<3000 {
            let before = SettingValue.random(depth: 3, using: &generator)
            var after = before
            if case .object(var object) = before {
                for member in object.members where Bool.random(using: &generator) {
                    object[member.key] = Bool.random(using: &generator) ? nil : .random(depth: 2, using: &generator)
                }
                after = .object(object)
            }
            guard let values = try cut(before, after) else { continue }
            #expect(
                Changes.between(values.0, values.1, group: .settings)
                    == Changes.between(before, after, group: .settings),
                "seed \(generator.seed): \(CanonicalJSON.text(of: before)) and \(CanonicalJSON.text(of: after))")
        }
    }
}
