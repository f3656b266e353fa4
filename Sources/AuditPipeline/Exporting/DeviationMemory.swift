import AuditModel

/// The deviations of documents, most of which have the very keys of the one before: then nothing is looked up again.
struct DeviationMemory: Sendable {
    typealias Deviation = (kind: KeyDeviation.Kind, path: SettingPath)

    private var last = PerGroup<(body: SettingValue, deviations: [Deviation])?>(repeating: nil)

    /// What ``SettingsCatalogue/deviations(of:group:)`` says of a body.
    mutating func deviations(of body: SettingValue, group: SettingsGroup) -> [Deviation] {
        if let last = last[group], Self.haveSameKeys(body, last.body) { return last.deviations }
        let deviations = SettingsCatalogue.deviations(of: body, group: group)
        last[group] = (body, deviations)
        return deviations
    }

    /// Whether two values have the same keys all the way down, which is all that deviations depend on. May say no where
    /// it is so, which only costs time: a list counts as like another where all elements of both are like its first.
    private static func haveSameKeys(_ one: SettingValue, _ other: SettingValue) -> Bool {
        switch (one, other) {
        case (.object(let one), .object(let other)):
            guard one.count == other.count else { return false }
            for (left, right) in zip(one.members, other.members) {
                guard left.key.isIdentical(to: right.key), haveSameKeys(left.value, right.value) else { return false }
            }
            return true
        case (.array(let one), .array(let other)):
            guard let first = other.first else { return one.isEmpty }
            return !one.isEmpty && one.allSatisfy { haveSameKeys($0, first) }
                && other.dropFirst().allSatisfy { haveSameKeys($0, first) }
        case (.object, _), (_, .object), (.array, _), (_, .array): return false
        case (.null, _), (.bool, _), (.integer, _), (.number, _), (.string, _): return true
        }
    }
}
