public import AuditModel

/// Why bytes are no leaf of the kind that was expected, or leaves make no tree.
public enum LeafError: Error, Sendable, Hashable {
    /// Not JSON that can be kept without loss.
    case notJSON(JSONReadingError)
    /// The member `format` is another, or there is none.
    case otherFormat(expected: String)
    /// Another version of the format.
    case otherVersion(expected: Int64)
    /// A member that must be there is not.
    case missing(String)
    /// A member's value cannot be.
    case invalid(String)
    /// A member that the format does not know.
    case unknown(String)
    /// Not the one form that the value has.
    case notCanonical
    /// Leaves out of order, or one twice: the later one.
    case outOfOrder(String)
}
