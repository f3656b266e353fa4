/// A part of a program that can be evaluated.
///
/// Final classes behind a protocol: a call costs one indirection, and no box is made.
protocol Node: AnyObject, Sendable {
    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value
    /// The value where it must be a bool.
    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool
    /// Where in the variables the value comes from, if it is read from there as it is; asked only while tracing.
    func path(_ frame: inout Frame) -> OperandPath?
}

extension Node {
    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        let value = try evaluate(&frame)
        guard case .bool(let result) = value else { throw EvaluationError.noOverload("bool", value) }
        return result
    }

    func path(_ frame: inout Frame) -> OperandPath? { nil }
}

/// A node whose value is always a bool.
protocol BooleanNode: Node {}

extension BooleanNode {
    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value { .bool(try evaluateBool(&frame)) }
}

final class ConstantNode: Node {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value { value }
}

/// What cannot be evaluated, for a reason that was clear when the program was made.
final class FailureNode: Node {
    private let error: EvaluationError

    init(_ cause: EvaluationError.Cause, at place: SourceRange) {
        error = EvaluationError(cause, at: place)
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value { throw error }
}

/// A name that a macro bound.
final class LocalNode: Node {
    let index: Int

    init(_ index: Int) {
        self.index = index
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value { frame.locals[index] }

    func path(_ frame: inout Frame) -> OperandPath? { frame.trace?.localPaths[index] ?? nil }
}

/// `cel.bind`
final class BindNode: Node {
    let local: Int
    let value: any Node
    let result: any Node

    init(local: Int, value: any Node, result: any Node) {
        self.local = local
        self.value = value
        self.result = result
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        frame.locals[local] = try value.evaluate(&frame)
        if frame.trace != nil {
            let path = value.path(&frame)
            frame.trace?.localPaths[local] = path
        }
        return try result.evaluate(&frame)
    }
}
