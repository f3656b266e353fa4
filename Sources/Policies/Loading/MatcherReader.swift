internal import AuditModel

/// Reads what stands beside a path, and holds it against the setting's type.
struct MatcherReader {
    static let scalarNames = ScalarWord.allCases.map(\.rawValue)
    static let listNames = ListWord.allCases.map(\.rawValue)
    static let modifierNames = ModifierWord.allCases.map(\.rawValue)

    let rule: String
    let path: String
    let definition: SettingDefinition?
    let isWhen: Bool
    let isNegated: Bool
    let defaults: RuleDefaults
    var parameters: ParameterTable
    var log: MistakeLog

    var place: String { "'\(path)' in \(rule)" }

    // MARK: Scalars

    mutating func scalarMatcher(of node: YAMLNode, at keyPlace: SourcePlace) -> ScalarMatcher? {
        guard definition?.type != .list || node.entries == nil else {
            return listWithoutEach(node)
        }
        return scalarMatcher(of: node, at: keyPlace, definition: definition, name: place)
    }

    mutating func scalarMatcher(
        of node: YAMLNode, at keyPlace: SourcePlace, definition: SettingDefinition?, name: String
    ) -> ScalarMatcher? {
        let errorsBefore = log.diagnostics.count { $0.severity == .error }
        var matcher = ScalarMatcher()
        matcher.absentPasses = isWhen ? false : defaults.absentPasses
        matcher.nullPasses = isWhen ? false : defaults.nullPasses
        matcher.legalRange = definition?.legalRange
        matcher.zeroMeaning = definition?.zeroMeaning
        matcher.caveat = definition?.caveat
        if let entries = node.entries {
            guard let fields = matcherFields(of: node, entries, name: name, isList: false) else { return nil }
            readModifiers(fields, into: &matcher, definition: definition)
            for entry in entries {
                guard let test = test(entry, coerces: matcher.coercesToInteger, definition: definition) else {
                    continue
                }
                matcher.tests.append(test)
            }
            if !fields.keys.contains(where: Self.scalarNames.contains), isUnharmed(since: errorsBefore) {
                log.error(.noMatcher(in: name), at: node.place)
            }
        } else if let value = literal(node, definition: definition, coerces: false) {
            matcher.tests = [.equals(value)]
        }
        guard isUnharmed(since: errorsBefore) else { return nil }
        matcher.comparesNull = matcher.tests.contains { $0.names(.null) }
        matcher.accepted = accepted(by: matcher, definition: definition)
        matcher.expected = matcher.describedTests
        warnOfOpenZero(matcher, at: keyPlace)
        return matcher
    }

    /// Whether no error has come since there were so many.
    func isUnharmed(since errors: Int) -> Bool {
        log.diagnostics.count { $0.severity == .error } == errors
    }

    private mutating func listWithoutEach(_ node: YAMLNode) -> ScalarMatcher? {
        log.error(
            .listMatcherWithoutEach(node.entries?.first?.key ?? "equals"),
            at: node.entries?.first?.keyPlace ?? node.place)
        return nil
    }

    /// The fields of a matcher; names of the language that do not belong here have their own sentences.
    mutating func matcherFields(
        of node: YAMLNode, _ entries: [YAMLNode.Entry], name: String, isList: Bool
    ) -> [String: YAMLNode.Entry]? {
        let own = isList ? Self.listNames : Self.scalarNames
        let other = isList ? Self.scalarNames : Self.listNames
        let modifiers = (isList ? ModifierWord.ofLists : ModifierWord.ofScalars).map(\.rawValue)
        var isGood = true
        var rest: [YAMLNode.Entry] = []
        for entry in entries {
            switch entry.key {
            case "cel": log.error(.expressionInMatcher, at: entry.keyPlace)
            case _ where other.contains(entry.key):
                log.error(
                    isList ? .scalarMatcherAfterEach(entry.key) : .listMatcherWithoutEach(entry.key),
                    at: entry.keyPlace)
            case _ where Self.modifierNames.contains(entry.key) && !modifiers.contains(entry.key):
                log.error(.modifierOutOfPlace(entry.key, isList: isList), at: entry.keyPlace)
            default:
                rest.append(entry)
                continue
            }
            isGood = false
        }
        var known = node
        known.kind = .mapping(rest)
        let fields = log.fields(of: known, "the matcher of \(name)", known: own + modifiers)
        return isGood ? fields : nil
    }

