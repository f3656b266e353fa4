extension Library {
    private static let listA = ValueType.list(a)

    static let lists: [Function] = [
        Function("slice", [.member([listA, .int, .int], listA)], .three(slice)),
        Function(
            "flatten", [.member([.list(listA)], listA), .member([.list(.dyn)], .list(.dyn))],
            .one { (value, frame) throws(EvaluationError) in
                try flatten(value, .int(1), &frame)
            }),
        Function("flatten", [.member([.list(.dyn), .int], .list(.dyn))], .two(flatten)),
        Function("distinct", [.member([listA], listA)], .one(distinct)),
        Function("sort", [.member([listA], listA)], .one(sort)),
        Function("lists.range", [.global([.int], .list(.int))], .one(range)),
    ]

    @Sendable private static func slice(
        _ list: Value, _ start: Value, _ end: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .list(let elements) = list, case .int(let start) = start, case .int(let end) = end else {
            throw EvaluationError.noOverload("slice", list, start, end)
        }
        for index in [start, end] where index < 0 || index > Int64(elements.count) {
            throw EvaluationError(.indexOutOfRange(index, count: elements.count))
        }
        guard start <= end else {
            throw EvaluationError(.badArgument("slice", "the end \(end) is before the start \(start)"))
        }
        try frame.build(elements: Int(end - start))
        return .list(ListValue((Int(start)..<Int(end)).map { elements[$0] }))
    }

    @Sendable private static func flatten(
        _ list: Value, _ depth: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .list(let elements) = list, case .int(let depth) = depth else {
            throw EvaluationError.noOverload("flatten", list, depth)
        }
        guard depth >= 0 else { throw EvaluationError(.badArgument("flatten", "the depth \(depth) is negative")) }
        var result: [Value] = []
        try flatten(elements, depth, into: &result, &frame)
        return .list(ListValue(result))
    }

    private static func flatten(
        _ list: ListValue, _ depth: Int64, into result: inout [Value], _ frame: inout Frame
    ) throws(EvaluationError) {
        for index in 0..<list.count {
            try frame.spend(1)
            let element = list[index]
            if depth > 0, case .list(let inner) = element {
                try flatten(inner, depth - 1, into: &result, &frame)
            } else {
                try frame.build(elements: 1)
                result.append(element)
            }
        }
    }

    @Sendable private static func distinct(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        guard case .list(let list) = value else { throw EvaluationError.noOverload("distinct", value) }
        var known: Set<MapKey> = []
        var others: [Value] = []
        var result: [Value] = []
        for index in 0..<list.count {
            try frame.spend(1)
            let element = list[index]
            if let key = MapKey(lookingUp: element) {
                guard known.insert(key).inserted else { continue }
            } else {
                guard !(try frame.contains(ListValue(others), element)) else { continue }
                others.append(element)
            }
            try frame.build(elements: 1)
            result.append(element)
        }
        return .list(ListValue(result))
    }

    @Sendable private static func sort(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        guard case .list(let list) = value else { throw EvaluationError.noOverload("sort", value) }
        let order = try sortedIndices(list.elements, "sort", &frame)
        return .list(ListValue(order.map { list[$0] }))
    }

    /// The indices of values in the order of the values, equal ones as they came; all must be of one type that has an order.
    static func sortedIndices(
        _ values: [Value], _ name: String, _ frame: inout Frame
    ) throws(EvaluationError) -> [Int] {
        try frame.build(elements: values.count)
        if let first = values.first {
            for value in values where value.typeName != first.typeName || value.order(to: value) == nil {
                throw EvaluationError.noOverload(name, first, value)
            }
        }
        // n log n comparisons, each of texts as long as they are.
        let bytes = values.reduce(0) { sum, value in
            if case .string(let text) = value { return sum + text.utf8.count }
            return sum
        }
        let depth = Int.bitWidth - values.count.leadingZeroBitCount
        try frame.spend((values.count + bytes >> 6) * depth)
        return values.indices.sorted { (left: Int, right: Int) -> Bool in
            switch values[left].order(to: values[right]) {
            case .less: true
            case .greater: false
            default: left < right
            }
        }
    }

    /// Whether values of a type have an order, as far as the type is known.
    static func isSortable(_ type: ValueType) -> Bool {
        switch type {
        case .dyn, .error, .parameter, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration: true
        case .nullable(let wrapped): isSortable(wrapped)
        case .null, .list, .map, .optional, .type, .object, .opaque: false
        }
    }

    @Sendable private static func range(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        guard case .int(let count) = value else { throw EvaluationError.noOverload("lists.range", value) }
        guard count > 0 else { return .list([]) }
        try frame.build(elements: Int(count))
        return .list(ListValue((0..<count).map { .int($0) }))
    }
}

extension Library {
    static let sets: [Function] = [
        Function(
            "sets.contains", [.global([listA, listA], .bool)],
            .two { (left, right, frame) throws(EvaluationError) in
                let (left, right) = try pair("sets.contains", left, right)
                return .bool(try hasAll(left, of: right, &frame))
            }),
        Function(
            "sets.equivalent", [.global([listA, listA], .bool)],
            .two { (left, right, frame) throws(EvaluationError) in
                let (left, right) = try pair("sets.equivalent", left, right)
                let isContained = try hasAll(left, of: right, &frame)
                return .bool(isContained ? try hasAll(right, of: left, &frame) : false)
            }),
        Function(
            "sets.intersects", [.global([listA, listA], .bool)],
            .two { (left, right, frame) throws(EvaluationError) in
                let (left, right) = try pair("sets.intersects", left, right)
                for index in 0..<right.count where try frame.contains(left, right[index]) { return .bool(true) }
                return .bool(false)
            }),
    ]

    private static func pair(
        _ name: String, _ left: Value, _ right: Value
    ) throws(EvaluationError) -> (ListValue, ListValue) {
        guard case .list(let one) = left, case .list(let other) = right else {
            throw EvaluationError.noOverload(name, left, right)
        }
        return (one, other)
    }

    private static func hasAll(
        _ list: ListValue, of other: ListValue, _ frame: inout Frame
    ) throws(EvaluationError) -> Bool {
        for index in 0..<other.count {
            guard try frame.contains(list, other[index]) else { return false }
        }
        return true
    }
}
