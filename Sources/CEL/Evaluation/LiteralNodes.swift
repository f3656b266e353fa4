/// `[a, ?b]`
final class ListNode: Node {
    private let elements: [(node: any Node, isOptional: Bool)]
    private let place: SourceRange

    init(_ elements: [(node: any Node, isOptional: Bool)], at place: SourceRange) {
        self.elements = elements
        self.place = place
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        try frame.build(elements: elements.count)
        var values: [Value] = []
        values.reserveCapacity(elements.count)
        for (node, isOptional) in elements {
            let value = try node.evaluate(&frame)
            guard isOptional else {
                values.append(value)
                continue
            }
            guard case .optional(let optional) = value else {
                throw EvaluationError.noOverload("[?_]", value).located(at: place)
            }
            if let value = optional.value { values.append(value) }
        }
        return .list(ListValue(values))
    }
}

/// `{a: b, ?c: d}`
final class MapNode: Node {
    struct Entry: Sendable {
        let key: any Node
        let value: any Node
        let isOptional: Bool
    }

    private let entries: [Entry]
    private let place: SourceRange

    init(_ entries: [Entry], at place: SourceRange) {
        self.entries = entries
        self.place = place
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        var builder = MapBuilder()
        for entry in entries {
            let key = try entry.key.evaluate(&frame)
            var value = try entry.value.evaluate(&frame)
            if entry.isOptional {
                guard case .optional(let optional) = value else {
                    throw EvaluationError.noOverload("{?_: _}", value).located(at: place)
                }
                guard let inner = optional.value else { continue }
                value = inner
            }
            do throws(EvaluationError) {
                try builder.insert(value, at: key, &frame)
            } catch {
                throw error.located(at: place)
            }
        }
        return .map(builder.map)
    }
}

extension MapBuilder {
    /// Adds an entry, whose size is counted.
    mutating func insert(_ value: Value, at key: Value, _ frame: inout Frame) throws(EvaluationError) {
        try frame.build(elements: 3)
        guard let mapKey = MapKey(key) else { throw EvaluationError(.badKey(key.typeName.name)) }
        guard insert(value, at: mapKey, key) else { throw EvaluationError(.repeatedKey(key.shortText)) }
    }
}
