public import AuditModel

/// The number of a document in one store (`document.id`): the same number, the same canonical bytes of the same group.
public struct DocumentID: Sendable, Hashable, Comparable {
    /// 1 or more.
    public let rawValue: Int64

    /// Takes a number that a store gave.
    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A group's body as it is stored.
public struct StoredDocument: Sendable, Hashable {
    /// Its number.
    public let id: DocumentID
    /// Its group.
    public let group: SettingsGroup
    /// The digest of its canonical bytes.
    public let digest: Digest
    /// The digest without the order of keyed lists: equal for bodies that differ in order alone.
    public let orderFreeDigest: Digest
    /// The value.
    public let value: SettingValue

    /// The stored bytes.
    public var canonicalBytes: [UInt8] { CanonicalJSON.bytes(of: value) }
}

/// The two digests of a document, which tell most comparisons without its content.
public struct DocumentDigests: Sendable, Hashable {
    /// The digest of its canonical bytes.
    public let exact: Digest
    /// The digest without the order of keyed lists.
    public let orderFree: Digest
}

/// A body that was read for the first time.
public struct NewDocument: Sendable, Hashable {
    /// Its group.
    public var group: SettingsGroup
    /// What is to be stored: checked, and with sensitive values replaced.
    public var value: SettingValue
    /// The digest under which the body as it came is remembered, see ``RawBodyDigester``; nil for a body not to be remembered.
    public var keyedRawDigest: Digest?

    /// Joins the parts.
    public init(group: SettingsGroup, value: SettingValue, keyedRawDigest: Digest?) {
        self.group = group
        self.value = value
        self.keyedRawDigest = keyedRawDigest
    }
}
