// Equality never fails: values of different types are unequal, but numbers of any type are compared by what they are
// worth, and lists and maps by their elements. It is the language's `==`, so NaN is not equal to itself.

extension Value {
    /// Whether two values are equal in the sense of the language's `==`.
    public func isEqual(to other: Value) -> Bool {
        switch (self, other) {
        case (.int(let left), .int(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.bool(let left), .bool(let right)): left == right
        case (.null, .null): true
        case (.uint(let left), .uint(let right)): left == right
        case (.double(let left), .double(let right)): left == right
        case (.int, .uint), (.int, .double), (.uint, .int), (.uint, .double), (.double, .int), (.double, .uint):
            numericOrder(to: other) == .equal
        case (.bytes(let left), .bytes(let right)): left == right
        case (.list(let left), .list(let right)): left.isEqual(to: right)
        case (.map(let left), .map(let right)): left.isEqual(to: right)
        case (.timestamp(let left), .timestamp(let right)): left == right
        case (.duration(let left), .duration(let right)): left == right
        case (.type(let left), .type(let right)): left == right
        case (.optional(let left), .optional(let right)):
            switch (left.value, right.value) {
            case (nil, nil): true
            case (let left?, let right?): left.isEqual(to: right)
            default: false
            }
        case (.opaque(let left), .opaque(let right)): left.typeName == right.typeName && left.isEqual(to: right)
        default: false
        }
    }
}

extension ListValue {
    func isEqual(to other: ListValue) -> Bool {
        guard count == other.count else { return false }
        for index in 0..<count where !self[index].isEqual(to: other[index]) { return false }
        return true
    }

    func contains(_ value: Value) -> Bool {
        for index in 0..<count where self[index].isEqual(to: value) { return true }
        return false
    }
}

extension MapValue {
    func isEqual(to other: MapValue) -> Bool {
        guard count == other.count else { return false }
        for index in 0..<count {
            let key = key(at: index)
            guard let left = self[key], let right = other[key], left.isEqual(to: right) else { return false }
        }
        return true
    }
}

/// How one value stands to another.
enum ValueOrder: Sendable {
    case less, equal, greater
    /// NaN stands nowhere.
    case unordered

    init<T: Comparable>(_ left: T, _ right: T) {
        self = left < right ? .less : left == right ? .equal : left > right ? .greater : .unordered
    }

    var reversed: ValueOrder {
        switch self {
        case .less: .greater
        case .greater: .less
        case .equal, .unordered: self
        }
    }
}

extension Value {
    /// How two numbers of any type stand to each other; nil where one of them is none.
    func numericOrder(to other: Value) -> ValueOrder? {
        switch (self, other) {
        case (.int(let left), .int(let right)): ValueOrder(left, right)
        case (.uint(let left), .uint(let right)): ValueOrder(left, right)
        case (.double(let left), .double(let right)): ValueOrder(left, right)
        case (.int(let left), .uint(let right)): left < 0 ? .less : ValueOrder(UInt64(left), right)
        case (.uint(let left), .int(let right)): right < 0 ? .greater : ValueOrder(left, UInt64(right))
        case (.int(let left), .double(let right)): compared(left, right)
        case (.double(let left), .int(let right)): compared(right, left).reversed
        case (.uint(let left), .double(let right)): compared(left, right)
        case (.double(let left), .uint(let right)): compared(right, left).reversed
        default: nil
        }
    }

    /// How two values stand to each other; nil where the language has no order for their types.
    func order(to other: Value) -> ValueOrder? {
        switch (self, other) {
        case (.string(let left), .string(let right)):
            left.hasSameBytes(as: right) ? .equal : left.precedesInCodePoints(right) ? .less : .greater
        case (.bool(let left), .bool(let right)): left == right ? .equal : right ? .less : .greater
        case (.bytes(let left), .bytes(let right)):
            left == right ? .equal : left.lexicographicallyPrecedes(right) ? .less : .greater
        case (.timestamp(let left), .timestamp(let right)): ValueOrder(left, right)
        case (.duration(let left), .duration(let right)): ValueOrder(left, right)
        default: numericOrder(to: other)
        }
    }
}

/// Compares as the reference implementation does: an integer in a double's range becomes one, and may be rounded.
private func compared<Integer: FixedWidthInteger>(_ integer: Integer, _ double: Double) -> ValueOrder {
    if double.isNaN { return .unordered }
    if double > Double(Integer.max) { return .less }
    if double < Double(Integer.min) { return .greater }
    return ValueOrder(Double(integer), double)
}
