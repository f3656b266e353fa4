import AuditModel
import AuditTestSupport
import Drift
import Testing

/// Laws of comparing, held by random bodies of every group; a failure prints the seed it came from.
struct ChangesPropertyTests {
    static let seeds: [UInt64] = (0..<400).map { 0xD21F_7000 + $0 }

    @Test(arguments: seeds)
    func `a body and the same with its keyed lists shuffled have no changes`(seed: UInt64) {
        var random = RandomBodies(seed: seed)
        for group in SettingsGroup.allCases {
            let body = random.body(of: group)
            let shuffled = random.shuffled(body, at: SettingPath(group))
            #expect(Changes.between(body, shuffled, group: group) == [], "seed \(seed), \(group)")
        }
    }

    @Test(arguments: seeds)
    func `bodies differ in their changes exactly where they differ beyond order`(seed: UInt64) {
        var random = RandomBodies(seed: seed)
        for group in SettingsGroup.allCases {
            let before = random.body(of: group)
            let near = random.mutated(random.shuffled(before, at: SettingPath(group)))
            for after in [near, random.body(of: group)] {
                let isSame = KeyedLists.sorted(before, of: group) == KeyedLists.sorted(after, of: group)
                let changes = Changes.between(before, after, group: group)
                #expect(changes.isEmpty == isSame, "seed \(seed), \(group)")
            }
        }
    }

    @Test(arguments: seeds)
    func `changes that are applied to the earlier body give the later one, but for order`(seed: UInt64) {
        var random = RandomBodies(seed: seed)
        for group in SettingsGroup.allCases {
            let before = random.body(of: group)
            let after = Bool.random(using: &random.generator) ? random.body(of: group) : random.mutated(before)
            let changes = Changes.between(before, after, group: group)
            let applied = applying(changes, to: before, at: SettingPath(group))
            #expect(
                KeyedLists.sorted(applied, of: group) == KeyedLists.sorted(after, of: group),
                "seed \(seed), \(group): \(changes.map(described))")
            #expect(Set(changes.map(\.path)).count == changes.count, "seed \(seed): a path is told twice")
        }
    }

    @Test(arguments: seeds)
    func `comparing backwards tells as many changes, with the values swapped`(seed: UInt64) {
        var random = RandomBodies(seed: seed)
        for group in SettingsGroup.allCases {
            let before = random.body(of: group)
            let after = random.mutated(before)
            func values(_ changes: [Change], reversed: Bool) -> [String] {
                changes.map { change in
                    let pair = reversed ? (change.after, change.before) : (change.before, change.after)
                    return [pair.0, pair.1].map { $0.map(CanonicalJSON.text) ?? "-" }.joined(separator: "→")
                }.sorted()
            }
            #expect(
                values(Changes.between(before, after, group: group), reversed: false)
                    == values(Changes.between(after, before, group: group), reversed: true), "seed \(seed), \(group)")
        }
    }
}

/// Puts changes into a body: the reverse of comparing, and independent of how that is done.
private func applying(_ changes: [Change], to value: SettingValue, at path: SettingPath) -> SettingValue {
    let depth = path.steps.count
    if let whole = changes.first(where: { $0.path.steps.count == depth }) { return whole.after ?? .null }
    guard !changes.isEmpty else { return value }
    let byStep = Dictionary(grouping: changes) { $0.path.steps[depth] }
    switch value {
    case .object(var object):
        for case (.key(let key), let inner) in byStep {
            if inner.count == 1, inner[0].path.steps.count == depth + 1 {
                object[key] = inner[0].after
            } else {
                object[key] = applying(inner, to: object[key] ?? .null, at: path.appending(.key(key)))
            }
        }
        return .object(object)
    case .array(let elements):
        let steps = SettingPath.concreteSteps(of: elements, at: path)
        var result: [SettingValue] = []
        for (step, element) in zip(steps, elements) {
            guard let inner = byStep[step] else {
                result.append(element)
                continue
            }
            if inner[0].kind == .removed, inner[0].path.steps.count == depth + 1 { continue }
            result.append(applying(inner, to: element, at: path.appending(step)))
        }
        let known = Set(steps)
        for (step, inner) in byStep.sorted(by: { $0.value[0].path < $1.value[0].path }) where !known.contains(step) {
            result.append(inner[0].after ?? .null)
        }
        return .array(result)
    case .null, .bool, .integer, .number, .string: return value
    }
}
