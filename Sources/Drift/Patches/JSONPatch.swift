public import AuditModel

/// A list of edits that turns one JSON document into another (RFC 6902).
///
/// Positional: an element of an array is known by where it stands. What people read compares lists by key, see
/// ``Changes``; this is for programs, and gives the later document exactly.
public struct JSONPatch: Sendable, Hashable {
    /// One edit.
    public enum Operation: Sendable, Hashable {
        /// Puts a value there: into an object in the place of what it may have, into an array before what stands there.
        case add(JSONPointer, SettingValue)
        /// Takes away what is there.
        case remove(JSONPointer)
        /// Puts a value in the place of what is there.
        case replace(JSONPointer, SettingValue)
        /// Takes away what is at the first place, and adds it at the second.
        case move(from: JSONPointer, to: JSONPointer)
        /// Adds what is at the first place at the second.
        case copy(from: JSONPointer, to: JSONPointer)
        /// Goes on only where this value is there.
        case test(JSONPointer, SettingValue)
    }

    /// The edits, in the order in which they are made.
    public var operations: [Operation]

    /// Takes edits.
    public init(_ operations: [Operation] = []) {
        self.operations = operations
    }

    /// The patch as JSON.
    public var json: SettingValue { .array(operations.map(\.json)) }

    /// The patch as canonical JSON: a document of the type `application/json-patch+json`.
    public var bytes: [UInt8] { CanonicalJSON.bytes(of: json) }
}

extension JSONPatch.Operation {
    /// The edit as JSON.
    fileprivate var json: SettingValue {
        switch self {
        case .add(let path, let value): ["op": "add", "path": .string(path.description), "value": value]
        case .remove(let path): ["op": "remove", "path": .string(path.description)]
        case .replace(let path, let value): ["op": "replace", "path": .string(path.description), "value": value]
        case .move(let from, let path):
            ["op": "move", "from": .string(from.description), "path": .string(path.description)]
        case .copy(let from, let path):
            ["op": "copy", "from": .string(from.description), "path": .string(path.description)]
        case .test(let path, let value): ["op": "test", "path": .string(path.description), "value": value]
        }
    }
}
