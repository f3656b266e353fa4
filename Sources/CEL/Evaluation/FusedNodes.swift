// What rules do most: compare one setting with one constant. The value is looked at where it lies, and the general way is
// taken only where it is of another type.

/// `setting < 5`
final class ConstantOrderNode: BooleanNode {
    private let operation: OrderOperator
    private let index: Int
    private let bound: Int64
    private let general: OrderNode

    init(_ operation: OrderOperator, _ slot: SlotNode, _ bound: Int64, _ general: OrderNode) {
        self.operation = operation
        index = slot.index
        self.bound = bound
        self.general = general
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        if case .value(.int(let value)) = frame.slots[index] { return operation.holds(value, bound) }
        return try general.evaluateBool(&frame)
    }
}

/// `setting == 5`, `setting != 'text'`
final class ConstantEqualityNode: BooleanNode {
    private let slot: SlotNode
    private let constant: Value
    private let isNegated: Bool

    /// Nil where the constant is no scalar.
    init?(_ slot: SlotNode, _ constant: Value, isNegated: Bool) {
        switch constant {
        case .null, .bool, .int, .string: break
        default: return nil
        }
        self.slot = slot
        self.constant = constant
        self.isNegated = isNegated
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        guard case .value(let value) = frame.slots[slot.index] else {
            return try slot.evaluate(&frame).isEqual(to: constant) != isNegated
        }
        switch (value, constant) {
        case (.int(let value), .int(let constant)): return (value == constant) != isNegated
        case (.bool(let value), .bool(let constant)): return (value == constant) != isNegated
        default: return value.isEqual(to: constant) != isNegated
        }
    }
}
