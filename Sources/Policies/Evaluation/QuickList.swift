internal import AuditModel

/// A list matcher over `group.list[*].key` or `group[*].key`, as lists of settings are.
final class QuickList: Sendable {
    /// A set of values to look an element up in.
    private enum Test: Sendable {
        case subsetOf(QuickSet)
        case containsNone(QuickSet)
        case other(ListMatcher.Test)
    }

    private let group: SettingsGroup
    /// The slot of the list's key; nil where the group's body is the list.
    private let slot: Int?
    /// The member of each element; nil where the element itself is compared.
    private let member: String?
    private let matcher: ListMatcher
    private let tests: [Test]

    init?(_ path: SettingPath, _ matcher: ListMatcher, _ slots: inout Slots) {
        var steps = path.steps[...]
        if case .key(let key)? = steps.first {
            slot = slots.slot(of: key, in: path.group)
            steps.removeFirst()
        } else {
            slot = nil
        }
        guard steps.popFirst() == .each else { return nil }
        switch steps.first {
        case nil: member = nil
        case .key(let key)? where steps.count == 1: member = key
        default: return nil
        }
        // A note on a list that passes is for the walk.
        group = path.group
        self.matcher = matcher
        tests = matcher.tests.map { test in
            switch test {
            case .subsetOf(let values): .subsetOf(QuickSet(values))
            case .containsNone(let values): .containsNone(QuickSet(values))
            case .supersetOf, .unique, .size, .each: .other(test)
            }
        }
    }

    /// Passes, or leaves it open: which elements speak against a list takes a walk.
    func outcome(for evidence: Evidence) -> QuickOutcome {
        let list: SettingValue?
        if let slot {
            guard let value = evidence.values[slot] else { return .open }
            list = value
        } else {
            list = evidence.snapshot.groups[group].value
        }
        guard case .array(let elements)? = list else { return .open }
        if matcher.looksAtValues {
            for element in elements {
                guard let value = value(of: element), isUsable(value) else { return .open }
            }
        }
        for test in tests where !holds(test, for: elements) { return .open }
        return .pass
    }

    private func value(of element: SettingValue) -> SettingValue? {
        guard let member else { return element }
        return element[member]
    }

    private func isUsable(_ value: SettingValue) -> Bool {
        if case .null = value { return false }
        if !matcher.accepted.isEmpty, !matcher.accepted.contains(JSONTypes(of: value)) { return false }
        if case .integer(let integer) = value, let range = matcher.legalRange { return range.contains(integer) }
        return true
    }

    private func holds(_ test: Test, for elements: [SettingValue]) -> Bool {
        if case .other(.size(let size)) = test {
            return size.reason(for: .integer(Int64(elements.count))) == .satisfied
        }
        if elements.isEmpty, let emptyPasses = matcher.emptyPasses { return emptyPasses }
        switch test {
        case .subsetOf(let allowed): return elements.allSatisfy { value(of: $0).map(allowed.contains) ?? false }
        case .containsNone(let unwanted):
            return elements.allSatisfy { value(of: $0).map { !unwanted.contains($0) } ?? false }
        case .other(let test):
            switch test {
            case .supersetOf(let wanted):
                return wanted.allSatisfy { wanted in elements.contains { value(of: $0) == wanted } }
            case .unique(let isWanted):
                var seen: Set<SettingValue> = []
                return elements.allSatisfy { value(of: $0).map { seen.insert($0).inserted } ?? false } == isWanted
            case .each(let matcher):
                return elements.allSatisfy { matcher.reason(for: value(of: $0)) == .satisfied }
            case .subsetOf, .containsNone, .size: return false
            }
        }
    }
}

/// A set of values to look others up in: small integers, as ids are, by one bit each.
struct QuickSet: Sendable {
    private static let limit: Int64 = 4096

    /// Bits of the integers from 0 on; nil where a value is no such integer.
    private let bits: [UInt64]?
    private let values: Set<SettingValue>

    init(_ values: [SettingValue]) {
        self.values = Set(values)
        var bits: [UInt64] = []
        for value in values {
            guard case .integer(let integer) = value, (0..<Self.limit).contains(integer) else {
                self.bits = nil
                return
            }
            let word = Int(integer / 64)
            while bits.count <= word { bits.append(0) }
            bits[word] |= 1 << UInt64(integer % 64)
        }
        self.bits = bits
    }

    func contains(_ value: SettingValue) -> Bool {
        guard let bits else { return values.contains(value) }
        // What is no small integer equals none of them.
        guard case .integer(let integer) = value, (0..<Int64(bits.count) * 64).contains(integer) else { return false }
        return bits[Int(integer / 64)] & (1 << UInt64(integer % 64)) != 0
    }
}

/// A matcher over `group.list[key=VALUE].member`, as messaging properties are.
final class QuickSelection: Sendable {
    private let slot: Int
    private let key: String
    private let wanted: SettingValue
    private let member: String
    private let matcher: BoxedMatcher

    init?(_ path: SettingPath, _ matcher: ScalarMatcher, _ slots: inout Slots) {
        guard path.steps.count == 3, case .key(let list) = path.steps[0],
            case .selected(let key, let wanted, nil) = path.steps[1], case .key(let member) = path.steps[2]
        else { return nil }
        slot = slots.slot(of: list, in: path.group)
        self.key = key
        self.wanted = wanted
        self.member = member
        self.matcher = BoxedMatcher(matcher)
    }

    /// What all selected elements come to; open where there is none.
    func outcome(for evidence: Evidence) -> QuickOutcome {
        guard case .array(let elements)?? = evidence.values[slot] else { return .open }
        var result: QuickOutcome?
        for element in elements where element[key] == wanted {
            switch matcher.outcome(for: element[member]) {
            case .pass: result = result ?? .pass
            case .fail: result = .fail
            case .open: return .open
            }
        }
        return result ?? .open
    }
}
