import AuditModel

/// What a signature line says of its key: a name and a short id. Together they tell which key and algorithm it is of; they
/// prove nothing.
public struct KeyIdentity: Sendable, Hashable, CustomStringConvertible {
    /// The name; not empty, without white space and without `+`.
    public let name: String
    /// The first four bytes of SHA-256(name, line feed, type, public key), big-endian.
    public let id: UInt32

    /// An identity with this name, or nil where no key may be called so.
    init?(name: String, id: UInt32) {
        let isValid = name.unicodeScalars.allSatisfy { scalar in
            scalar != "+" && !scalar.properties.isWhitespace && scalar.value >= 0x20
        }
        guard !name.isEmpty, isValid else { return nil }
        self.name = name
        self.id = id
    }

    /// The identity of a key of this name.
    ///
    /// - Parameter encoded: The type's byte, then the public key.
    init?(name: String, encodedKey encoded: [UInt8]) {
        let digest = Digest(of: Array(name.utf8) + [0x0A] + encoded)
        self.init(name: name, id: digest.bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
    }

    /// The id as eight lower-case hexadecimal digits.
    public var idText: String {
        Hexadecimal.text(of: [UInt8(id >> 24), UInt8(id >> 16 & 255), UInt8(id >> 8 & 255), UInt8(id & 255)])
    }

    /// `name+id`.
    public var description: String { "\(name)+\(idText)" }

    public static func == (left: Self, right: Self) -> Bool {
        left.id == right.id && left.name.isIdentical(to: right.name)
    }
}

/// The types of signature that c2sp.org/signed-note assigns.
enum SignatureType {
    /// Ed25519 over the note's text; the only one that this tool makes and takes.
    static let ed25519: UInt8 = 0x01
}
