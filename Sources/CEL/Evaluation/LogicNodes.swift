final class NotNode: BooleanNode {
    private let operand: any Node

    init(_ operand: any Node) {
        self.operand = operand
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool { !(try operand.evaluateBool(&frame)) }
}

/// `a && b && …`: false where any operand is, else the first error, else true.
final class AndNode: BooleanNode {
    private let operands: [any Node]

    init(_ operands: [any Node]) {
        self.operands = operands
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        var failure: EvaluationError?
        for operand in operands {
            do throws(EvaluationError) {
                if !(try operand.evaluateBool(&frame)) { return false }
            } catch {
                if error.isLimit { throw error }
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return true
    }
}

/// `a || b || …`: true where any operand is, else the first error, else false.
final class OrNode: BooleanNode {
    private let operands: [any Node]

    init(_ operands: [any Node]) {
        self.operands = operands
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        var failure: EvaluationError?
        for operand in operands {
            do throws(EvaluationError) {
                if try operand.evaluateBool(&frame) { return true }
            } catch {
                if error.isLimit { throw error }
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
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
