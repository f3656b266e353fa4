/// `a == b`, `a != b`
final class EqualityNode: BooleanNode {
    private let left: any Node
    private let right: any Node
    private let isNegated: Bool

    init(_ left: any Node, _ right: any Node, isNegated: Bool) {
        self.left = left
        self.right = right
        self.isNegated = isNegated
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        let one = try left.evaluate(&frame)
        let other = try right.evaluate(&frame)
        if case .int(let one) = one, case .int(let other) = other { return (one == other) != isNegated }
        return try frame.areEqual(one, other) != isNegated
    }
}

/// `<`, `<=`, `>`, `>=`
enum OrderOperator: String, Sendable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="

    @inline(__always)
    func holds<T: Comparable>(_ left: T, _ right: T) -> Bool {
        switch self {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }

    func holds(_ order: ValueOrder) -> Bool {
        switch (self, order) {
        case (.less, .less), (.lessOrEqual, .less), (.lessOrEqual, .equal), (.greater, .greater),
            (.greaterOrEqual, .greater), (.greaterOrEqual, .equal):
            true
        default: false
        }
    }

    /// The operator for exchanged operands.
    var mirrored: OrderOperator {
        switch self {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }
}

final class OrderNode: BooleanNode {
    private let operation: OrderOperator
    private let left: any Node
    private let right: any Node
    private let place: SourceRange

    init(_ operation: OrderOperator, _ left: any Node, _ right: any Node, at place: SourceRange) {
        self.operation = operation
        self.left = left
        self.right = right
        self.place = place
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        let one = try left.evaluate(&frame)
        let other = try right.evaluate(&frame)
        if case .int(let one) = one, case .int(let other) = other { return operation.holds(one, other) }
        if case .string(let text) = one { try frame.spend(bytes: text.utf8.count) }
        guard let order = one.order(to: other) else {
            throw EvaluationError.noOverload(operation.rawValue, one, other).located(at: place)
        }
        return operation.holds(order)
    }
}

/// `a in b`
final class MembershipNode: BooleanNode {
    private let element: any Node
    private let container: any Node
    private let place: SourceRange

    init(_ element: any Node, _ container: any Node, at place: SourceRange) {
        self.element = element
        self.container = container
        self.place = place
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        let value = try element.evaluate(&frame)
        let container = try container.evaluate(&frame)
        switch container {
        case .list(let list): return try frame.contains(list, value)
        case .map(let map): return map[value] != nil
        default: throw EvaluationError.noOverload("in", value, container).located(at: place)
        }
    }
}

/// `a in [1, 2, 3, …]` with a list that is long, constant, and of values that can be keys.
final class ConstantMembershipNode: BooleanNode {
    private let element: any Node
    private let keys: Set<MapKey>

    /// The shortest list for which a set is faster than looking at each element.
    static let minimumCount = 8

    /// Nil where the list has an element that cannot be a key, or an integer that equals a double only by rounding.
    init?(_ element: any Node, _ list: ListValue) {
        var keys: Set<MapKey> = []
        for index in 0..<list.count {
            guard let key = MapKey(lookingUp: list[index]) else { return nil }
            switch key {
            case .int(let number) where number.magnitude >= 1 << 53: return nil
            case .uint: return nil
            case .int, .bool, .string: keys.insert(key)
            }
        }
        self.element = element
        self.keys = keys
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        guard let key = MapKey(lookingUp: try element.evaluate(&frame)) else { return false }
        return keys.contains(key)
    }
}
