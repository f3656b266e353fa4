import AuditModel

/// Walks two values side by side and collects what differs.
///
/// Each leaf is compared about once, and the path is a stack that is written out only for a change, so subtrees that are
/// equal cost no allocation.
struct ValueComparison {
    private var path: SettingPath
    private(set) var changes: [Change] = []

    init(at path: SettingPath) {
        self.path = path
    }

    /// Collects the changes between two values.
    mutating func compare(_ before: SettingValue, _ after: SettingValue) {
        if case .object(let before) = before, case .object(let after) = after {
            compareMembers(before.members, after.members)
        } else if case .array(let before) = before, case .array(let after) = after {
            // Asked before the list's key is looked up: most lists are equal, order included.
            guard before != after else { return }
            if let key = SettingsCatalogue.listKey(at: path) {
                compareByKey(before, after, key: key)
            } else {
                compareByPosition(before, after)
            }
        } else if before != after {
            changes.append(Change(path: path, before: before, after: after))
        }
    }

    private mutating func at(_ step: SettingPath.Step, _ before: SettingValue?, _ after: SettingValue?) {
        path.steps.append(step)
        if let before, let after {
            compare(before, after)
        } else {
            changes.append(Change(path: path, before: before, after: after))
        }
        path.steps.removeLast()
    }

    /// A member that both have. Scalars are compared here, so that the path is extended for lists and objects alone.
    private mutating func at(member key: String, _ before: SettingValue, _ after: SettingValue) {
        switch (before, after) {
        case (.array, .array), (.object, .object): at(.key(key), before, after)
        case (.null, _), (.bool, _), (.integer, _), (.number, _), (.string, _), (.array, _), (.object, _):
            if before != after { at(.key(key), before, after) }
        }
    }

    /// Members are sorted by key on both sides, so one pass over both finds the pairs.
    private mutating func compareMembers(_ before: [SettingObject.Member], _ after: [SettingObject.Member]) {
        var left = 0
        var right = 0
        while left < before.count, right < after.count {
            if before[left].key.isIdentical(to: after[right].key) {
                at(member: before[left].key, before[left].value, after[right].value)
                left += 1
                right += 1
            } else if before[left].key.precedesInUTF16(after[right].key) {
                at(.key(before[left].key), before[left].value, nil)
                left += 1
            } else {
                at(.key(after[right].key), nil, after[right].value)
                right += 1
            }
        }
        for member in before[left...] { at(.key(member.key), member.value, nil) }
        for member in after[right...] { at(.key(member.key), nil, member.value) }
    }

    private mutating func compareByPosition(_ before: [SettingValue], _ after: [SettingValue]) {
        for index in 0..<max(before.count, after.count) {
            // The types are said: a bare nil would be read as JSON's null.
            let earlier: SettingValue? = index < before.count ? before[index] : Optional.none
            let later: SettingValue? = index < after.count ? after[index] : Optional.none
            if earlier != later { at(.index(index), earlier, later) }
        }
    }

    private mutating func compareByKey(_ before: [SettingValue], _ after: [SettingValue], key: String) {
        for pair in KeyedPairing.differing(before, after, key: key) { at(pair.step, pair.before, pair.after) }
    }
}
