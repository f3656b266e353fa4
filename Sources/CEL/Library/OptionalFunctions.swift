extension Library {
    private static let optionalA = ValueType.optional(a)

    static let optionals: [Function] = [
        Function(
            "optional.none", [.global([], optionalA)], .many { (_, _) throws(EvaluationError) in .optional(.none) }),
        Function(
            "optional.of", [.global([a], optionalA)],
            .one { (value, _) throws(EvaluationError) in .optional(OptionalValue(value)) }),
        Function(
            "optional.ofNonZeroValue", [.global([a], optionalA)],
            .one { (value, _) throws(EvaluationError) in .optional(value.isZero ? .none : OptionalValue(value)) }),
        Function(
            "hasValue", [.member([optionalA], .bool)],
            .one { (value, _) throws(EvaluationError) in
                guard case .optional(let optional) = value else { throw EvaluationError.noOverload("hasValue", value) }
                return .bool(optional.value != nil)
            }),
        Function(
            "value", [.member([optionalA], a)],
            .one { (value, _) throws(EvaluationError) in
                guard case .optional(let optional) = value else { throw EvaluationError.noOverload("value", value) }
                guard let inner = optional.value else { throw EvaluationError(.emptyOptional) }
                return inner
            }),
        // These two are nodes of their own, which evaluate the second argument only where it is needed.
        Function(
            "or", [.member([optionalA, optionalA], optionalA)], .two { (value, _, _) throws(EvaluationError) in value }),
        Function("orValue", [.member([optionalA, a], a)], .two { (value, _, _) throws(EvaluationError) in value }),
        Function(
            "optional.unwrap", [.global([.list(optionalA)], .list(a))],
            .one { (value, frame) throws(EvaluationError) in try unwrap("optional.unwrap", value, &frame) }),
        Function(
            "unwrapOpt", [.member([.list(optionalA)], .list(a))],
            .one { (value, frame) throws(EvaluationError) in try unwrap("unwrapOpt", value, &frame) }),
        Function(
            "first", [.member([.list(a)], optionalA)],
            .one { (value, _) throws(EvaluationError) in
                guard case .list(let list) = value else { throw EvaluationError.noOverload("first", value) }
                return .optional(OptionalValue(list.isEmpty ? nil : list[0]))
            }),
        Function(
            "last", [.member([.list(a)], optionalA)],
            .one { (value, _) throws(EvaluationError) in
                guard case .list(let list) = value else { throw EvaluationError.noOverload("last", value) }
                return .optional(OptionalValue(list.isEmpty ? nil : list[list.count - 1]))
            }),
    ]

    /// The values of a list's optionals that have one.
    private static func unwrap(
        _ name: String, _ value: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .list(let list) = value else { throw EvaluationError.noOverload(name, value) }
        try frame.build(elements: list.count)
        var values: [Value] = []
        for index in 0..<list.count {
            guard case .optional(let optional) = list[index] else {
                throw EvaluationError.noOverload(name, list[index])
            }
            if let inner = optional.value { values.append(inner) }
        }
        return .list(ListValue(values))
    }
}

extension Value {
    /// Whether this is its type's zero value: null, false, 0, or empty.
    var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .int(let value): value == 0
        case .uint(let value): value == 0
        case .double(let value): value == 0
        case .string(let value): value.isEmpty
        case .bytes(let value): value.isEmpty
        case .list(let value): value.isEmpty
        case .map(let value): value.isEmpty
        case .duration(let value): value.nanoseconds == 0
        case .timestamp(let value): value.seconds == 0 && value.nanoseconds == 0
        case .optional(let value): value.value == nil
        case .type, .opaque: false
        }
    }
}
