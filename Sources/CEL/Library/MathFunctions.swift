extension Library {
    static let maths: [Function] = [
        Function(
            "math.greatest", [],
            .many { (values, frame) throws(EvaluationError) in
                try extreme("math.greatest", values, .greater, &frame)
            }),
        Function(
            "math.least", [],
            .many { (values, frame) throws(EvaluationError) in
                try extreme("math.least", values, .less, &frame)
            }),
        rounding("math.ceil") { $0.rounded(.up) },
        rounding("math.floor") { $0.rounded(.down) },
        rounding("math.round") { $0.rounded(.toNearestOrAwayFromZero) },
        rounding("math.trunc") { $0.rounded(.towardZero) },
        test("math.isNaN") { $0.isNaN },
        test("math.isInf") { $0.isInfinite },
        test("math.isFinite") { $0.isFinite },
        Function("math.abs", [.int, .uint, .double].map { .global([$0], $0) }, .one(absolute)),
        Function("math.sign", [.int, .uint, .double].map { .global([$0], $0) }, .one(sign)),
        Function("math.sqrt", [.int, .uint, .double].map { .global([$0], .double) }, .one(squareRoot)),
    ]

    private static func rounding(_ name: String, _ body: @escaping @Sendable (Double) -> Double) -> Function {
        Function(
            name, [.global([.double], .double)],
            .one { (value, _) throws(EvaluationError) in
                guard case .double(let number) = value else { throw EvaluationError.noOverload(name, value) }
                return .double(body(number))
            })
    }

    private static func test(_ name: String, _ body: @escaping @Sendable (Double) -> Bool) -> Function {
        Function(
            name, [.global([.double], .bool)],
            .one { (value, _) throws(EvaluationError) in
                guard case .double(let number) = value else { throw EvaluationError.noOverload(name, value) }
                return .bool(body(number))
            })
    }

    /// The greatest or least of numbers of any types, or of one list of them; the first of equal ones.
    private static func extreme(
        _ name: String, _ values: [Value], _ wanted: ValueOrder, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        var values = values
        if values.count == 1, case .list(let list) = values[0] {
            try frame.spend(list.count)
            values = list.elements
        }
        guard let first = values.first else {
            throw EvaluationError(.badArgument(name, "there is nothing to choose from"))
        }
        var best = first
        for value in values {
            guard let order = value.numericOrder(to: best) else { throw EvaluationError.noOverload(name, value) }
            if order == wanted { best = value }
        }
        return best
    }

    @Sendable private static func absolute(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        switch value {
        case .int(.min): throw EvaluationError(.overflow("math.abs"))
        case .int(let number): return .int(abs(number))
        case .uint: return value
        case .double(let number): return .double(number.magnitude)
        default: throw EvaluationError.noOverload("math.abs", value)
        }
    }

    @Sendable private static func sign(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        switch value {
        case .int(let number): return .int(number.signum())
        case .uint(let number): return .uint(number == 0 ? 0 : 1)
        case .double(let number): return .double(number > 0 ? 1 : number < 0 ? -1 : number.isNaN ? .nan : 0)
        default: throw EvaluationError.noOverload("math.sign", value)
        }
    }

    @Sendable private static func squareRoot(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        switch value {
        case .int(let number): return .double(Double(number).squareRoot())
        case .uint(let number): return .double(Double(number).squareRoot())
        case .double(let number): return .double(number.squareRoot())
        default: throw EvaluationError.noOverload("math.sqrt", value)
        }
    }
}
