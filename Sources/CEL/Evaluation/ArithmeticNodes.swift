final class NegationNode: Node {
    private let operand: any Node
    private let place: SourceRange

    init(_ operand: any Node, at place: SourceRange) {
        self.operand = operand
        self.place = place
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let value = try operand.evaluate(&frame)
        switch value {
        case .int(.min): throw EvaluationError(.overflow("-"), at: place)
        case .int(let value): return .int(-value)
        case .double(let value): return .double(-value)
        default: throw EvaluationError.noOverload("-", value).located(at: place)
        }
    }
}

final class ArithmeticNode: Node {
    private let operation: Expression.BinaryOperator
    private let left: any Node
    private let right: any Node
    private let place: SourceRange

    init(_ operation: Expression.BinaryOperator, _ left: any Node, _ right: any Node, at place: SourceRange) {
        self.operation = operation
        self.left = left
        self.right = right
        self.place = place
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let one = try left.evaluate(&frame)
        let other = try right.evaluate(&frame)
        do throws(EvaluationError) {
            return switch (one, other) {
            case (.int(let one), .int(let other)): .int(try integer(one, other))
            case (.uint(let one), .uint(let other)): .uint(try integer(one, other))
            case (.double(let one), .double(let other)): .double(try double(one, other))
            default: try notNumbers(one, other, &frame)
            }
        } catch {
            throw error.located(at: place)
        }
    }

    private func integer<Integer: FixedWidthInteger>(
        _ left: Integer, _ right: Integer
    ) throws(EvaluationError) -> Integer {
        let (result, overflow): (Integer, Bool)
        switch operation {
        case .add: (result, overflow) = left.addingReportingOverflow(right)
        case .subtract: (result, overflow) = left.subtractingReportingOverflow(right)
        case .multiply: (result, overflow) = left.multipliedReportingOverflow(by: right)
        case .divide:
            if right == 0 { throw EvaluationError(.divisionByZero) }
            (result, overflow) = left.dividedReportingOverflow(by: right)
        case .remainder:
            if right == 0 { throw EvaluationError(.remainderByZero) }
            (result, overflow) = left.remainderReportingOverflow(dividingBy: right)
        default: throw EvaluationError(.noSuchOverload(operation.rawValue, []))
        }
        if overflow { throw EvaluationError(.overflow(operation.rawValue)) }
        return result
    }

    private func double(_ left: Double, _ right: Double) throws(EvaluationError) -> Double {
        switch operation {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        case .divide: left / right
        default: throw EvaluationError(.noSuchOverload(operation.rawValue, ["double", "double"]))
        }
    }

    /// Texts, lists and times.
    private func notNumbers(_ left: Value, _ right: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        switch (operation, left, right) {
        case (.add, .string(let one), .string(let other)):
            try frame.build(one.utf8.count + other.utf8.count)
            return .string(one + other)
        case (.add, .bytes(let one), .bytes(let other)):
            try frame.build(one.count + other.count)
            return .bytes(one + other)
        case (.add, .list(let one), .list(let other)):
            try frame.build(elements: one.count + other.count)
            return .list(ListValue(one.elements + other.elements))
        case (.add, .timestamp(let time), .duration(let span)), (.add, .duration(let span), .timestamp(let time)):
            return try Self.timestamp(time.adding(span), "+")
        case (.subtract, .timestamp(let time), .duration(let span)):
            guard span.nanoseconds != .min else { throw EvaluationError(.overflow("-")) }
            return try Self.timestamp(time.adding(DurationValue(nanoseconds: -span.nanoseconds)), "-")
        case (.subtract, .timestamp(let one), .timestamp(let other)):
            guard let span = one.duration(since: other) else { throw EvaluationError(.overflow("-")) }
            return .duration(span)
        case (.add, .duration(let one), .duration(let other)), (.subtract, .duration(let one), .duration(let other)):
            return .duration(DurationValue(nanoseconds: try integer(one.nanoseconds, other.nanoseconds)))
        default: throw EvaluationError.noOverload(operation.rawValue, left, right)
        }
    }

    private static func timestamp(_ time: TimestampValue?, _ symbol: String) throws(EvaluationError) -> Value {
        guard let time else { throw EvaluationError(.overflow(symbol)) }
        return .timestamp(time)
    }
}
