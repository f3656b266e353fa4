extension Parser {
    /// A primary expression with its selections, indexes and calls.
    mutating func member() -> Expression {
        suffixes(of: primary())
    }

    mutating func suffixes(of primary: Expression) -> Expression {
        var operand = primary
        while true {
            switch token.kind {
            case .symbol(.dot):
                advance()
                guard let suffixed = selection(of: operand) else { return operand }
                operand = suffixed
            case .symbol(.openBracket):
                advance()
                let isOptional = take(.question)
                let index = expression()
                close(.closeBracket)
                operand = make(
                    .index(operand, index, isOptional: isOptional), SourceRange(operand.place.start, lastEnd))
            case .symbol(.openBrace):
                // The language's messages, which no JSON document has.
                guard operand.isQualifiedName else { return operand }
                report(.messageLiteral, at: operand.place.through(token.place))
                advance()
                _ = mapEntries()
                operand = make(.invalid, operand.place)
            default: return operand
            }
        }
    }

    private mutating func selection(of operand: Expression) -> Expression? {
        let isOptional = take(.question)
        let field: String
        var isQuoted = false
        switch token.kind {
        case .identifier(let name), .reserved(let name): field = name
        case .quotedIdentifier(let name):
            field = name
            isQuoted = true
        default:
            unexpected(expected: "a field's name")
            return nil
        }
        let name = token
        advance()
        if !isOptional, !isQuoted, take(.openParenthesis) {
            let arguments = arguments()
            let place = SourceRange(operand.place.start, lastEnd)
            if let macro = memberMacro(field, on: operand, arguments, at: place) { return macro }
            var call = make(.memberCall(operand, function: field, arguments), place)
            call.namePlace = name.place
            return call
        }
        var selection = make(
            .select(operand, field: field, isOptional: isOptional), SourceRange(operand.place.start, name.place.end))
        selection.namePlace = name.place
        return selection
    }

    private mutating func primary() -> Expression {
        let first = token
        switch first.kind {
        case .symbol(.dot), .identifier: return name()
        case .reserved(let name):
            report(.reservedWord(name), at: first.place)
            advance()
            // So that `for(x)` is told once.
            if take(.openParenthesis) { _ = arguments() }
            return make(.invalid, first.place)
        case .symbol(.openParenthesis):
            advance()
            let inner = expression()
            close(.closeParenthesis)
            return inner.at(SourceRange(first.place.start, lastEnd))
        case .symbol(.openBracket):
            advance()
            return list(from: first.place.start)
        case .symbol(.openBrace):
            advance()
            let entries = mapEntries()
            return make(.map(entries), SourceRange(first.place.start, lastEnd))
        default: break
        }
        let literal: Expression.Literal
        switch first.kind {
        case .symbol(.trueWord): literal = .bool(true)
        case .symbol(.falseWord): literal = .bool(false)
        case .symbol(.nullWord): literal = .null
        case .int(let magnitude):
            guard let value = Int64(exactly: magnitude) else {
                report(.numberOutOfRange("int"), at: first.place)
                advance()
                return make(.invalid, first.place)
            }
            literal = .int(value)
        case .uint(let value): literal = .uint(value)
        case .double(let value): literal = .double(value)
        case .string(let value): literal = .string(value)
        case .bytes(let value): literal = .bytes(value)
        case .invalid:
            advance()
            return make(.invalid, first.place)
        default:
            unexpected(expected: "an expression")
            return make(.invalid, first.place)
        }
        advance()
        return make(.literal(literal), first.place)
    }

    private mutating func name() -> Expression {
        let start = token.place.start
        let isRooted = take(.dot)
        guard case .identifier(let name) = token.kind else {
            let place = token.place
            if case .reserved(let word) = token.kind {
                report(.reservedWord(word), at: place)
                advance()
            } else {
                unexpected(expected: "a name")
            }
            return make(.invalid, place)
        }
        advance()
        guard take(.openParenthesis) else {
            return make(.identifier(name, isRooted: isRooted), SourceRange(start, lastEnd))
        }
        let arguments = arguments()
        let place = SourceRange(start, lastEnd)
        if !isRooted, let macro = globalMacro(name, arguments, at: place) { return macro }
        return make(.call(function: name, isRooted: isRooted, arguments), place)
    }

    /// What stands between parentheses, of which the first was taken.
    private mutating func arguments() -> [Expression] {
        var arguments: [Expression] = []
        if take(.closeParenthesis) { return [] }
        repeat { arguments.append(expression()) } while take(.comma)
        close(.closeParenthesis)
        return arguments
    }

    /// A list, of which the first bracket was taken; a comma may stand before the last one.
    private mutating func list(from start: Int) -> Expression {
        var elements: [Expression.ListElement] = []
        while token.kind != .symbol(.closeBracket), token.kind != .end {
            let isOptional = take(.question)
            elements.append(Expression.ListElement(value: expression(), isOptional: isOptional))
            if !take(.comma) { break }
        }
        close(.closeBracket)
        return make(.list(elements), SourceRange(start, lastEnd))
    }

    /// Entries of a map, of which the first brace was taken; a comma may stand before the last one.
    mutating func mapEntries() -> [Expression.MapEntry] {
        var entries: [Expression.MapEntry] = []
        while token.kind != .symbol(.closeBrace), token.kind != .end {
            let isOptional = take(.question)
            let key = expression()
            guard take(.colon) else {
                unexpected(expected: "':' and a value")
                if take(.comma) { continue }
                break
            }
            entries.append(Expression.MapEntry(key: key, value: expression(), isOptional: isOptional))
            if !take(.comma) { break }
        }
        close(.closeBrace)
        return entries
    }

    private mutating func close(_ symbol: Token.Symbol) {
        if take(symbol) { return }
        unexpected(expected: "'\(symbol.rawValue)'")
        // What the skipping stopped at may be the one that is missed.
        while take(.comma) || take(.colon) || take(.and) || take(.or) { unexpectedTail() }
        _ = take(symbol)
    }

    /// Skips on, without saying anything again.
    private mutating func unexpectedTail() {
        let told = mistakes
        unexpected(expected: "")
        mistakes = told
    }
}

extension Expression {
    /// The same at another place; parentheses belong to what they hold.
    func at(_ place: SourceRange) -> Expression {
        Expression(id: id, place: place, depth: depth, kind: kind)
    }

    /// Whether this is a name, or a chain of selections from one.
    var isQualifiedName: Bool {
        switch kind {
        case .identifier: true
        case .select(let operand, _, false): operand.isQualifiedName
        default: false
        }
    }

    /// The name of a plain identifier.
    var simpleName: String? {
        guard case .identifier(let name, isRooted: false) = kind else { return nil }
        return name
    }
}
