/// Reads an expression; tells everything that is wrong, and goes on after a mistake where it can.
struct Parser {
    /// The longest text that is read, in bytes of UTF-8.
    static let maximumLength = 16 * 1024
    /// The deepest nesting that is read.
    static let maximumDepth = 256

    private let tokens: [Token]
    private var position = 0
    private var nesting = 0
    private(set) var count = 0
    var mistakes: [(cause: MistakeCause, place: SourceRange)]

    /// Reads a text; the number of expressions in the tree is at `count`.
    static func parse(_ source: String) -> (
        expression: Expression, count: Int, mistakes: [(cause: MistakeCause, place: SourceRange)]
    ) {
        let bytes = Array(source.utf8)
        guard bytes.count <= maximumLength else {
            let place = SourceRange(0, bytes.count)
            return (
                Expression(id: 0, place: place, depth: 0, kind: .invalid), 1, [(.tooLong(bytes.count), place)]
            )
        }
        var lexer = Lexer(bytes)
        let tokens = lexer.tokens()
        var parser = Parser(tokens: tokens, mistakes: lexer.mistakes)
        let expression = parser.wholeExpression()
        return (expression, parser.count, parser.mistakes)
    }

    private init(tokens: [Token], mistakes: [(cause: MistakeCause, place: SourceRange)]) {
        self.tokens = tokens
        self.mistakes = mistakes
    }

    var token: Token { tokens[position] }

    mutating func advance() {
        if position < tokens.count - 1 { position += 1 }
    }

    /// Takes a symbol where it comes next.
    mutating func take(_ symbol: Token.Symbol) -> Bool {
        guard token.kind == .symbol(symbol) else { return false }
        advance()
        return true
    }

    func isNext(_ symbol: Token.Symbol, after distance: Int = 0) -> Bool {
        position + distance < tokens.count && tokens[position + distance].kind == .symbol(symbol)
    }

    /// The end of the last word that was taken.
    var lastEnd: Int { position > 0 ? tokens[position - 1].place.end : 0 }

    mutating func report(_ cause: MistakeCause, at place: SourceRange) {
        mistakes.append((cause, place))
    }

    /// Makes an expression; one that is nested too deep is told once and cut off.
    mutating func make(_ kind: Expression.Kind, _ place: SourceRange) -> Expression {
        let made = Expression(id: count, place: place, depth: 0, kind: kind)
        let depth = 1 + (made.children.map(\.depth).max() ?? 0)
        count += 1
        guard depth <= Self.maximumDepth else {
            if !mistakes.contains(where: { $0.cause == .tooDeep }) { report(.tooDeep, at: place) }
            return Expression(id: made.id, place: place, depth: 0, kind: .invalid)
        }
        return Expression(id: made.id, place: place, depth: depth, kind: kind)
    }

    private mutating func wholeExpression() -> Expression {
        let expression = expression()
        if token.kind != .end {
            if token.kind != .invalid { report(.unexpected(describe(token), expected: "the end"), at: token.place) }
        }
        return expression
    }

    /// `a ? b : c`, and whatever binds tighter.
    mutating func expression() -> Expression {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= Self.maximumDepth else {
            if !mistakes.contains(where: { $0.cause == .tooDeep }) { report(.tooDeep, at: token.place) }
            position = tokens.count - 1
            return make(.invalid, token.place)
        }
        let condition = logical(.or)
        guard token.kind == .symbol(.question) else { return condition }
        advance()
        let yes = logical(.or)
        guard take(.colon) else {
            unexpected(expected: "':' and the other result")
            return make(.conditional(condition, yes, make(.invalid, token.place)), condition.place.through(yes.place))
        }
        let no = expression()
        return make(.conditional(condition, yes, no), condition.place.through(no.place))
    }

    /// Operands joined by `||`, or by `&&`; as one flat list, for a long one is not deep.
    private mutating func logical(_ symbol: Token.Symbol) -> Expression {
        var operands = [symbol == .or ? logical(.and) : binary(atLeast: 0)]
        while take(symbol) { operands.append(symbol == .or ? logical(.and) : binary(atLeast: 0)) }
        guard operands.count > 1 else { return operands[0] }
        let place = operands[0].place.through(operands[operands.count - 1].place)
        return make(symbol == .or ? .or(operands) : .and(operands), place)
    }

