import AuditModel
import Crypto

/// A secret Ed25519 key that notes are signed with. It prints as `‹redacted›`; ``skey`` alone gives it away.
public struct SignerKey: Sendable {
    /// The key that checks what this one signs.
    public let verifier: VerifierKey
    private let key: Curve25519.Signing.PrivateKey
    private let seed: [UInt8]

    /// The key of 32 secret bytes, drawn by the caller: this target has no source of chance.
    ///
    /// - Throws: ``KeyError/wrongLength(_:)``, ``KeyError/invalidName(_:)``.
    public init(name: String, seed: [UInt8]) throws(KeyError) {
        guard seed.count == 32, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw .wrongLength(seed.count)
        }
        let publicKey = [UInt8](key.publicKey.rawRepresentation)
        guard let identity = KeyIdentity(name: name, encodedKey: [SignatureType.ed25519] + publicKey) else {
            throw .invalidName(name)
        }
        self.key = key
        self.seed = seed
        verifier = VerifierKey(identity: identity, publicKey: publicKey)
    }

    /// Reads the text form `PRIVATE+KEY+NAME+ID+BASE64`, where BASE64 is the type's byte and the seed; the ID is that of
    /// the public key.
    ///
    /// - Throws: ``KeyError``, which holds nothing of the secret.
    public init(skey text: String) throws(KeyError) {
        guard text.utf8.starts(with: Self.prefix.utf8) else { throw .malformed }
        let (identity, encoded) = try KeyText.parts(of: text.dropFirst(Self.prefix.count))
        guard encoded.first == SignatureType.ed25519 else { throw .otherType(encoded.first ?? 0) }
        try self.init(name: identity.name, seed: Array(encoded.dropFirst()))
        guard verifier.identity == identity else { throw .otherID(identity) }
    }

    private static let prefix = "PRIVATE+KEY+"

    /// The text form, which is secret.
    public var skey: String {
        Self.prefix + "\(verifier.identity)+\(Base64.text(of: [SignatureType.ed25519] + seed))"
    }

    /// The 64 bytes of the signature over a text.
    func signature(of text: [UInt8]) -> [UInt8] {
        // Ed25519 fails for want of memory alone; an empty signature is refused by every verifier.
        (try? key.signature(for: text)).map { [UInt8]($0) } ?? []
    }
}

extension SignerKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `‹redacted›`.
    public var description: String { "‹redacted›" }
    /// `‹redacted›`.
    public var debugDescription: String { description }
    /// Without children: dumping must not show the seed.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
