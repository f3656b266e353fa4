public import AuditModel

/// A documented member of an answer: there, null, not there, or of a type that cannot be read. Null and absent are two
/// findings for a reviewer, whatever the vendor's "Mandatory" column says.
public enum Field<Value: Sendable & Hashable>: Sendable, Hashable {
    /// No such key.
    case absent
    /// The key with `null`.
    case null
    /// A value of the expected type.
    case value(Value)
    /// A value that cannot be read as the expected type.
    case mistyped(SettingValue)

    /// The value, or nil in the three other cases.
    public var value: Value? {
        guard case .value(let value) = self else { return nil }
        return value
    }

    init(_ found: SettingValue?, reading: (SettingValue) -> Value?) {
        switch found {
        case nil: self = .absent
        case .null?: self = .null
        case let found?: self = reading(found).map(Field.value) ?? .mistyped(found)
        }
    }
}

/// Reads the members of one object and remembers which were asked for, so that the others can be kept.
struct MemberReader {
    private let object: SettingObject
    private var read: [String] = []

    init?(_ value: SettingValue) {
        guard case .object(let object) = value else { return nil }
        self.object = object
    }

    mutating func integer(_ key: String) -> Field<Int64> { field(key, WireValue.integer) }
    mutating func boolean(_ key: String) -> Field<Bool> { field(key, WireValue.boolean) }
    mutating func text(_ key: String) -> Field<String> { field(key, WireValue.text) }

    mutating func field<Value>(_ key: String, _ reading: (SettingValue) -> Value?) -> Field<Value> {
        read.append(key)
        return Field(object[key], reading: reading)
    }

    /// The members that nobody asked for, sorted by key.
    var others: [SettingObject.Member] { object.members.filter { !read.contains($0.key) } }
}
