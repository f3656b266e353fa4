/// The vendor's number of a client, 1 or more. A type of its own, since in reads `id` is the client and in voice
/// updates `id` is the voice (contradiction 8 of the vendor's page).
public struct ClientNumber: Sendable, Hashable, CustomStringConvertible {
    /// 1 or more.
    public let rawValue: Int

    /// Takes a number that was configured or answered.
    /// - Throws: ``InvalidIdentifier`` for 0 and below, which are refused here rather than sent.
    public init(_ rawValue: Int) throws(InvalidIdentifier) {
        guard rawValue > 0 else { throw InvalidIdentifier(kind: .client, value: rawValue) }
        self.rawValue = rawValue
    }

    /// The digits.
    public var description: String { String(rawValue) }
}

/// The vendor's number of a voice talent, 1 or more. The list of voices is open.
public struct VoiceID: Sendable, Hashable, CustomStringConvertible {
    /// 1 or more.
    public let rawValue: Int

    /// Takes a number that was configured or answered.
    /// - Throws: ``InvalidIdentifier`` for 0 and below, which are refused here rather than sent.
    public init(_ rawValue: Int) throws(InvalidIdentifier) {
        guard rawValue > 0 else { throw InvalidIdentifier(kind: .voice, value: rawValue) }
        self.rawValue = rawValue
    }

    /// The digits.
    public var description: String { String(rawValue) }
}

/// A number that cannot be an id.
public struct InvalidIdentifier: Error, Sendable, Hashable {
    /// What it was meant to identify.
    public enum Kind: String, Sendable, Hashable {
        /// A client.
        case client
        /// A voice.
        case voice
    }

    /// What it was meant to identify.
    public var kind: Kind
    /// The number.
    public var value: Int

    /// Joins the two.
    public init(kind: Kind, value: Int) {
        self.kind = kind
        self.value = value
    }
}

/// The optional segment behind an API category, such as `v5.0`. The vendor's pages and newer callers leave it out.
public struct APIVersion: Sendable, Hashable, CustomStringConvertible {
    /// The segment without slashes.
    public let text: String

    /// Takes `v`, digits, a dot and digits; nil for anything else, which must not get into a path.
    public init?(_ text: String) {
        let parts = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        guard text.hasPrefix("v"), parts.count == 2,
            parts.allSatisfy({ (1...4).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        self.text = text
    }

    /// The segment without slashes.
    public var description: String { text }
}
