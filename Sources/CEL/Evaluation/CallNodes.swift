final class UnaryCallNode: Node {
    private let body: Implementation.One
    private let argument: any Node
    private let place: SourceRange

    init(_ body: @escaping Implementation.One, _ argument: any Node, at place: SourceRange) {
        self.body = body
        self.argument = argument
        self.place = place
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let value = try argument.evaluate(&frame)
        do throws(EvaluationError) {
            return try body(value, &frame)
        } catch {
            throw error.located(at: place)
        }
    }
}

final class BinaryCallNode: Node {
    private let body: Implementation.Two
    private let first: any Node
    private let second: any Node
    private let place: SourceRange

    init(_ body: @escaping Implementation.Two, _ first: any Node, _ second: any Node, at place: SourceRange) {
        self.body = body
        self.first = first
        self.second = second
        self.place = place
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let one = try first.evaluate(&frame)
        let other = try second.evaluate(&frame)
        do throws(EvaluationError) {
            return try body(one, other, &frame)
        } catch {
            throw error.located(at: place)
        }
    }
}

final class TernaryCallNode: Node {
    private let body: Implementation.Three
    private let arguments: (any Node, any Node, any Node)
    private let place: SourceRange

    init(_ body: @escaping Implementation.Three, _ arguments: (any Node, any Node, any Node), at place: SourceRange) {
        self.body = body
        self.arguments = arguments
        self.place = place
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let first = try arguments.0.evaluate(&frame)
        let second = try arguments.1.evaluate(&frame)
        let third = try arguments.2.evaluate(&frame)
        do throws(EvaluationError) {
            return try body(first, second, third, &frame)
        } catch {
            throw error.located(at: place)
        }
    }
}

final class CallNode: Node {
    private let body: Implementation.Many
    private let arguments: [any Node]
    private let place: SourceRange

    init(_ body: @escaping Implementation.Many, _ arguments: [any Node], at place: SourceRange) {
        self.body = body
        self.arguments = arguments
        self.place = place
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        var values: [Value] = []
        values.reserveCapacity(arguments.count)
        for argument in arguments { values.append(try argument.evaluate(&frame)) }
        do throws(EvaluationError) {
            return try body(values, &frame)
        } catch {
            throw error.located(at: place)
        }
    }
}

/// `text.matches('pattern')` with a pattern that was read when the program was made.
final class MatchesNode: BooleanNode {
    private let text: any Node
    private let pattern: CompiledPattern
    private let place: SourceRange

    init(_ text: any Node, _ pattern: CompiledPattern, at place: SourceRange) {
        self.text = text
        self.pattern = pattern
        self.place = place
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        let value = try text.evaluate(&frame)
        guard case .string(let text) = value else {
            throw EvaluationError(.noSuchOverload("matches", [value.typeName.name, "string"]), at: place)
        }
        try frame.spend(bytes: text.utf8.count)
        return pattern.isMatch(in: text)
    }
}

/// `a.orValue(b)`, `a.or(b)`: the second is evaluated only where it is needed.
final class AlternativeNode: Node {
    private let optional: any Node
    private let alternative: any Node
    private let isUnwrapping: Bool
    private let place: SourceRange

    init(_ optional: any Node, _ alternative: any Node, isUnwrapping: Bool, at place: SourceRange) {
        self.optional = optional
        self.alternative = alternative
        self.isUnwrapping = isUnwrapping
        self.place = place
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let value = try optional.evaluate(&frame)
        guard case .optional(let optional) = value else {
            throw EvaluationError.noOverload(isUnwrapping ? "orValue" : "or", value).located(at: place)
        }
        if let inner = optional.value { return isUnwrapping ? inner : value }
        let other = try alternative.evaluate(&frame)
        if !isUnwrapping {
            guard case .optional = other else {
                throw EvaluationError.noOverload("or", value, other).located(at: place)
            }
        }
        return other
    }
}

/// `a.optMap(x, b)`, `a.optFlatMap(x, b)`
final class OptionalMapNode: Node {
    private let optional: any Node
    private let local: Int
    private let result: any Node
    private let isFlat: Bool
    private let place: SourceRange

    init(_ optional: any Node, local: Int, _ result: any Node, isFlat: Bool, at place: SourceRange) {
        self.optional = optional
        self.local = local
        self.result = result
        self.isFlat = isFlat
        self.place = place
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let value = try optional.evaluate(&frame)
        let name = isFlat ? "optFlatMap" : "optMap"
        guard case .optional(let optional) = value else {
            throw EvaluationError.noOverload(name, value).located(at: place)
        }
        guard let inner = optional.value else { return value }
        frame.locals[local] = inner
        frame.trace?.localPaths[local] = nil
        let mapped = try result.evaluate(&frame)
        guard isFlat else { return .optional(OptionalValue(mapped)) }
        guard case .optional = mapped else { throw EvaluationError.noOverload(name, value, mapped).located(at: place) }
        return mapped
    }
}
