public import AuditModel

/// One row of "List Countries". Only the id is unique: several countries share a telephone code.
public struct Country: Sendable, Hashable {
    /// The vendor's id: unique, but arbitrary.
    public var id: Field<Int64>
    /// The name, mostly in capitals.
    public var name: Field<String>
    /// The *telephone* country code, as text.
    public var countryCode: Field<String>
    /// An abbreviation, which a stray word of the vendor's page suggests.
    public var abbreviation: Field<String>
    /// Members that the vendor's page does not name.
    public var others: [SettingObject.Member]

    /// Reads one row; nil where it is no object.
    public init?(_ value: SettingValue) {
        guard var reader = MemberReader(value) else { return nil }
        id = reader.integer("id")
        name = reader.text("name")
        countryCode = reader.text("countryCode")
        abbreviation = reader.text("abbreviation")
        others = reader.others
    }

    /// The rows of an answer, a bare list or one wrapped in an object (contradiction 10); nil where it is neither.
    public static func list(_ value: SettingValue) -> [Country]? {
        rows(of: value)?.elements(Country.init)
    }

    static let keys: Set<String> = ["id", "name", "countryCode", "abbreviation"]

    /// The bare list of an answer: the answer itself, or the one list that an object holds.
    static func rows(of value: SettingValue) -> SettingValue? {
        switch value {
        case .array: return value
        case .object(let object):
            let lists = object.members.filter { $0.value.arrayValue != nil }
            guard lists.count == 1 else { return Optional<SettingValue>.none }
            return lists[0].value
        case .null, .bool, .integer, .number, .string: return nil
        }
    }
}
