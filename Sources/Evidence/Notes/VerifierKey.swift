import AuditModel
import Crypto

/// A public Ed25519 key that notes are checked with (c2sp.org/signed-note, type 0x01).
public struct VerifierKey: Sendable, Hashable {
    /// The key's name and id.
    public let identity: KeyIdentity
    /// The 32 bytes of the public key (RFC 8032).
    public let publicKey: [UInt8]

    /// Reads the text form `NAME+ID+BASE64`, where ID is eight lower-case hexadecimal digits and BASE64 the type's byte and
    /// the key.
    ///
    /// - Throws: ``KeyError``.
    public init(vkey text: String) throws(KeyError) {
        let (identity, encoded) = try KeyText.parts(of: text[...])
        // The id is checked first: what does not fit it is a damaged key, whatever its type has become.
        guard KeyIdentity(name: identity.name, encodedKey: encoded) == identity else { throw .otherID(identity) }
        guard encoded.first == SignatureType.ed25519 else { throw .otherType(encoded.first ?? 0) }
        guard encoded.count == 33 else { throw .wrongLength(encoded.count - 1) }
        self.init(identity: identity, publicKey: Array(encoded.dropFirst()))
    }

    init(identity: KeyIdentity, publicKey: [UInt8]) {
        self.identity = identity
        self.publicKey = publicKey
    }

    /// The text form, which may be published.
    public var vkey: String {
        "\(identity)+\(Base64.text(of: [SignatureType.ed25519] + publicKey))"
    }

    /// Whether a signature of 64 bytes is this key's over a text.
    func accepts(_ signature: [UInt8], of text: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: text)
    }
}

/// Why a text is not a key that can be used.
public enum KeyError: Error, Sendable, Hashable {
    /// Not of the form `NAME+ID+BASE64`, or `PRIVATE+KEY+NAME+ID+BASE64`.
    case malformed
    /// The id is not that of this name and key: a character was changed.
    case otherID(KeyIdentity)
    /// A key of another algorithm than Ed25519; its type's byte.
    case otherType(UInt8)
    /// A key of another length than 32 bytes.
    case wrongLength(Int)
    /// A name that no key may have: empty, or with white space or `+`.
    case invalidName(String)
}

/// What the text forms of both kinds of key have in common.
enum KeyText {
    /// The identity as written, and the bytes: the type, then the key.
    static func parts(of text: Substring) throws(KeyError) -> (KeyIdentity, encoded: [UInt8]) {
        let parts = text.utf8.split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let id = id(of: parts[1]), let encoded = Base64.bytes(of: parts[2]), !encoded.isEmpty
        else { throw .malformed }
        guard let identity = KeyIdentity(name: String(Substring(parts[0])), id: id) else { throw .malformed }
        return (identity, encoded)
    }

    /// Eight lower-case hexadecimal digits; no sign, no other length, no capitals: one key, one text.
    private static func id(of text: Substring.UTF8View) -> UInt32? {
        guard text.count == 8 else { return nil }
        var id: UInt32 = 0
        for byte in text {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): id = id << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): id = id << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return id
    }
}
