/// A type as the checker knows it.
///
/// - SeeAlso: "Gradual Type Checking" in the language definition of CEL.
public indirect enum ValueType: Sendable, Hashable {
    /// Anything; what it is comes out at run time.
    case dyn
    /// `null_type`, whose one value is `null`.
    case null
    case bool
    case int
    case uint
    case double
    case string
    case bytes
    case timestamp
    case duration
    /// A list of one type of element.
    case list(ValueType)
    /// A map; keys are int, uint, bool or string.
    case map(key: ValueType, value: ValueType)
    /// An optional value (`optional.of`, `a.?b`).
    case optional(ValueType)
    /// A value or `null`; the language calls it a wrapper type.
    case nullable(ValueType)
    /// A type value, such as `int` or what `type(x)` gives; nil where it is not known of what type.
    case type(ValueType?)
    /// A map with named fields that the host declares.
    case object(ObjectType)
    /// A type of the host or of a library, known by its name alone, such as `net.IP`.
    case opaque(String, [ValueType])
    /// A type parameter of a function's overload.
    case parameter(String)
    /// What a mistake left without a type; goes with everything, so that one mistake is told once.
    case error
}

/// A map whose fields the host knows by name.
public struct ObjectType: Sendable, Hashable {
    /// What the object is called in sentences.
    public let name: String
    /// The known fields.
    public let fields: [String: ValueType]
    /// Whether other fields may be read, too; where not, reading one is a mistake.
    public let isOpen: Bool

    /// Declares an object.
    public init(name: String, fields: [String: ValueType], isOpen: Bool = false) {
        self.name = name
        self.fields = fields
        self.isOpen = isOpen
    }
}

extension ValueType: CustomStringConvertible {
    /// The type as the language writes it: `map(string, list(int))`.
    public var description: String {
        switch self {
        case .dyn: "dyn"
        case .null: "null"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .timestamp: "timestamp"
        case .duration: "duration"
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .optional(let wrapped): "optional_type(\(wrapped))"
        case .nullable(let wrapped): "wrapper(\(wrapped))"
        case .type(nil): "type"
        case .type(let of?): "type(\(of))"
        case .object(let object): object.name
        case .opaque(let name, let parameters):
            parameters.isEmpty ? name : "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
        case .parameter(let name): name
        case .error: "!error!"
        }
    }
}
