/// What is known of one documented setting. Findings, diffs, reports and the policy linter all read it here.
public struct SettingDefinition: Sendable, Hashable {
    /// The JSON type that the vendor's page gives.
    public enum ValueType: Sendable, Hashable {
        /// `true` or `false`.
        case boolean
        /// An integer.
        case integer
        /// Text.
        case string
        /// One of these words; the list is open, since the vendor's page does not print it.
        case openEnumeration([String])
        /// A list of objects.
        case list
        /// Text that holds an integer (the values of messaging properties).
        case integerText

        /// The name for people.
        public var name: String {
            switch self {
            case .boolean: "boolean"
            case .integer: "integer"
            case .string: "string"
            case .openEnumeration: "enumeration"
            case .list: "list"
            case .integerText: "integer as text"
            }
        }
    }

    /// Where it is; elements of lists are `[*]`, known messaging properties `[key=NAME]`.
    public var path: SettingPath
    /// Its type.
    public var type: ValueType
    /// The unit of a number: `days`, `attempts`, `seconds`, `id`; nil for others.
    public var unit: String?
    /// The values that can be meant at all; a count is never negative.
    public var legalRange: ClosedRange<Int64>?
    /// The range that the vendor's portal lets people choose, where it is known.
    public var portalRange: ClosedRange<Int64>?
    /// What the setting does, in one sentence.
    public var meaning: String
    /// What 0 may mean beside the number itself; nil where 0 is only a number.
    public var zeroMeaning: String?
    /// Where the setting is in the vendor's portal.
    public var portalTab: String
    /// Whether the vendor's page calls it mandatory.
    public var isMandatory: Bool
    /// Whether the vendor's page allows null (by its sample).
    public var isNullable: Bool
    /// For a list: the member that identifies an element.
    public var listKey: String?
    /// A doubt that every finding about this setting carries; nil where there is none.
    public var caveat: String?
}
