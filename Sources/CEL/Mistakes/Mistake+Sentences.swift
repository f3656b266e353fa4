// All that is said about a text's mistakes. A sentence says what is wrong and how to mend it.

extension Mistake {
    /// What is wrong and how to mend it, in one or two sentences without a place.
    public var sentence: String { cause.sentence }

    /// The sentence without the known name that was most likely meant, for who shows ``suggestion`` apart.
    public var statement: String {
        let hint = cause.hint(suggestion)
        return sentence.hasSuffix(hint) ? String(sentence.dropLast(hint.count)) : sentence
    }

    /// The known name that was most likely meant.
    public var suggestion: String? {
        switch cause {
        case .undeclaredName(_, let nearest), .undeclaredField(_, _, let nearest), .unknownFunction(_, let nearest):
            nearest
        default: nil
        }
    }
}

extension MistakeCause {
    var sentence: String {
        switch self {
        case .tooLong(let count):
            "the expression has \(count) bytes; at most \(Parser.maximumLength) are read"
        case .tooDeep: "the expression is nested more than \(Parser.maximumDepth) deep"
        case .unexpectedCharacter(let text): "'\(text)' means nothing here"
        case .unterminatedText: "the text has no closing quotation mark"
        case .badEscape(let text):
            "'\(text)' is no escape sequence; write '\\\\' for a backslash, or put r before the text"
        case .noCodePoint(let text): "'\(text)' is no Unicode code point"
        case .badNumber(let text): "'\(text)' is no number"
        case .numberOutOfRange(let type): "the number is beyond the range of \(type)"
        case .badQuotedIdentifier:
            "a name between backticks has letters, digits, '_', '.', '-', '/' and spaces, and a closing backtick"
        case .reservedWord(let word): "'\(word)' is a reserved word and cannot be a name"
        case .unexpected(let found, let expected): "\(found) stands where \(expected) should"
        case .messageLiteral: "messages cannot be written here; write a map: {'field': value}"
        case .badPresence: "has() asks for a field: has(a.b)"
        case .badVariable(let macro): "the variable of \(macro)() must be a plain name"
        case .repeatedVariable(let name, let macro): "both variables of \(macro)() are called '\(name)'"
        case .undeclaredName(let name, let nearest): "unknown name '\(name)'" + hint(nearest)
        case .undeclaredField(let field, let object, let nearest): "\(object) has no field '\(field)'" + hint(nearest)
        case .unknownFunction(let name, let nearest): "unknown function '\(name)'" + hint(nearest)
        case .notAMember(let name): "'\(name)' is not called on a value; write \(name)(x)"
        case .onlyAMember(let name): "'\(name)' is called on a value; write x.\(name)()"
        case .wrongArity(let name, let given, let expected):
            "'\(name)' takes \(alternatives(expected.map(String.init))) \(expected == [1] ? "argument" : "arguments"), not \(given)"
        case .typesTooLarge: "the types of the expression are too large to check; make it simpler"
        case .noOverload(let name, let types):
            "'\(name)' is not defined for (\(types.map(\.said).joined(separator: ", ")))"
        case .incomparable(let symbol, let left, let right):
            "\(left.said) and \(right.said) cannot be compared with '\(symbol)'" + conversion(left, right)
        case .noOrder(let symbol, let type): "'\(symbol)' has no order for \(type.said)"
        case .badOperands(let symbol, let left, let right):
            "'\(symbol)' is not defined for \(left.said) and \(right.said)" + conversion(left, right)
        case .notBoolean(let place, let type): "\(place) must be bool, not \(type.said)"
        case .wrongResult(let type, let wanted): "the result must be \(wanted.said), not \(type.said)"
        case .noFields(let type, let field): "\(type.said) has no fields, so there is no '\(field)' in it"
        case .notIndexable(let type): "\(type.said) has no elements to take by [ ]"
        case .badIndex(let index, let type): "\(type.said) cannot be indexed by \(index.said)"
        case .notIterable(let macro, let type): "\(macro)() goes over a list or a map, not \(type.said)"
        case .badMember(let element, let type): "\(element.said) cannot be in \(type.said)"
        case .badKey(let type): "a map's keys are int, uint, bool or string, not \(type.said)"
        case .notOptional(let name, let type): "\(name) is for optional values, not \(type.said)"
        case .differentResults(let yes, let no):
            "'?:' gives \(yes.said) or \(no.said); both results must be of one type"
        case .badPattern(let reason): "the pattern is no regular expression: \(reason)"
        case .badArgument(let function, let reason): "\(function)() \(reason)"
        }
    }

    fileprivate func hint(_ nearest: String?) -> String { nearest.map { "; did you mean '\($0)'?" } ?? "" }

    private func alternatives(_ words: [String]) -> String {
        words.count < 2
            ? words.joined() : words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
    }

    /// How two types of number are brought together: as doubles, if one is.
    private func conversion(_ left: ValueType, _ right: ValueType) -> String {
        let numbers: [ValueType] = [.double, .int, .uint]
        let (left, right) = (left.withoutNull, right.withoutNull)
        guard left != right, numbers.contains(left), numbers.contains(right),
            let common = numbers.first(where: { $0 == left || $0 == right })
        else { return "" }
        return "; convert one: \(common)(x)"
    }
}

extension ValueType {
    /// The type in a sentence, where it does not matter that the value can be null.
    fileprivate var said: String {
        switch self {
        case .nullable(let wrapped): wrapped.said
        case .list(let element): "list(\(element.said))"
        case .map(let key, let value): "map(\(key.said), \(value.said))"
        case .optional(let wrapped): "optional_type(\(wrapped.said))"
        case .parameter: "dyn"
        default: description
        }
    }

    fileprivate var withoutNull: ValueType {
        if case .nullable(let wrapped) = self { wrapped } else { self }
    }
}
