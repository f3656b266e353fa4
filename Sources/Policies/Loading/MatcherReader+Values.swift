internal import AuditModel
internal import LinearRegex

extension MatcherReader {
    /// A value to compare with, its `$` put in and its type held against the setting's.
    mutating func literal(_ node: YAMLNode, definition: SettingDefinition?, coerces: Bool) -> SettingValue? {
        guard let value = parameters.resolved(node, in: rule, log: &log),
            isComparable(value, node, definition: definition, coerces: coerces)
        else { return nil }
        return value
    }

    /// A list of values to compare with.
    mutating func literals(
        _ entry: YAMLNode.Entry, definition: SettingDefinition?, coerces: Bool
    ) -> [SettingValue]? {
        guard let resolved = parameters.resolved(entry.value, in: rule, log: &log) else { return nil }
        guard case .array(let values) = resolved else {
            log.error(
                .expected("'\(entry.key)'", what: "a list", found: described(resolved, entry.value)),
                at: entry.value.place)
            return nil
        }
        var isGood = true
        for (index, value) in values.enumerated() {
            let node = entry.value.elements.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? entry.value
            if !isComparable(value, node, definition: definition, coerces: coerces) { isGood = false }
            // One sentence for a whole list that comes from a parameter.
            if !isGood, entry.value.elements == nil { break }
        }
        return isGood ? values : nil
    }

    mutating func bound(_ entry: YAMLNode.Entry, coerces: Bool, definition: SettingDefinition?) -> Bound? {
        guard orderable(entry, coerces: coerces, definition: definition) else { return nil }
        return bound(entry.value, of: entry.key)
    }

    mutating func bound(_ node: YAMLNode, of matcher: String) -> Bound? {
        guard let value = parameters.resolved(node, in: rule, log: &log) else { return nil }
        switch value {
        case .integer(let value): return .integer(value)
        case .number(let value): return .number(value)
        case .null, .bool, .string, .array, .object:
            log.error(.expected("'\(matcher)'", what: "a number", found: described(value, node)), at: node.place)
            return nil
        }
    }

    /// A regular expression of RE2 syntax, for a setting that is text.
    mutating func pattern(_ entry: YAMLNode.Entry, coerces: Bool, definition: SettingDefinition?) -> LinearPattern? {
        if let definition, !definition.type.jsonTypes.contains(.string) {
            log.error(.notText(entry.key, path: path, type: definition.type.name), at: entry.keyPlace)
            return nil
        }
        if coerces {
            log.error(.patternOfInteger(path), at: entry.keyPlace)
            return nil
        }
        guard let value = parameters.resolved(entry.value, in: rule, log: &log) else { return nil }
        guard case .string(let text) = value else {
            log.error(
                .expected("'matches'", what: "a regular expression", found: described(value, entry.value)),
                at: entry.value.place)
            return nil
        }
        do {
            return try LinearPattern(text)
        } catch {
            let isLiteral = entry.value.string.map { $0.isIdentical(to: text) } ?? false
            let place =
                isLiteral
                ? log.source.place(ofCharacter: error.scalarOffset, in: text, startingAt: entry.value.place)
                : entry.value.place
            log.error(.badPattern(error.description), at: place)
            return nil
        }
    }

    /// The two numbers of `between`, of which the first is not above the second.
    mutating func range(_ node: YAMLNode) -> (Bound, Bound)? {
        guard let value = parameters.resolved(node, in: rule, log: &log) else { return nil }
        let bounds = (value.arrayValue ?? []).compactMap { element -> Bound? in
            switch element {
            case .integer(let value): .integer(value)
            case .number(let value): .number(value)
            case .null, .bool, .string, .array, .object: nil
            }
        }
        guard bounds.count == 2, value.arrayValue?.count == 2 else {
            log.error(
                .expected("'between'", what: "a list of two numbers", found: described(value, node)), at: node.place)
            return nil
        }
        if let order = bounds[1].order(of: bounds[0].value), order > 0 {
            log.error(.emptyRange(bounds[0].text, bounds[1].text), at: node.place)
            return nil
        }
        return (bounds[0], bounds[1])
    }

    /// Whether the setting is a number at all, or text that is read as one.
    mutating func orderable(_ entry: YAMLNode.Entry, coerces: Bool, definition: SettingDefinition?) -> Bool {
        guard let definition, !MatcherOperand.bound.fits(definition.type, coerces: coerces) else { return true }
        log.error(
            .matcherMismatch(
                entry.key, path: path, type: definition.type.name, hintsAtCoerce: definition.type == .integerText),
            at: entry.keyPlace)
        return false
    }

    private mutating func isComparable(
        _ value: SettingValue, _ node: YAMLNode, definition: SettingDefinition?, coerces: Bool
    ) -> Bool {
        guard let definition, value != .null else { return true }
        let types: JSONTypes = coerces ? .integer : definition.type.jsonTypes
        guard types.contains(JSONTypes(of: value)) else {
            log.error(
                .valueMismatch(
                    described(value, node), path: path, type: definition.type.name,
                    hintsAtCoerce: definition.type == .integerText && !coerces), at: node.place)
            return false
        }
        if case .openEnumeration(let words) = definition.type, let text = value.stringValue, !words.contains(text) {
            log.warning(.unknownWord(text, path: path), at: node.place, suggestion: NearestName.to(text, among: words))
        }
        return true
    }

