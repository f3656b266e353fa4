import AuditModel
import AuditTestSupport
import Drift
import Testing

/// Laws of patches, held by random documents; a failure prints the seed it came from.
struct JSONPatchPropertyTests {
    static let seeds: [UInt64] = (0..<400).map { 0x6902_0000 + $0 }

    @Test(arguments: seeds)
    func `the patch between two bodies turns the one into the other exactly, order included`(seed: UInt64) throws {
        var random = RandomBodies(seed: seed)
        for group in SettingsGroup.allCases {
            let before = random.body(of: group)
            let shuffled = random.shuffled(before, at: SettingPath(group))
            for after in [
                shuffled, random.mutated(shuffled), random.mutated(random.mutated(before)), random.body(of: group),
            ] {
                let patch = JSONPatch.between(before, after)
                #expect(try patch.applied(to: before) == after, "seed \(seed), \(group)")
                #expect(patch.operations.isEmpty == (before == after), "seed \(seed), \(group)")
            }
        }
    }

    @Test(arguments: seeds)
    func `the same holds for any two documents, through the patch's own text`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let before = SettingValue.random(depth: 4, using: &generator)
        let after = SettingValue.random(depth: 4, using: &generator)
        let patch = try JSONPatch(bytes: JSONPatch.between(before, after).bytes)
        #expect(try patch.applied(to: before) == after, "seed \(seed)")
    }

    @Test(arguments: seeds)
    func `a patch that tests what it is made for refuses every other body`(seed: UInt64) throws {
        var random = RandomBodies(seed: seed)
        let before = random.body(of: .messaging)
        let after = random.mutated(before)
        let guarded = JSONPatch([.test(JSONPointer(), before)] + JSONPatch.between(before, after).operations)
        #expect(try guarded.applied(to: before) == after, "seed \(seed)")
        let other = random.mutated(after)
        if other != before {
            #expect(throws: JSONPatchError.self, "seed \(seed)") { try guarded.applied(to: other) }
        }
    }
}
