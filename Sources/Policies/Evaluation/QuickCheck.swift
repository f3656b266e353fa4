internal import AuditModel

/// What a condition comes to where that can be said at once, with nothing to tell about it.
enum QuickOutcome {
    /// It holds, and no comparison has a note.
    case pass
    /// It does not hold, and values were there to compare: what ``Outcome/fail`` is.
    case fail
    /// It takes a walk to tell, or there is something to say.
    case open
}

/// A condition in the form that most rules of most nights need: whether all is well.
///
/// It never says anything that ``Evaluation`` would not; whatever it leaves open is walked there.
enum QuickCheck: Sendable {
    case integer(slot: Int, QuickInteger)
    case boolean(slot: Int, Bool)
    case scalar(slot: Int, BoxedMatcher)
    case selection(QuickSelection)
    case list(QuickList)
    case expression(PolicyExpression, groups: UInt8)
    indirect case all([QuickCheck])
    indirect case any([QuickCheck])
    indirect case not(QuickCheck)

    /// The quick form of a condition whose paths are in slots; nil where there is none.
    init?(_ condition: Condition, _ slots: inout Slots) {
        switch condition {
        case .all(let parts):
            let quick = Self.each(parts, &slots)
            guard quick.count == parts.count else { return nil }
            self = .all(quick)
        case .any(let parts):
            let quick = Self.each(parts, &slots)
            guard quick.count == parts.count else { return nil }
            self = .any(quick)
        case .not(let part):
            guard let quick = QuickCheck(part, &slots) else { return nil }
            self = .not(quick)
        case .scalar(let lookup, let matcher):
            guard let slot = lookup.slot else {
                guard let selection = QuickSelection(lookup.path, matcher, &slots) else { return nil }
                self = .selection(selection)
                return
            }
            if let integer = QuickInteger(matcher) {
                self = .integer(slot: slot, integer)
            } else if let wanted = matcher.onlyBoolean {
                self = .boolean(slot: slot, wanted)
            } else {
                self = .scalar(slot: slot, BoxedMatcher(matcher))
            }
        case .list(let lookup, let matcher):
            guard let list = QuickList(lookup.path, matcher, &slots) else { return nil }
            self = .list(list)
        case .expression(let expression):
            guard expression.table != nil else { return nil }
            self = .expression(expression, groups: expression.groups.reduce(0) { $0 | $1.bit })
        }
    }

    private static func each(_ parts: [Condition], _ slots: inout Slots) -> [QuickCheck] {
        var checks: [QuickCheck] = []
        for part in parts { if let quick = QuickCheck(part, &slots) { checks.append(quick) } }
        return checks
    }

    func outcome(for evidence: Evidence) -> QuickOutcome {
        switch self {
        case .integer(let slot, let integer): return integer.outcome(for: evidence.quickValues[slot])
        case .boolean(let slot, let wanted):
            guard case .bool(let value) = evidence.quickValues[slot] else { return .open }
            return value == wanted ? .pass : .fail
        case .scalar(let slot, let box):
            guard let value = evidence.values[slot] else { return .open }
            return box.outcome(for: value)
        case .selection(let selection): return selection.outcome(for: evidence)
        case .list(let list): return list.outcome(for: evidence)
        case .expression(let expression, let groups):
            guard evidence.capturedGroups & groups == groups, case .success(let holds) = expression.holds(for: evidence)
            else { return .open }
            return holds ? .pass : .fail
        case .all(let parts):
            var result = QuickOutcome.pass
            for part in parts {
                switch part.outcome(for: evidence) {
                case .pass: break
                case .fail: return .fail
                case .open: result = .open
                }
            }
            return result
        case .any(let parts):
            var result = QuickOutcome.fail
            for part in parts {
                switch part.outcome(for: evidence) {
                case .pass: result = .pass
                case .fail: break
                // It may pass with a note, which has to be told.
                case .open: return .open
                }
            }
            return result
        case .not(let part):
            return switch part.outcome(for: evidence) {
            case .pass: .fail
            case .fail: .pass
            case .open: .open
            }
        }
    }
}

/// A slot's value without anything to retain.
enum QuickValue: Sendable {
    case bool(Bool)
    case integer(Int64)
    case other

    init(_ value: SettingValue??) {
        switch value {
        case .some(.some(.bool(let value))): self = .bool(value)
        case .some(.some(.integer(let value))): self = .integer(value)
        case .some, .none: self = .other
        }
    }
}

/// A matcher of integers that is one range.
struct QuickInteger: Sendable {
    private enum Zero: Sendable {
        case number, passes, fails, isOpen
    }

    private let range: ClosedRange<Int64>
    private let legalRange: ClosedRange<Int64>
    private let zero: Zero

    init?(_ matcher: ScalarMatcher) {
        guard matcher.accepted == .integer, !matcher.coercesToInteger, !matcher.tests.isEmpty else { return nil }
        var low = Int64.min
        var high = Int64.max
        for test in matcher.tests {
            switch test {
            case .equals(.integer(let value)):
                low = max(low, value)
                high = min(high, value)
            case .atLeast(.integer(let bound)): low = max(low, bound)
            case .atMost(.integer(let bound)): high = min(high, bound)
            case .greaterThan(.integer(let bound)): low = max(low, bound == .max ? bound : bound + 1)
            case .lessThan(.integer(let bound)): high = min(high, bound == .min ? bound : bound - 1)
            case .between(.integer(let from), .integer(let to)):
                low = max(low, from)
                high = min(high, to)
            default: return nil
            }
        }
        guard low <= high else { return nil }
        range = low...high
        legalRange = matcher.legalRange ?? Int64.min...Int64.max
        zero =
            switch matcher.zero {
            case .violates?: .fails
            case .satisfies?: .passes
            case nil: matcher.zeroMeaning == nil ? .number : .isOpen
            }
    }

    func outcome(for value: QuickValue) -> QuickOutcome {
        guard case .integer(let value) = value, legalRange.contains(value) else { return .open }
        if value == 0 {
            switch zero {
            case .number: break
            case .passes: return .pass
            case .fails: return .fail
            case .isOpen: return .open
            }
        }
        return range.contains(value) ? .pass : .fail
    }
}

/// Any other matcher of one value; a class, so that walking conditions copies none.
final class BoxedMatcher: Sendable {
    let matcher: ScalarMatcher

    init(_ matcher: ScalarMatcher) { self.matcher = matcher }

    func outcome(for value: SettingValue?) -> QuickOutcome {
        switch matcher.reason(for: value) {
        case .satisfied: matcher.leavesZeroOpen(for: value) ? .open : .pass
        case .violated, .zero: matcher.leavesZeroOpen(for: value) ? .open : .fail
        case .absent, .null, .wrongType, .outOfRange, .notCaptured, .error: .open
        }
    }
}

extension ScalarMatcher {
    /// The boolean that it asks for, where it asks for nothing else.
    fileprivate var onlyBoolean: Bool? {
        guard tests.count == 1, accepted == .bool, case .equals(.bool(let value)) = tests[0] else { return nil }
        return value
    }
}

extension SettingsGroup {
    /// The group's place in a set of groups.
    var bit: UInt8 {
        switch self {
        case .internal: 1
        case .settings: 2
        case .messaging: 4
        case .voicePool: 8
        case .countries: 16
        }
    }
}
