import AuditModel

/// The deviations of documents, most of which have the very keys of the one before: then nothing is looked up again.
struct DeviationMemory: Sendable {
    typealias Deviation = (kind: KeyDeviation.Kind, path: SettingPath)

    private var last = PerGroup<(keys: Keys, deviations: [Deviation])?>(repeating: nil)

    /// What ``SettingsCatalogue/deviations(of:group:)`` says of a body.
    mutating func deviations(of body: SettingValue, group: SettingsGroup) -> [Deviation] {
        if let last = last[group], last.keys.areThose(of: body) { return last.deviations }
        let deviations = SettingsCatalogue.deviations(of: body, group: group)
        last[group] = Keys(of: body).map { ($0, deviations) }
        return deviations
    }

    /// The keys of a value all the way down, which is all that deviations depend on.
    private indirect enum Keys: Sendable {
        case scalar
        case object([(key: String, value: Keys)])
        case emptyList
        /// All elements are alike.
        case list(Keys)

        /// Nil for a value with a list whose elements differ: such a one is looked up each time.
        init?(of value: SettingValue) {
            switch value {
            case .null, .bool, .integer, .number, .string: self = .scalar
            case .object(let object):
                var members: [(key: String, value: Keys)] = []
                for member in object.members {
                    guard let keys = Keys(of: member.value) else { return nil }
                    members.append((member.key, keys))
                }
                self = .object(members)
            case .array(let elements):
                guard let first = elements.first else {
                    self = .emptyList
                    return
                }
                guard let keys = Keys(of: first), elements.dropFirst().allSatisfy({ keys.areThose(of: $0) }) else {
                    return nil
                }
                self = .list(keys)
            }
        }

        func areThose(of value: SettingValue) -> Bool {
            switch (self, value) {
            case (.object(let keys), .object(let object)):
                guard keys.count == object.count else { return false }
                for (known, member) in zip(keys, object.members) {
                    guard known.key.isIdentical(to: member.key), known.value.areThose(of: member.value) else {
                        return false
                    }
                }
                return true
            case (.emptyList, .array(let elements)): return elements.isEmpty
            case (.list(let keys), .array(let elements)):
                return !elements.isEmpty && elements.allSatisfy { keys.areThose(of: $0) }
            case (.scalar, .null), (.scalar, .bool), (.scalar, .integer), (.scalar, .number), (.scalar, .string):
                return true
            case (.object, _), (.emptyList, _), (.list, _), (.scalar, _): return false
            }
        }
    }
}