    private func described(_ value: SettingValue, _ node: YAMLNode) -> String {
        let text = CanonicalJSON.text(of: value)
        let shown = text.count > 60 ? String(text.prefix(60)) + "…" : text
        return node.string?.hasPrefix("$") == true ? "\(node.string ?? ""), which is \(shown)" : shown
    }

    // MARK: Lists

    mutating func listMatcher(of node: YAMLNode, at keyPlace: SourcePlace) -> ListMatcher? {
        let errorsBefore = log.diagnostics.count { $0.severity == .error }
        guard let entries = node.entries else {
            log.error(
                .expected("'\(path)' in \(rule)", what: "a list matcher, as {each: …}", found: node.kindName),
                at: node.place)
            return nil
        }
        guard let fields = matcherFields(of: node, entries, name: place, isList: true) else { return nil }
        var matcher = ListMatcher()
        matcher.absentPasses = isWhen ? false : defaults.absentPasses
        matcher.nullPasses = isWhen ? false : defaults.nullPasses
        matcher.legalRange = definition?.legalRange
        matcher.caveat = definition?.caveat
        if let word = log.word(fields["absent"]?.value, "'absent'", as: PassOrFail.self) {
            matcher.absentPasses = word == .pass
        }
        if let word = log.word(fields["null"]?.value, "'null'", as: PassOrFail.self) {
            matcher.nullPasses = word == .pass
        }
        matcher.emptyPasses = log.word(fields["empty"]?.value, "'empty'", as: PassOrFail.self).map { $0 == .pass }
        for entry in entries {
            guard let test = listTest(entry, matcher: &matcher) else { continue }
            matcher.tests.append(test)
        }
        if !fields.keys.contains(where: Self.listNames.contains), isUnharmed(since: errorsBefore) {
            log.error(.noMatcher(in: place), at: node.place)
        }
        guard isUnharmed(since: errorsBefore) else { return nil }
        matcher.accepted = accepted(by: matcher)
        let open = ListWord.allCases.first { $0.isOpenForEmptyLists && fields[$0.rawValue] != nil }
        if let open, fields[ListWord.size.rawValue] == nil, matcher.emptyPasses == nil {
            log.warning(.emptyIsOpen(path, matcher: open.rawValue), at: keyPlace)
        }
        return matcher
    }

    private mutating func listTest(_ entry: YAMLNode.Entry, matcher: inout ListMatcher) -> ListMatcher.Test? {
        guard let word = ListWord(rawValue: entry.key) else { return nil }
        switch word {
        case .subsetOf: return literals(entry, definition: definition, coerces: false).map { .subsetOf($0) }
        case .supersetOf: return literals(entry, definition: definition, coerces: false).map { .supersetOf($0) }
        case .containsNone: return literals(entry, definition: definition, coerces: false).map { .containsNone($0) }
        case .contains: return literal(entry.value, definition: definition, coerces: false).map { .supersetOf([$0]) }
        case .unique:
            if let value = entry.value.bool { return .unique(value) }
            log.error(.expected("'unique'", what: "true or false", found: entry.value.kindName), at: entry.value.place)
            return nil
        case .size:
            return scalarMatcher(of: entry.value, at: entry.keyPlace, definition: Self.size, name: "'size' of \(place)")
                .map { .size($0) }
        case .each:
            guard let each = scalarMatcher(of: entry.value, at: entry.keyPlace, definition: definition, name: place)
            else { return nil }
            // What the elements' matcher says of absent and null members holds for the list's elements.
            matcher.absentPasses = matcher.absentPasses || each.absentPasses
            matcher.nullPasses = matcher.nullPasses || each.nullPasses
            return .each(each)
        }
    }

    private func accepted(by matcher: ListMatcher) -> JSONTypes {
        guard matcher.looksAtValues else { return [] }
        var types: JSONTypes = []
        for test in matcher.tests {
            switch test {
            case .subsetOf(let values), .supersetOf(let values), .containsNone(let values):
                for value in values { types.formUnion(JSONTypes(comparableWith: value)) }
            case .each(let each): types.formUnion(each.coercesToInteger ? [.string, .integer] : each.accepted)
            case .unique, .size: break
            }
        }
        guard let definition, !types.contains(.string) || !types.contains(.integer) else { return types }
        return definition.type.jsonTypes.union(types.intersection(.null))
    }

    /// A list's size, as if it were a setting: an integer from 0.
    private static let size: SettingDefinition? = {
        var size = SettingsCatalogue.definition(at: SettingPath(.internal, key: "callRecordingDays"))
        size?.caveat = nil
        size?.zeroMeaning = nil
        return size
    }()
}
