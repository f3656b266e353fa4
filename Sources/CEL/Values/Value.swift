/// A value of the language.
public enum Value: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    /// A sequence of Unicode code points; nothing is normalised.
    case string(String)
    case bytes([UInt8])
    case list(ListValue)
    case map(MapValue)
    case timestamp(TimestampValue)
    case duration(DurationValue)
    case type(TypeName)
    case optional(OptionalValue)
    /// A value of a type that the language does not know, such as an IP address.
    case opaque(any OpaqueValue)
}

/// What `optional.of` and `optional.none` give.
public final class OptionalValue: Sendable {
    /// The value, or nil for `optional.none()`.
    public let value: Value?

    /// Wraps a value, or none.
    public init(_ value: Value?) {
        self.value = value
    }

    static let none = OptionalValue(nil)
}

/// A value of a type beyond the language, known by its type's name, equality and text.
public protocol OpaqueValue: AnyObject, Sendable, CustomStringConvertible {
    /// The type, as `type(x)` tells it.
    var typeName: TypeName { get }
    /// Whether two are the same value.
    func isEqual(to other: any OpaqueValue) -> Bool
}

extension Value {
    /// A list of values.
    public static func list(_ elements: [Value]) -> Value { .list(ListValue(elements)) }

    /// A list that the host holds.
    public static func list(_ host: any HostList) -> Value { .list(ListValue(host)) }

    /// A map with text keys that the host holds.
    public static func map(_ host: any HostMap) -> Value { .map(MapValue(host)) }

    /// The type's name at run time.
    public var typeName: TypeName {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .list: .list
        case .map: .map
        case .timestamp: .timestamp
        case .duration: .duration
        case .type: .type
        case .optional: .optional
        case .opaque(let value): value.typeName
        }
    }
}
