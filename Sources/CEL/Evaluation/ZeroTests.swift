/// Finds what an expression holds against zero, so that a reader can be told where it leaves open what 0 is.
struct ZeroTests {
    private let planner: Planner
    private(set) var references: Set<Reference> = []

    init(_ expression: Expression, _ planner: Planner) {
        self.planner = planner
        walk(expression)
    }

    private mutating func walk(_ expression: Expression) {
        if case .binary(let operation, let left, let right) = expression.kind {
            if let reference = number(left), let bound = literal(right), tells(operation, bound) {
                references.insert(reference)
            }
            if let reference = number(right), let bound = literal(left), tells(operation.mirrored, bound) {
                references.insert(reference)
            }
        }
        for child in expression.children { walk(child) }
    }

    /// Whether a comparison with a bound is about 0, or leaves it out: an upper bound alone says nothing of it.
    private func tells(_ operation: Expression.BinaryOperator, _ bound: Double) -> Bool {
        switch operation {
        case .equal, .notEqual: bound == 0
        case .greater: bound >= 0
        case .greaterOrEqual: bound > 0
        case .lessOrEqual: bound >= 0 && bound < 1
        case .less: bound > 0 && bound <= 1
        case .within, .add, .subtract, .multiply, .divide, .remainder: false
        }
    }

    /// The chain of selections that an expression is, be it converted to another type of number.
    private func number(_ expression: Expression) -> Reference? {
        if let reference = planner.reference(expression) { return reference }
        guard case .call(let function, _, let arguments) = expression.kind, arguments.count == 1,
            ["int", "uint", "double"].contains(function)
        else { return nil }
        return number(arguments[0])
    }

    private func literal(_ expression: Expression) -> Double? {
        switch expression.kind {
        case .literal(.int(let value)): Double(value)
        case .literal(.uint(let value)): Double(value)
        case .literal(.double(let value)): value
        default: nil
        }
    }
}

extension Expression.BinaryOperator {
    /// The same comparison seen from the other side.
    fileprivate var mirrored: Self {
        switch self {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        case .equal, .notEqual, .within, .add, .subtract, .multiply, .divide, .remainder: self
        }
    }
}
