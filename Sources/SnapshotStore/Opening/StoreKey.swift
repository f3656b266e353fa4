public import AuditModel
internal import struct Crypto.SHA256
internal import struct Crypto.SymmetricKey

/// The secret of one store, under which it remembers what must not be stored as it is.
///
/// Four things are known by an HMAC-SHA256 under it: bodies as they came (which may hold secrets that the stored
/// document does not), redacted values, refused credentials, and whom messages go to. And what is remembered for speed has a tag under it, so
/// that nobody without the key can pass one body or one verdict off as another; so have legal holds. Each has a prefix of its own, so that no digest of one
/// kind says anything about another.
public struct StoreKey: Sendable {
    /// The key's length.
    static let sizeInBytes = 32

    private let rawBodies: KeyedHash
    private let redactions: KeyedHash
    private let fingerprints: KeyedHash
    private let destinations: KeyedHash
    private let checks: KeyedHash
    private let rawBodyTags: KeyedHash
    private let evaluationTags: KeyedHash
    private let holdTags: KeyedHash

    /// Takes 32 bytes.
    init(bytes: [UInt8]) {
        func hash(for purpose: String) -> KeyedHash { KeyedHash(key: bytes).followed(by: "audit \(purpose)\n") }
        rawBodies = hash(for: "raw body 1")
        redactions = hash(for: "redaction 1")
        fingerprints = hash(for: "login 1")
        destinations = hash(for: "notification destination 1")
        checks = hash(for: "key check 1")
        rawBodyTags = hash(for: "raw body tag 1")
        evaluationTags = hash(for: "evaluation tag 1")
        holdTags = hash(for: "legal hold tag 1")
    }

    /// 32 bytes by chance.
    static func randomBytes() -> [UInt8] {
        SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    }

    /// What gives the digests by which bodies are known before they are parsed.
    ///
    /// - Parameter ingestRules: The digest of all that decides what is stored of a body: the patterns of sensitive keys,
    ///   the version of reader and checks. With other rules every body is read again.
    public func rawBodyDigester(ingestRules: Digest) -> RawBodyDigester {
        RawBodyDigester(hash: rawBodies.followed(by: ingestRules.hex))
    }

    /// What is stored in place of a sensitive value: `redacted:hmac-sha256:` and 32 hexadecimal digits.
    ///
    /// A change of the value changes the token; the value cannot be had from it, nor guessed without the key.
    /// - Parameters:
    ///   - canonicalBytes: The value's canonical JSON, so that `"1"` and `1` differ.
    ///   - path: Where it stands, so that the same secret at two places does not show as the same.
    public func redactionToken(for canonicalBytes: [UInt8], path: String) -> String {
        let digest = redactions.followed(by: "\(path.utf8.count) \(path)").digest(of: canonicalBytes)
        return "redacted:hmac-sha256:" + digest.hex.prefix(32)
    }

    /// What is remembered of a credential that was refused.
    public func fingerprint(of credential: [UInt8]) -> Digest { fingerprints.digest(of: credential) }

    /// By what a destination of messages is known: its address, or where that is, may hold a secret.
    public func destinationFingerprint(of destination: [UInt8]) -> Digest { destinations.digest(of: destination) }

    /// The tag of a body that is remembered: 8 bytes that bind its digest to the document that it became.
    func tag(ofRawBody keyedDigest: Digest, group: SettingsGroup, document: Digest) -> [UInt8] {
        let bytes = keyedDigest.bytes + [UInt8(GroupCode.code(of: group))] + document.bytes
        return Array(rawBodyTags.digest(of: bytes).bytes.prefix(8))
    }

    /// The tag of an evaluation that is remembered: 8 bytes that bind its key to its results.
    func tag(ofEvaluation key: Digest, results: Digest) -> [UInt8] {
        Array(evaluationTags.digest(of: key.bytes + results.bytes).bytes.prefix(8))
    }

    /// The tag of a hold or a release: 8 bytes that bind what it says, and that it comes after the one before.
    ///
    /// - Parameter last: the tag of the row before; empty for the first.
    func tag(ofHold hold: LegalHold, after last: [UInt8]) -> [UInt8] {
        let value: SettingValue = [
            "after": .string(Hexadecimal.text(of: last)), "environment": .string(hold.client.environment.rawValue),
            "client": .integer(Int64(hold.client.number)), "action": .string(hold.action.rawValue),
            "reason": .string(hold.reason), "by": .string(hold.notedBy),
            "at": .integer(hold.notedAt.milliseconds),
        ]
        return Array(holdTags.digest(of: CanonicalJSON.bytes(of: value)).bytes.prefix(8))
    }

    /// What is stored in the database to tell this key from others.
    var checkValue: Digest { checks.digest(of: []) }
}

extension StoreKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `‹redacted›`.
    public var description: String { "‹redacted›" }
    /// `‹redacted›`.
    public var debugDescription: String { description }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Gives bodies digests under the store's key: the same for the same bytes of the same group, read under the same rules.
public struct RawBodyDigester: Sendable {
    private let hashes: PerGroup<KeyedHash>

    init(hash: KeyedHash) {
        hashes = PerGroup { hash.followed(by: " \(GroupCode.code(of: $0))") }
    }

    /// The digest of a body as it came.
    ///
    /// - Parameter expectedCode: What the body must echo to be accepted (the client's code for `settings`), empty for
    ///   groups that echo nothing. A body that was accepted for one client must not be taken as known for another.
    public func digest(of body: UnsafeRawBufferPointer, group: SettingsGroup, expectedCode: String) -> Digest {
        // The length goes first, so that no other code and body together are the same bytes.
        hashes[group].digest(of: body, after: " \(expectedCode.utf8.count) \(expectedCode) ")
    }

    /// The digest of a body as it came.
    public func digest(of body: [UInt8], group: SettingsGroup, expectedCode: String) -> Digest {
        body.withUnsafeBytes { digest(of: $0, group: group, expectedCode: expectedCode) }
    }
}
