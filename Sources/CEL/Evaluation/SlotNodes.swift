/// A reference that is read.
final class SlotNode: Node {
    let index: Int
    let reference: Reference
    private let absentError: EvaluationError

    init(_ index: Int, _ reference: Reference, at place: SourceRange) {
        self.index = index
        self.reference = reference
        absentError = EvaluationError(.noSuchKey(reference.path.last ?? reference.variable), at: place)
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        switch frame.slots[index] {
        case .value(let value): return value
        case .absent: throw absentError
        case .failed(let error): throw error
        }
    }

    func path(_ frame: inout Frame) -> OperandPath? { OperandPath(reference) }
}

/// `has` of a reference.
final class PresenceSlotNode: BooleanNode {
    private let index: Int
    private let reference: Reference

    init(_ index: Int, _ reference: Reference) {
        self.index = index
        self.reference = reference
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        switch frame.slots[index] {
        case .value(.optional(let optional)) where reference.path.isEmpty == false:
            frame.trace?.record(OperandPath(reference), .value(.optional(optional)))
            return optional.value != nil
        case .value(let value):
            frame.trace?.record(OperandPath(reference), .value(value))
            return true
        case .absent:
            frame.trace?.record(OperandPath(reference), .absent)
            return false
        case .failed(let error): throw error
        }
    }
}