    private static let operators: [Token.Symbol: (operation: Expression.BinaryOperator, precedence: Int)] = [
        .equal: (.equal, 0), .notEqual: (.notEqual, 0), .less: (.less, 0), .lessOrEqual: (.lessOrEqual, 0),
        .greater: (.greater, 0), .greaterOrEqual: (.greaterOrEqual, 0), .inWord: (.within, 0), .plus: (.add, 1),
        .minus: (.subtract, 1), .times: (.multiply, 2), .slash: (.divide, 2), .percent: (.remainder, 2),
    ]

    private mutating func binary(atLeast precedence: Int) -> Expression {
        var left = unary()
        while case .symbol(let symbol) = token.kind, let (operation, own) = Self.operators[symbol], own >= precedence {
            advance()
            let right = binary(atLeast: own + 1)
            left = make(.binary(operation, left, right), left.place.through(right.place))
        }
        return left
    }

    private mutating func unary() -> Expression {
        let start = token.place
        guard token.kind == .symbol(.not) || token.kind == .symbol(.minus) else { return member() }
        // A loop, for signs can come in long rows.
        var signs: [(symbol: Token.Symbol, place: SourceRange)] = []
        let symbol: Token.Symbol = token.kind == .symbol(.not) ? .not : .minus
        while token.kind == .symbol(symbol) {
            signs.append((symbol, token.place))
            advance()
        }
        var operand: Expression
        if symbol == .minus, let negative = negativeNumber() {
            signs.removeLast()
            operand = suffixes(of: negative)
        } else if symbol == .not, take(.minus) {
            // `!-1`: the sign belongs to the number; a sign before anything else does not go with '!'.
            if let negative = negativeNumber() {
                operand = suffixes(of: negative)
            } else {
                position -= 1
                unexpected(expected: "an operand")
                operand = make(.invalid, start)
            }
        } else if token.kind == .symbol(.not) {
            unexpected(expected: "an operand")
            operand = make(.invalid, start)
        } else {
            operand = member()
        }
        for sign in signs.reversed() {
            let place = sign.place.through(operand.place)
            operand = make(sign.symbol == .not ? .not(operand) : .negate(operand), place)
        }
        return operand
    }

    /// A number right after a minus sign that was taken: the sign is the number's own, or −2^63 could not be written.
    private mutating func negativeNumber() -> Expression? {
        let literal: Expression.Literal
        switch token.kind {
        case .int(let magnitude) where magnitude <= Int64.min.magnitude:
            literal = .int(magnitude == Int64.min.magnitude ? .min : -Int64(magnitude))
        case .double(let value): literal = .double(-value)
        default: return nil
        }
        let place = SourceRange(tokens[position - 1].place.start, token.place.end)
        advance()
        return make(.literal(literal), place)
    }

    /// Says what stands where something else should, and skips to where reading can go on.
    mutating func unexpected(expected: String) {
        if token.kind != .invalid { report(.unexpected(describe(token), expected: expected), at: token.place) }
        var open = 0
        while token.kind != .end {
            switch token.kind {
            case .symbol(.openBrace), .symbol(.openBracket), .symbol(.openParenthesis): open += 1
            case .symbol(.closeBrace), .symbol(.closeBracket), .symbol(.closeParenthesis):
                if open == 0 { return }
                open -= 1
            case .symbol(.comma), .symbol(.and), .symbol(.or), .symbol(.colon): if open == 0 { return }
            default: break
            }
            advance()
        }
    }

    func describe(_ token: Token) -> String {
        switch token.kind {
        case .end: "the end of the expression"
        case .identifier(let name), .reserved(let name): "'\(name)'"
        case .quotedIdentifier(let name): "'`\(name)`'"
        case .symbol(let symbol): "'\(symbol.rawValue)'"
        case .int, .uint, .double: "a number"
        case .string: "a string"
        case .bytes: "bytes"
        case .invalid: "something unreadable"
        }
    }
}
