/// Text that must not be seen: it prints as `‹redacted›` wherever values are printed, dumped or reflected.
public struct Secret: Sendable, Hashable {
    /// What stands in its place.
    public static let placeholder = "‹redacted›"

    private let text: String

    /// Wraps the text.
    public init(_ text: String) { self.text = text }

    /// The text itself, for the one place that sends it.
    public func reveal() -> String { text }

    /// Whether there is no text.
    public var isEmpty: Bool { text.isEmpty }

    /// Whether it can stand in an HTTP header: printable ASCII without spaces at the ends.
    public var fitsHTTPHeader: Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && text.first != " " && text.last != " "
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `‹redacted›`.
    public var description: String { Self.placeholder }
    /// `‹redacted›`.
    public var debugDescription: String { Self.placeholder }
    /// No children, so that `dump` and test failures show nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// The id of a session, which is as good as a password while the session lives.
public struct SessionID: Sendable, Hashable {
    /// The id; prints as `‹redacted›`.
    public let secret: Secret

    /// Takes an id of 1 to 200 characters that are safe in a path and in a header; nil for others.
    ///
    /// The vendor sends UUIDs; nothing promises it.
    public init?(_ text: String) {
        guard (1...200).contains(text.utf8.count), text != ".", text != "..",
            text.utf8.allSatisfy({ byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "~"):
                    true
                default: false
                }
            })
        else { return nil }
        secret = Secret(text)
    }
}
