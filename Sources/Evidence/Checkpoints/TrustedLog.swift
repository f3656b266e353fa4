import AuditModel

/// What someone who checks proofs must know beforehand of a log: its name, its key, and further keys that may have signed
/// (witnesses), whose signatures must then hold, too.
public struct TrustedLog: Sendable, Hashable {
    /// The first line of its checkpoints.
    public var origin: String
    /// The log's own key.
    public var key: VerifierKey
    /// Further keys.
    public var witnesses: [VerifierKey]

    /// Joins the parts.
    ///
    /// - Parameter origin: nil where the log is called as its key is, which the specification advises.
    public init(origin: String? = nil, key: VerifierKey, witnesses: [VerifierKey] = []) {
        self.origin = origin ?? key.identity.name
        self.key = key
        self.witnesses = witnesses
    }

    /// The checkpoint in a signed note, and the known keys that signed it, in the order of their lines.
    ///
    /// The note's signatures are checked before a word of its text is believed. The log's own must be among them.
    /// - Throws: ``CheckpointError``.
    public func checkpoint(in note: [UInt8]) throws(CheckpointError) -> (Checkpoint, signedBy: [VerifierKey]) {
        let signed: SignedNote
        let signers: [VerifierKey]
        do {
            signed = try SignedNote(note)
            signers = try signed.verified(by: [key] + witnesses)
        } catch {
            throw .note(error)
        }
        guard signers.contains(key) else { throw .logDidNotSign(key.identity) }
        let checkpoint = try Checkpoint(text: signed.text)
        guard checkpoint.origin.isIdentical(to: origin) else {
            throw .otherOrigin(expected: origin, found: checkpoint.origin)
        }
        return (checkpoint, signers)
    }
}
