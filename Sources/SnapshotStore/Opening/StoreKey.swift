public import AuditModel
internal import struct Crypto.HMAC
internal import struct Crypto.SHA256
internal import struct Crypto.SymmetricKey

/// The secret of one store, under which it remembers what must not be stored as it is.
///
/// Three things are known by an HMAC-SHA256 under it: bodies as they came (which may hold secrets that the stored
/// document does not), redacted values, and refused credentials. Each has a prefix of its own, so that no digest of one
/// kind says anything about another.
public struct StoreKey: Sendable {
    /// The key's length.
    static let sizeInBytes = 32

    // Three codes that have taken their key and prefix in; copies of them take in the rest.
    private let rawBodies: HMAC<SHA256>
    private let redactions: HMAC<SHA256>
    private let fingerprints: HMAC<SHA256>
    private let checks: HMAC<SHA256>

    /// Takes 32 bytes.
    init(bytes: [UInt8]) {
        func code(of purpose: String) -> HMAC<SHA256> {
            var code = HMAC<SHA256>(key: SymmetricKey(data: bytes))
            code.update(data: Array("audit \(purpose)\n".utf8))
            return code
        }
        rawBodies = code(of: "raw body 1")
        redactions = code(of: "redaction 1")
        fingerprints = code(of: "login 1")
        checks = code(of: "key check 1")
    }

    /// 32 bytes by chance.
    static func randomBytes() -> [UInt8] {
        SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    }

    /// A digest by which a body is known before it is parsed: the same for the same bytes of the same group, read
    /// under the same rules.
    ///
    /// - Parameters:
    ///   - expectedCode: What the body must echo to be accepted (the client's code for `settings`), empty for groups
    ///     that echo nothing. A body that was accepted for one client must not be taken as known for another.
    ///   - ingestRules: The digest of all else that decides what is stored of a body: the patterns of sensitive keys,
    ///     the version of reader and checks. With other rules every body is read again.
    public func keyedDigest(
        ofRawBody body: UnsafeRawBufferPointer, group: SettingsGroup, expectedCode: String, ingestRules: Digest
    ) -> Digest {
        var code = rawBodies
        var head = ingestRules.bytes
        head.append(UInt8(GroupCode.code(of: group)))
        Self.append(expectedCode, to: &head)
        code.update(data: head)
        code.update(data: body)
        return Self.digest(of: code)
    }

    /// The same for an array of bytes.
    public func keyedDigest(
        ofRawBody body: [UInt8], group: SettingsGroup, expectedCode: String, ingestRules: Digest
    ) -> Digest {
        body.withUnsafeBytes {
            keyedDigest(ofRawBody: $0, group: group, expectedCode: expectedCode, ingestRules: ingestRules)
        }
    }

    /// What is stored in place of a sensitive value: `redacted:hmac-sha256:` and 32 hexadecimal digits.
    ///
    /// A change of the value changes the token; the value cannot be had from it, nor guessed without the key.
    /// - Parameters:
    ///   - canonicalBytes: The value's canonical JSON, so that `"1"` and `1` differ.
    ///   - path: Where it stands, so that the same secret at two places does not show as the same.
    public func redactionToken(for canonicalBytes: [UInt8], path: String) -> String {
        var code = redactions
        var head: [UInt8] = []
        Self.append(path, to: &head)
        code.update(data: head)
        code.update(data: canonicalBytes)
        return "redacted:hmac-sha256:" + Hexadecimal.text(of: Self.digest(of: code).bytes.prefix(16))
    }

    /// What is remembered of a credential that was refused.
    public func fingerprint(of credential: [UInt8]) -> Digest {
        var code = fingerprints
        code.update(data: credential)
        return Self.digest(of: code)
    }

    /// What is stored in the database to tell this key from others.
    var checkValue: Digest { Self.digest(of: checks) }

    private static func digest(of code: HMAC<SHA256>) -> Digest {
        // An authentication code of SHA-256 has 32 bytes, so there always is a digest of it.
        code.finalize().withUnsafeBytes { Digest(bytes: $0) ?? Digest(of: Array($0)) }
    }

    /// Length first, so that no two pairs of text and rest give the same bytes.
    private static func append(_ text: String, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: UInt64(text.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: text.utf8)
    }
}

extension StoreKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `‹redacted›`.
    public var description: String { "‹redacted›" }
    /// `‹redacted›`.
    public var debugDescription: String { description }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
