public import AuditModel

/// Why a patch cannot be read, or does not fit a document.
public struct JSONPatchError: Error, Sendable, Hashable {
    /// The cause.
    public enum Cause: Error, Sendable, Hashable {
        /// Not JSON that can be kept without loss; a key that stands twice in one object counts as this.
        case notJSON(JSONReadingError)
        /// The patch is no list.
        case notAList
        /// The operation is no object.
        case notAnObject
        /// The operation lacks a member.
        case missing(String)
        /// The operation's member is not a string.
        case notText(String)
        /// No such operation.
        case unknownOperation(String)
        /// Not a pointer of RFC 6901.
        case invalidPointer(String)
        /// The document has nothing there, or cannot have.
        case nothingThere(JSONPointer)
        /// An element was to be added behind the end of an array of so many.
        case beyondTheEnd(JSONPointer, count: Int)
        /// A value was to be moved into itself.
        case movedIntoItself(from: JSONPointer, to: JSONPointer)
        /// Another value is there than the patch is made for.
        case testFailed(JSONPointer, expected: SettingValue, found: SettingValue)
        /// The whole document was to be taken away.
        case wholeDocumentRemoved
    }

    /// Which operation, counted from 1; nil where it is the patch as a whole.
    public var operation: Int?
    /// The cause.
    public var cause: Cause

    /// Joins the two.
    public init(operation: Int?, _ cause: Cause) {
        self.operation = operation
        self.cause = cause
    }
}

extension JSONPatchError: CustomStringConvertible {
    /// One sentence for people, without the patch's name.
    public var description: String {
        (operation.map { "operation \($0) of the patch: " } ?? "the patch ") + cause.description
    }
}

extension JSONPatchError.Cause: CustomStringConvertible {
    /// What is wrong, as one clause.
    public var description: String {
        switch self {
        case .notJSON(let error): "is not JSON: \(error)"
        case .notAList: "is not a list of operations"
        case .notAnObject: "it is not an object"
        case .missing(let key): "'\(key)' is missing"
        case .notText(let key): "'\(key)' is not a string"
        case .unknownOperation(let name):
            "\(Self.quoted(name)) is no operation; add, remove, replace, move, copy and test are"
        case .invalidPointer(let text): "\(Self.quoted(text)) is no JSON Pointer: it starts with '/', and '~' is '~0'"
        case .nothingThere(let path): "the document has nothing at \(Self.quoted(path.description))"
        case .beyondTheEnd(let path, let count):
            "\(Self.quoted(path.description)) is beyond the end of a list of \(count)"
        case .movedIntoItself(let from, let path):
            "\(Self.quoted(from.description)) cannot be moved into itself, to \(Self.quoted(path.description))"
        case .testFailed(let path, let expected, let found):
            "\(Self.quoted(path.description)) is \(CanonicalJSON.text(of: found)), and the patch is made for "
                + CanonicalJSON.text(of: expected)
        case .wholeDocumentRemoved: "the whole document cannot be removed"
        }
    }

    private static func quoted(_ text: String) -> String { CanonicalJSON.text(of: .string(text)) }
}
