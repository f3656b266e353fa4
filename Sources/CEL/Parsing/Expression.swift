/// An expression as it was written, with macros recognised.
///
/// Its description is text of the language again, which reads as the same tree.
public struct Expression: Sendable {
    indirect enum Kind: Sendable {
        case literal(Literal)
        /// A name; rooted (`.y`) where it stands for the outermost scope alone.
        case identifier(String, isRooted: Bool)
        /// `a.b`, `a.?b`
        case select(Expression, field: String, isOptional: Bool)
        /// `has(a.b)`
        case presence(Expression, field: String)
        /// `a[b]`, `a[?b]`
        case index(Expression, Expression, isOptional: Bool)
        /// `f(a)`
        case call(function: String, isRooted: Bool, [Expression])
        /// `a.f(b)`, which may also turn out to be the function `a.f`
        case memberCall(Expression, function: String, [Expression])
        case not(Expression)
        case negate(Expression)
        case binary(BinaryOperator, Expression, Expression)
        /// Two or more operands of `&&`.
        case and([Expression])
        /// Two or more operands of `||`.
        case or([Expression])
        case conditional(Expression, Expression, Expression)
        case list([ListElement])
        case map([MapEntry])
        case comprehension(Comprehension)
        /// `cel.bind(name, value, result)`
        case bind(variable: String, Expression, Expression)
        /// `a.optMap(name, result)`, `a.optFlatMap(name, result)`
        case optionalMap(Expression, variable: String, Expression, isFlat: Bool)
        /// What could not be read; told already.
        case invalid
    }

    enum Literal: Sendable {
        case null
        case bool(Bool)
        case int(Int64)
        case uint(UInt64)
        case double(Double)
        case string(String)
        case bytes([UInt8])
    }

    enum BinaryOperator: String, Sendable {
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case within = "in"
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "/"
        case remainder = "%"
    }

    struct ListElement: Sendable {
        let value: Expression
        let isOptional: Bool
    }

    struct MapEntry: Sendable {
        let key: Expression
        let value: Expression
        let isOptional: Bool
    }

    struct Comprehension: Sendable {
        enum Kind: String, Sendable {
            case all
            case exists
            case existsOne = "exists_one"
            case map
            case filter
            case transformList
            case transformMap
            case transformMapEntry
            case sortBy
        }

        let kind: Kind
        let range: Expression
        /// The element or, of a map, the key; with a second name the index or key.
        let first: String
        /// The value, in the forms with two names.
        let second: String?
        /// What an element must hold, in `map`, `transformList` and `transformMap` with one argument more.
        let condition: Expression?
        let body: Expression
    }

    /// A number of its own within the tree, from 0.
    let id: Int
    /// Where it stands in the text.
    public let place: SourceRange
    /// Where the field or function after its last dot stands, which is what is wrong where there is none; nil without a dot.
    var namePlace: SourceRange?
    /// The length of the longest way down.
    let depth: Int
    let kind: Kind

    init(id: Int, place: SourceRange, depth: Int, kind: Kind) {
        self.id = id
        self.place = place
        self.depth = depth
        self.kind = kind
    }
}

extension Expression {
    /// The expressions right below this one, in the order of the text.
    var children: [Expression] {
        switch kind {
        case .literal, .identifier, .invalid: []
        case .select(let operand, _, _), .presence(let operand, _), .not(let operand), .negate(let operand): [operand]
        case .index(let left, let right, _), .binary(_, let left, let right), .bind(_, let left, let right),
            .optionalMap(let left, _, let right, _):
            [left, right]
        case .call(_, _, let arguments), .and(let arguments), .or(let arguments): arguments
        case .memberCall(let target, _, let arguments): [target] + arguments
        case .conditional(let condition, let yes, let no): [condition, yes, no]
        case .list(let elements): elements.map(\.value)
        case .map(let entries): entries.flatMap { [$0.key, $0.value] }
        case .comprehension(let it): [it.range] + (it.condition.map { [$0] } ?? []) + [it.body]
        }
    }
}
