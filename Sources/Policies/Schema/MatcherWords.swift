internal import AuditModel

/// The words of a `check` or `when` that are no paths.
enum ConditionWord: String, CaseIterable {
    case all, any, not, cel

    var meaning: String {
        switch self {
        case .all: "Every one of these conditions holds."
        case .any: "One of these conditions holds, or several."
        case .not: "This condition does not hold. A value that is not there stays a failure."
        case .cel:
            "An expression of the Common Expression Language that must be true. It may name the five groups, client, params and now."
        }
    }

    var shape: ValueShape {
        switch self {
        case .all, .any: .list(of: .definition("condition"), atLeast: 1)
        case .not: .definition("condition")
        case .cel: .text()
        }
    }
}

/// What a matcher compares with.
enum MatcherOperand {
    /// One value of the setting's type.
    case value
    /// A list of values of the setting's type.
    case values
    /// A number.
    case bound
    /// A list of two numbers.
    case range
    /// A regular expression.
    case pattern

    /// Whether a setting of a type can be compared so; a setting of a type that nobody knows can.
    func fits(_ type: SettingDefinition.ValueType?, coerces: Bool) -> Bool {
        guard let type else { return self != .pattern || !coerces }
        switch self {
        case .value, .values: return true
        case .bound, .range: return type == .integer || coerces && ModifierWord.coerce.fits(type)
        case .pattern: return type.jsonTypes.contains(.string) && !coerces
        }
    }
}

/// The matchers of one value.
enum ScalarWord: String, CaseIterable {
    case equals, notEquals, `in`, notIn, atLeast, atMost, between, greaterThan, lessThan, matches

    var operand: MatcherOperand {
        switch self {
        case .equals, .notEquals: .value
        case .in, .notIn: .values
        case .atLeast, .atMost, .greaterThan, .lessThan: .bound
        case .between: .range
        case .matches: .pattern
        }
    }

    var meaning: String {
        switch self {
        case .equals: "The value is this one, and of its type."
        case .notEquals: "The value is another one, but of the right type."
        case .in: "The value is one of these."
        case .notIn: "The value is none of these."
        case .atLeast: "The number is this or more."
        case .atMost: "The number is this or less."
        case .between: "The number is from the first to the second, both included."
        case .greaterThan: "The number is more than this."
        case .lessThan: "The number is less than this."
        case .matches: "The regular expression (RE2 syntax) is found in the text; ^ and $ hold it to the whole."
        }
    }
}

/// The matchers of a list, after `[*]`.
enum ListWord: String, CaseIterable {
    case subsetOf, supersetOf, contains, containsNone, unique, size, each

    /// Whether an empty list passes without being looked at, so that the rule should say what it means.
    var isOpenForEmptyLists: Bool {
        switch self {
        case .subsetOf, .containsNone, .each: true
        case .supersetOf, .contains, .unique, .size: false
        }
    }

    var meaning: String {
        switch self {
        case .subsetOf: "Every element is one of these."
        case .supersetOf: "Each of these is among the elements."
        case .contains: "This is among the elements."
        case .containsNone: "None of these is among the elements."
        case .unique: "true: no two elements are alike. false: some are."
        case .size: "A matcher of the number of elements."
        case .each: "A matcher that every element must satisfy."
        }
    }
}

/// What a matcher says besides.
enum ModifierWord: String, CaseIterable {
    case absent, null, zero, coerce, empty

    static let ofScalars: [ModifierWord] = [.absent, .null, .zero, .coerce]
    static let ofLists: [ModifierWord] = [.absent, .null, .empty]

    /// Whether it can stand beside a setting of a type.
    func fits(_ type: SettingDefinition.ValueType) -> Bool {
        switch self {
        case .absent, .null, .empty: true
        case .zero: [.integer, .integerText].contains(type)
        case .coerce: [.string, .integerText].contains(type)
        }
    }

    var words: [String] {
        switch self {
        case .absent, .null, .empty: PassOrFail.allCases.map(\.rawValue)
        case .zero: ZeroWord.allCases.map(\.rawValue)
        case .coerce: CoerceWord.allCases.map(\.rawValue)
        }
    }

    var meaning: String {
        switch self {
        case .absent: "What a key that is not there means; fail where nothing is said."
        case .null: "What null means; fail where nothing is said."
        case .zero: "What 0 means, where it may mean \"off\"; arithmetic decides where nothing is said."
        case .coerce: "int: text that is a whole number is compared as that number."
        case .empty: "What an empty list means to every matcher but size."
        }
    }
}

/// What 0 means.
enum ZeroWord: String, CaseIterable {
    case violates, satisfies
}

/// What text is read as.
enum CoerceWord: String, CaseIterable {
    case int
}