    private mutating func readModifiers(
        _ fields: [String: YAMLNode.Entry], into matcher: inout ScalarMatcher, definition: SettingDefinition?
    ) {
        for name in ["absent", "null", "zero"] where isNegated {
            if let entry = fields[name] { log.warning(.modifierUnderNot(name, path: path), at: entry.keyPlace) }
        }
        if let word = log.word(fields["absent"]?.value, "'absent'", as: PassOrFail.self) {
            matcher.absentPasses = word == .pass
        }
        if let word = log.word(fields["null"]?.value, "'null'", as: PassOrFail.self) {
            matcher.nullPasses = word == .pass
        }
        if let entry = fields["zero"], let word = log.word(entry.value, "'zero'", as: ZeroWord.self) {
            matcher.zero = word == .violates ? .violates : .satisfies
            if let definition, !ModifierWord.zero.fits(definition.type) {
                log.error(.modifierMismatch("zero", path: path, type: definition.type.name), at: entry.keyPlace)
            }
        }
        if let entry = fields["coerce"], log.word(entry.value, "'coerce'", as: CoerceWord.self) != nil {
            matcher.coercesToInteger = true
            if let definition, !ModifierWord.coerce.fits(definition.type) {
                log.error(.modifierMismatch("coerce", path: path, type: definition.type.name), at: entry.keyPlace)
            }
        }
    }

    private mutating func test(
        _ entry: YAMLNode.Entry, coerces: Bool, definition: SettingDefinition?
    ) -> ScalarMatcher.Test? {
        guard let word = ScalarWord(rawValue: entry.key) else { return nil }
        switch word {
        case .equals: return literal(entry.value, definition: definition, coerces: coerces).map { .equals($0) }
        case .notEquals: return literal(entry.value, definition: definition, coerces: coerces).map { .notEquals($0) }
        case .in: return literals(entry, definition: definition, coerces: coerces).map { .isIn($0) }
        case .notIn: return literals(entry, definition: definition, coerces: coerces).map { .notIn($0) }
        case .atLeast: return bound(entry, coerces: coerces, definition: definition).map { .atLeast($0) }
        case .atMost: return bound(entry, coerces: coerces, definition: definition).map { .atMost($0) }
        case .greaterThan: return bound(entry, coerces: coerces, definition: definition).map { .greaterThan($0) }
        case .lessThan: return bound(entry, coerces: coerces, definition: definition).map { .lessThan($0) }
        case .between:
            guard orderable(entry, coerces: coerces, definition: definition),
                let (low, high) = range(entry.value)
            else { return nil }
            return .between(low, high)
        case .matches: return pattern(entry, coerces: coerces, definition: definition).map { .matches($0) }
        }
    }

    private func accepted(by matcher: ScalarMatcher, definition: SettingDefinition?) -> JSONTypes {
        var types: JSONTypes
        if matcher.coercesToInteger {
            types = .integer
        } else if let definition {
            types = definition.type.jsonTypes
        } else {
            types = matcher.tests.reduce(into: []) { $0.formUnion($1.comparableTypes) }
        }
        if matcher.comparesNull { types.insert(.null) }
        return types
    }

    private mutating func warnOfOpenZero(_ matcher: ScalarMatcher, at keyPlace: SourcePlace) {
        guard let meaning = matcher.zeroMeaning, matcher.zero == nil,
            !matcher.tests.contains(where: { $0.names(.integer(0)) })
        else { return }
        let zeroHolds = matcher.tests.allSatisfy { $0.holds(for: .integer(0)) }
        if zeroHolds != isNegated { log.warning(.zeroIsOpen(path, meaning: meaning), at: keyPlace) }
    }
}

extension ScalarMatcher.Test {
    /// Whether the test states this very value.
    func names(_ value: SettingValue) -> Bool {
        switch self {
        case .equals(let other), .notEquals(let other): other == value
        case .isIn(let others), .notIn(let others): others.contains(value)
        case .between(let low, let high): low.value == value || high.value == value
        case .atLeast(let bound), .atMost(let bound), .greaterThan(let bound), .lessThan(let bound):
            bound.value == value
        case .matches: false
        }
    }

    /// The types that the test can tell apart, where the catalogue knows none.
    var comparableTypes: JSONTypes {
        switch self {
        case .equals(let value), .notEquals(let value): JSONTypes(comparableWith: value)
        case .isIn(let values), .notIn(let values):
            values.reduce(into: []) { $0.formUnion(JSONTypes(comparableWith: $1)) }
        case .atLeast, .atMost, .between, .greaterThan, .lessThan: .anyNumber
        case .matches: .string
        }
    }
}

extension Bound {
    var value: SettingValue {
        switch self {
        case .integer(let value): .integer(value)
        case .number(let value): .number(value)
        }
    }
}

extension SettingDefinition.ValueType {
    /// The types that a value of this setting can have.
    var jsonTypes: JSONTypes {
        switch self {
        case .boolean: .bool
        case .integer: .integer
        case .string, .openEnumeration, .integerText: .string
        case .list: .array
        }
    }
}
