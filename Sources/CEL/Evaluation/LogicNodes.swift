final class NotNode: BooleanNode {
    private let operand: any Node

    init(_ operand: any Node) {
        self.operand = operand
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool { !(try operand.evaluateBool(&frame)) }
}

/// `a && b`: false where any operand is, else the first error, else true; `a || b`: true where any operand is, else the first
/// error, else false.
final class LogicNode: BooleanNode {
    private let first: any Node
    private let second: any Node
    // Most have two operands; a list would cost a reference count for each look at it.
    private let others: [any Node]
    /// What one operand decides: false for `&&`, true for `||`.
    private let decisive: Bool

    /// - Parameter operands: two or more.
    init(_ operands: [any Node], decisive: Bool) {
        first = operands[0]
        second = operands[1]
        others = Array(operands.dropFirst(2))
        self.decisive = decisive
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        var failure: EvaluationError?
        do throws(EvaluationError) {
            if try first.evaluateBool(&frame) == decisive { return decisive }
        } catch {
            if error.isLimit { throw error }
            failure = error
        }
        do throws(EvaluationError) {
            if try second.evaluateBool(&frame) == decisive { return decisive }
        } catch {
            if error.isLimit { throw error }
            failure = failure ?? error
        }
        if !others.isEmpty, try isDecided(&frame, &failure) { return decisive }
        if let failure { throw failure }
        return !decisive
    }

    private func isDecided(_ frame: inout Frame, _ failure: inout EvaluationError?) throws(EvaluationError) -> Bool {
        for operand in others {
            do throws(EvaluationError) {
                if try operand.evaluateBool(&frame) == decisive { return true }
            } catch {
                if error.isLimit { throw error }
                failure = failure ?? error
            }
        }
        return false
    }
}

final class ConditionalNode: Node {
    private let condition: any Node
    private let yes: any Node
    private let no: any Node

    init(_ condition: any Node, _ yes: any Node, _ no: any Node) {
        self.condition = condition
        self.yes = yes
        self.no = no
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        try condition.evaluateBool(&frame) ? yes.evaluate(&frame) : no.evaluate(&frame)
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        try condition.evaluateBool(&frame) ? yes.evaluateBool(&frame) : no.evaluateBool(&frame)
    }
}
