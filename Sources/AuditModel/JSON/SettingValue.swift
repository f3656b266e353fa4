/// A JSON value as canonical bytes have it: what is judged is what is stored.
///
/// Integers within ±(2^53−1) are ``integer(_:)`` however they were written (`5.0` is 5); every other finite number is
/// ``number(_:)``. Strings compare by their bytes, not by canonical equivalence.
public enum SettingValue: Sendable {
    /// JSON `null`, which is not the same as an absent key.
    case null
    /// JSON `true` or `false`.
    case bool(Bool)
    /// An integer within ±(2^53−1).
    case integer(Int64)
    /// A finite number that is no integer, or is 1e21 and beyond.
    case number(Double)
    /// A string without lone surrogates.
    case string(String)
    /// A list, in the order received.
    case array([SettingValue])
    /// An object; its members are sorted by key.
    case object(SettingObject)
}

extension SettingValue: Hashable {
    public static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.isIdentical(to: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        case (.null, _), (.bool, _), (.integer, _), (.number, _), (.string, _), (.array, _), (.object, _): false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0 as UInt8)
        case .bool(let value): hasher.combine(value)
        case .integer(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .string(let value): hasher.combine(value)
        case .array(let value): hasher.combine(value)
        case .object(let value): hasher.combine(value)
        }
    }
}

extension SettingValue {
    /// The JSON type's name, as it is said to people: `null`, `boolean`, `integer`, `number`, `string`, `array`, `object`.
    public var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// The member of an object, or nil where this is no object or has no such key.
    public subscript(key: String) -> SettingValue? {
        guard case .object(let object) = self else { return nil }
        return object[key]
    }

    /// The element of an array, or nil where this is no array or is shorter.
    public subscript(index: Int) -> SettingValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The text, or nil where this is no string.
    public var stringValue: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The integer, or nil where this is none.
    public var integerValue: Int64? {
        guard case .integer(let value) = self else { return nil }
        return value
    }

    /// The elements, or nil where this is no array.
    public var arrayValue: [SettingValue]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    /// The object, or nil where this is none.
    public var objectValue: SettingObject? {
        guard case .object(let value) = self else { return nil }
        return value
    }
}

extension SettingValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = SettingValue(exactly: value) ?? .null }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: SettingValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, SettingValue)...) {
        self = .object(SettingObject(elements.map { SettingObject.Member(key: $0.0, value: $0.1) }))
    }
}

extension SettingValue {
    /// The largest integer that every reader of JSON represents exactly: 2^53 − 1 (RFC 7493 section 2.2).
    public static let largestInteger: Int64 = 9_007_199_254_740_991

    /// The value of a double as its canonical text would be read again; nil for NaN, the infinities and integers
    /// whose text would have digits beyond ±(2^53−1).
    public init?(exactly double: Double) {
        guard double.isFinite else { return nil }
        if double.rounded(.towardZero) == double, abs(double) < 1e21 {
            guard abs(double) <= Double(Self.largestInteger) else { return nil }
            self = .integer(Int64(double))
        } else {
            self = .number(double)
        }
    }
}
