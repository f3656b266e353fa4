internal import AuditModel

/// Where something stands in a file: line and column from 1, in characters (Unicode scalars).
public struct SourcePlace: Sendable, Hashable, Comparable {
    /// The line, from 1.
    public var line: Int
    /// The column of the first character, from 1.
    public var column: Int
    /// The column after the last character on that line; `column + 1` where the end is not known.
    public var endColumn: Int

    /// Where something begins, whatever its length.
    struct Start: Hashable {
        var line: Int
        var column: Int
    }

    /// Joins the parts.
    public init(line: Int, column: Int, endColumn: Int? = nil) {
        self.line = line
        self.column = column
        self.endColumn = endColumn ?? column + 1
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// One value of a YAML document, with its place.
public struct YAMLNode: Sendable {
    /// What a value is after the core schema of YAML 1.2.
    public enum Kind: Sendable {
        /// `null`, `~` or nothing.
        case null
        /// `true` or `false`, in one of their three spellings.
        case bool(Bool)
        /// A decimal, octal (`0o14`) or hexadecimal integer.
        case integer(Int64)
        /// Any other number, the infinities and NaN included.
        case float(Double)
        /// Text: whatever is quoted, in block form, or reads as nothing else.
        case string(String)
        /// A list.
        case sequence([YAMLNode])
        /// A map, in the order of the file; keys are unique by their bytes.
        case mapping([Entry])
    }

    /// One key of a map with its value.
    public struct Entry: Sendable {
        /// The key.
        public var key: String
        /// Where the key stands.
        public var keyPlace: SourcePlace
        /// The value.
        public var value: YAMLNode
    }

    /// The value.
    public var kind: Kind
    /// Where it starts. An alias has the place of the value that it stands for.
    public var place: SourcePlace
    /// A scalar as it is written (quotes and escapes undone); nil for lists and maps.
    public var text: String?

    /// The kind's name for people.
    public var kindName: String {
        switch kind {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .float: "a number"
        case .string: "text"
        case .sequence: "a list"
        case .mapping: "a map"
        }
    }

    /// The text, or nil where this is none.
    public var string: String? {
        guard case .string(let value) = kind else { return nil }
        return value
    }

    /// The integer, or nil where this is none.
    public var integer: Int64? {
        guard case .integer(let value) = kind else { return nil }
        return value
    }

    /// The boolean, or nil where this is none.
    public var bool: Bool? {
        guard case .bool(let value) = kind else { return nil }
        return value
    }

    /// The elements, or nil where this is no list.
    public var elements: [YAMLNode]? {
        guard case .sequence(let value) = kind else { return nil }
        return value
    }

    /// The entries, or nil where this is no map.
    public var entries: [Entry]? {
        guard case .mapping(let value) = kind else { return nil }
        return value
    }

    /// The value at a key of a map, or nil where there is none.
    public subscript(key: String) -> YAMLNode? {
        entries?.first { $0.key.isIdentical(to: key) }?.value
    }
}
