/// A type as a value: what `type(x)` gives, and what `int` or `google.protobuf.Timestamp` stand for in an expression.
public struct TypeName: Sendable, Hashable, CustomStringConvertible {
    /// The name, without parameters: `list`, `null_type`, `google.protobuf.Duration`.
    public let name: String

    /// Names a type.
    public init(_ name: String) {
        self.name = name
    }

    public var description: String { name }

    static let null = TypeName("null_type")
    static let bool = TypeName("bool")
    static let int = TypeName("int")
    static let uint = TypeName("uint")
    static let double = TypeName("double")
    static let string = TypeName("string")
    static let bytes = TypeName("bytes")
    static let list = TypeName("list")
    static let map = TypeName("map")
    static let timestamp = TypeName("google.protobuf.Timestamp")
    static let duration = TypeName("google.protobuf.Duration")
    static let type = TypeName("type")
    static let optional = TypeName("optional_type")

    /// The identifiers that stand for types, with the type that each one denotes.
    static let denotations: [String: (name: TypeName, type: ValueType)] = [
        "bool": (.bool, .bool), "int": (.int, .int), "uint": (.uint, .uint), "double": (.double, .double),
        "string": (.string, .string), "bytes": (.bytes, .bytes), "list": (.list, .list(.dyn)),
        "map": (.map, .map(key: .dyn, value: .dyn)), "null_type": (.null, .null), "type": (.type, .type(nil)),
        "optional_type": (.optional, .optional(.dyn)), "dyn": (TypeName("dyn"), .dyn),
        "google.protobuf.Timestamp": (.timestamp, .timestamp), "google.protobuf.Duration": (.duration, .duration),
        "net.IP": (TypeName("net.IP"), .opaque("net.IP", [])),
        "net.CIDR": (TypeName("net.CIDR"), .opaque("net.CIDR", [])),
    ]
}
