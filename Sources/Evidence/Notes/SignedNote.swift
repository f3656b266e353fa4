import AuditModel

/// A text with signatures below it (c2sp.org/signed-note). What the text says counts only once ``verified(by:)`` has told
/// who signed it.
public struct SignedNote: Sendable, Hashable {
    /// One line of signature, of a key that may be known or not.
    public struct Signature: Sendable, Hashable {
        /// The key as the line names it.
        public var key: KeyIdentity
        /// The signature's bytes, 1 or more.
        public var bytes: [UInt8]
    }

    /// The text that was signed, in UTF-8; ends with a line feed.
    public let text: [UInt8]
    /// The signatures, in the order of their lines.
    public private(set) var signatures: [Signature]

    /// The most signatures that a note may have; the specification asks for 16 at least.
    public static let signatureLimit = 100
    /// The largest note in bytes.
    public static let sizeLimit = 1 << 20

    /// Takes a note apart. Says nothing yet of who signed it.
    ///
    /// - Throws: ``NoteError`` for bytes that are no note.
    public init(_ bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= Self.sizeLimit else { throw .tooLarge(limit: Self.sizeLimit) }
        try Self.checkCharacters(bytes)
        // The last empty line stands before the signatures; the text may have others.
        guard let blank = bytes.indices.dropLast().last(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }),
            blank + 2 < bytes.count, bytes.last == 0x0A
        else { throw .noSignatures }
        text = Array(bytes[...blank])
        signatures = []
        let lines = bytes[(blank + 2)...].dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count <= Self.signatureLimit else { throw .tooManySignatures(limit: Self.signatureLimit) }
        for (number, line) in lines.enumerated() {
            guard let signature = Self.signature(of: line) else { throw .malformedSignature(number: number + 1) }
            signatures.append(signature)
        }
    }

    /// Signs a text.
    ///
    /// - Parameter keys: 1 to ``signatureLimit``; the lines come in this order.
    /// - Throws: ``NoteError/unterminatedText``, ``NoteError/controlCharacter(_:offset:)``, ``NoteError/noSignatures``,
    ///   ``NoteError/tooManySignatures(limit:)``, ``NoteError/tooLarge(limit:)``.
    public init(signing text: String, with keys: [SignerKey]) throws(NoteError) {
        let text = Array(text.utf8)
        guard text.last == 0x0A else { throw .unterminatedText }
        guard !keys.isEmpty else { throw .noSignatures }
        guard keys.count <= Self.signatureLimit else { throw .tooManySignatures(limit: Self.signatureLimit) }
        try Self.checkCharacters(text)
        self.text = text
        signatures = keys.map { Signature(key: $0.verifier.identity, bytes: $0.signature(of: text)) }
        guard bytes.count <= Self.sizeLimit else { throw .tooLarge(limit: Self.sizeLimit) }
    }

    /// The note's bytes.
    public var bytes: [UInt8] {
        var bytes = text + [0x0A]
        for signature in signatures {
            bytes.append(contentsOf: Self.linePrefix)
            bytes.append(contentsOf: signature.key.name.utf8)
            bytes.append(0x20)
            let id = signature.key.id
            let encoded = [UInt8(id >> 24), UInt8(id >> 16 & 255), UInt8(id >> 8 & 255), UInt8(id & 255)]
            bytes.append(contentsOf: Base64.text(of: encoded + signature.bytes).utf8)
            bytes.append(0x0A)
        }
        return bytes
    }

    /// The keys that signed, in the order of their lines, each once.
    ///
    /// Signatures of other keys are passed over. Where a known key's signature is wrong, the whole note is refused, as the
    /// specification advises: someone has tampered with it, or the key is not what it seems. Each line of a known key is
    /// checked, a second one of the same key, too.
    /// - Throws: ``NoteError/wrongSignature(_:)``, ``NoteError/noKnownKey(signedBy:)``, and
    ///   ``NoteError/ambiguousKey(_:)`` where two of the keys that have one name and id are asked for.
    public func verified(by keys: [VerifierKey]) throws(NoteError) -> [VerifierKey] {
        var verified: [VerifierKey] = []
        for signature in signatures {
            let known = keys.filter { $0.identity == signature.key }
            guard let key = known.first else { continue }
            guard known.count == 1 else { throw .ambiguousKey(signature.key) }
            guard key.accepts(signature.bytes, of: text) else { throw .wrongSignature(signature.key) }
            if !verified.contains(key) { verified.append(key) }
        }
        guard !verified.isEmpty else { throw .noKnownKey(signedBy: signatures.map(\.key)) }
        return verified
    }

    /// An em dash and a space.
    private static let linePrefix = Array("\u{2014} ".utf8)

    private static func checkCharacters(_ bytes: [UInt8]) throws(NoteError) {
        if let offset = bytes.firstIndex(where: { $0 < 0x20 && $0 != 0x0A }) {
            throw .controlCharacter(bytes[offset], offset: offset)
        }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
    }

    private static func signature(of line: ArraySlice<UInt8>) -> Signature? {
        guard line.starts(with: linePrefix) else { return nil }
        let fields = line.dropFirst(linePrefix.count).split(
            separator: 0x20, maxSplits: 1, omittingEmptySubsequences: false)
        // Four bytes of id and at least one of signature.
        guard fields.count == 2, let encoded = Base64.bytes(of: fields[1]), encoded.count > 4,
            let key = KeyIdentity(
                name: String(decoding: fields[0], as: UTF8.self),
                id: encoded.prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
        else { return nil }
        return Signature(key: key, bytes: Array(encoded.dropFirst(4)))
    }
}

/// Why bytes are no signed note, or one that nobody known has signed.
public enum NoteError: Error, Sendable, Hashable {
    /// Larger than a note may be, in bytes.
    case tooLarge(limit: Int)
    /// A character below U+0020 that is no line feed.
    case controlCharacter(UInt8, offset: Int)
    /// Not UTF-8.
    case notUTF8
    /// The text to sign does not end with a line feed.
    case unterminatedText
    /// No empty line with signatures below it, or the last line is not ended.
    case noSignatures
    /// More lines of signature than the limit.
    case tooManySignatures(limit: Int)
    /// A line below the text that is no signature; counted from 1.
    case malformedSignature(number: Int)
    /// Two known keys have this name and id.
    case ambiguousKey(KeyIdentity)
    /// The signature is not that of the known key that it names.
    case wrongSignature(KeyIdentity)
    /// No key that is known has signed; these have.
    case noKnownKey(signedBy: [KeyIdentity])
}
