/// `all`, `exists`: one element can decide, whatever went wrong with others.
final class QuantifierNode: BooleanNode {
    private let iteration: Iteration
    private let condition: any Node
    private let isExistential: Bool

    init(_ iteration: Iteration, _ condition: any Node, isExistential: Bool) {
        self.iteration = iteration
        self.condition = condition
        self.isExistential = isExistential
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        let elements = try iteration.elements(&frame)
        var failure: EvaluationError?
        for index in 0..<elements.count {
            try iteration.bind(index, of: elements, &frame)
            do throws(EvaluationError) {
                if try condition.evaluateBool(&frame) == isExistential { return isExistential }
            } catch {
                if error.isLimit { throw error }
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return !isExistential
    }
}

extension EvaluationError {
    /// Whether nothing more may be evaluated.
    var isLimit: Bool {
        switch cause {
        case .tooManySteps, .tooMuchBuilt: true
        default: false
        }
    }
}

/// `exists_one`: no error is absorbed.
final class ExistsOneNode: BooleanNode {
    private let iteration: Iteration
    private let condition: any Node

    init(_ iteration: Iteration, _ condition: any Node) {
        self.iteration = iteration
        self.condition = condition
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        let elements = try iteration.elements(&frame)
        var count = 0
        for index in 0..<elements.count {
            try iteration.bind(index, of: elements, &frame)
            if try condition.evaluateBool(&frame) { count += 1 }
        }
        return count == 1
    }
}

/// `map`, `filter`, `transformList`
final class ListTransformNode: Node {
    private let iteration: Iteration
    private let condition: (any Node)?
    private let result: any Node

    init(_ iteration: Iteration, condition: (any Node)?, result: any Node) {
        self.iteration = iteration
        self.condition = condition
        self.result = result
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let elements = try iteration.elements(&frame)
        var values: [Value] = []
        for index in 0..<elements.count {
            try iteration.bind(index, of: elements, &frame)
            if let condition, !(try condition.evaluateBool(&frame)) { continue }
            try frame.build(elements: 1)
            values.append(try result.evaluate(&frame))
        }
        return .list(ListValue(values))
    }
}

/// `transformMap`, `transformMapEntry`
final class MapTransformNode: Node {
    private let iteration: Iteration
    private let condition: (any Node)?
    private let result: any Node
    private let givesEntries: Bool

    init(_ iteration: Iteration, condition: (any Node)?, result: any Node, givesEntries: Bool) {
        self.iteration = iteration
        self.condition = condition
        self.result = result
        self.givesEntries = givesEntries
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let elements = try iteration.elements(&frame)
        var builder = MapBuilder()
        for index in 0..<elements.count {
            try iteration.bind(index, of: elements, &frame)
            if let condition, !(try condition.evaluateBool(&frame)) { continue }
            let value = try result.evaluate(&frame)
            do throws(EvaluationError) {
                guard givesEntries else {
                    try builder.insert(value, at: key(index, of: elements), &frame)
                    continue
                }
                guard case .map(let entries) = value else { throw EvaluationError.noOverload(iteration.name, value) }
                for index in 0..<entries.count {
                    let key = entries.key(at: index)
                    try builder.insert(entries[key] ?? .null, at: key, &frame)
                }
            } catch {
                throw error.located(at: iteration.place)
            }
        }
        return .map(builder.map)
    }

    private func key(_ index: Int, of elements: Iteration.Elements) -> Value {
        switch elements {
        case .list: .int(Int64(index))
        case .map(let map): map.key(at: index)
        }
    }
}

/// `sortBy`
final class SortByNode: Node {
    private let iteration: Iteration
    private let key: any Node

    init(_ iteration: Iteration, key: any Node) {
        self.iteration = iteration
        self.key = key
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let elements = try iteration.elements(&frame)
        guard case .list(let list) = elements else {
            throw EvaluationError(.noSuchOverload("sortBy", ["map"]), at: iteration.place)
        }
        var keys: [Value] = []
        for index in 0..<list.count {
            try iteration.bind(index, of: elements, &frame)
            keys.append(try key.evaluate(&frame))
        }
        let order: [Int]
        do throws(EvaluationError) {
            order = try Library.sortedIndices(keys, "sortBy", &frame)
        } catch {
            throw error.located(at: iteration.place)
        }
        return .list(ListValue(order.map { list[$0] }))
    }
}
