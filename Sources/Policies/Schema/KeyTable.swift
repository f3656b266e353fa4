/// The keys that a map of a file can have: what the loader knows, and what the published JSON Schema offers.
///
/// Each map of each file has one such table, so that the two cannot come apart.
public struct KeyTable: Sendable {
    /// One key.
    public struct Key: Sendable {
        /// As it is written.
        public var name: String
        /// What may stand behind it.
        public var shape: ValueShape
        /// Whether the map is wrong without it.
        public var isRequired: Bool
        /// What it says, in one or two sentences: editors show them.
        public var meaning: String

        /// Joins the parts.
        public init(_ name: String, _ shape: ValueShape, isRequired: Bool = false, _ meaning: String) {
            self.name = name
            self.shape = shape
            self.isRequired = isRequired
            self.meaning = meaning
        }
    }

    /// What holds between keys.
    public enum Rule: Sendable {
        /// One of these keys must be there, and no other of them.
        case exactlyOne([String])
        /// One of these keys or several must be there.
        case atLeastOne([String])
        /// These two keys exclude each other.
        case notBoth(String, String)
        /// Where the first schema holds for the map, the second must.
        case implication(SchemaDocument, SchemaDocument, otherwise: SchemaDocument? = nil)
    }

    /// The keys, in the order in which people read them.
    public var keys: [Key]
    /// What holds between them.
    public var rules: [Rule]

    /// Joins the two.
    public init(_ keys: [Key], rules: [Rule] = []) {
        self.keys = keys
        self.rules = rules
    }

    /// The names of all keys.
    public var names: [String] { keys.map(\.name) }
    /// The names of the keys without which the map is wrong.
    public var requiredNames: [String] { keys.filter(\.isRequired).map(\.name) }
}

/// What may stand behind a key.
public indirect enum ValueShape: Sendable {
    /// Whatever JSON can hold.
    case anything
    /// Text, a number, a boolean or nothing.
    case scalar
    /// Nothing.
    case null
    /// `true` or `false`.
    case flag
    /// A whole number.
    case integer(ClosedRange<Int64>)
    /// A number that JSON keeps exactly.
    case number
    /// A number that stands for its digits.
    case digits
    /// Text that matches a pattern (ECMA-262, as JSON Schema has them).
    case text(pattern: String? = TextPattern.notBlank)
    /// A day, `YYYY-MM-DD`.
    case day
    /// One of a closed set of words.
    case word([String])
    /// A list.
    case list(of: ValueShape, atLeast: Int = 0)
    /// A map with these keys alone.
    case map(KeyTable)
    /// A map whose keys are names that the file chooses; a pattern holds them where not every name is one.
    case names(pattern: String? = nil, of: ValueShape, atLeast: Int = 0)
    /// A map whose keys are of several forms, each with values of its own.
    case patterns([(pattern: String, shape: ValueShape)])
    /// One of several shapes.
    case either([ValueShape])
    /// What the schema says under `$defs`.
    case definition(String)

    /// Text, or a number that stands for its digits (`version: 1.10`).
    static let textOrNumber = ValueShape.either([.text(), .digits])
    /// One value, or a list of one value at least.
    static func oneOrMore(_ shape: ValueShape) -> ValueShape { .either([shape, .list(of: shape, atLeast: 1)]) }
}

/// The patterns of texts, as JSON Schema has them (ECMA-262).
public enum TextPattern {
    /// Text with a character that is no blank.
    public static let notBlank = #"\S"#
    /// Text with a character.
    public static let notEmpty = #"[\s\S]"#
    /// An id of a policy or a rule.
    static let identifier = "^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$"
    /// The name of a parameter.
    static let parameterName = "^[A-Za-z_][A-Za-z0-9_-]*$"
    /// `$name`, which stands for a parameter's value.
    static let parameterReference = #"^\$[A-Za-z_][A-Za-z0-9_-]*$"#
    /// Text that is no reference to a parameter; `$$` stands for the character itself.
    static let plainText = #"^(?!\$)|^\$\$"#
    /// A client: `na3/4199`, or a bare number.
    static let client = "^([^/]+/)?0*[1-9][0-9]{0,17}$"
    /// A rule's message with its placeholders.
    static let message =
        #"^(?=[\s\S]*\S)([^{}]|\{\{|\}\}|\{(value|path|client\.id|params\.[A-Za-z_][A-Za-z0-9_-]*)\})*$"#
}
