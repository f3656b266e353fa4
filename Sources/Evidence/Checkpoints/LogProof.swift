public import AuditModel

/// That an entry is in a log, in the text form of c2sp.org/tlog-proof@v1: the entry's index, the hashes beside its way to
/// the root, and the log's checkpoint. The entry itself is not in it.
public struct LogProof: Sendable, Hashable {
    /// Data for the one who checks, which nothing vouches for; nil where there is none.
    public var extra: [UInt8]?
    /// The entry, from 0.
    public var index: UInt64
    /// The hashes, from the leaf's sibling to the root's child; 64 at most.
    public var hashes: [Digest]
    /// The checkpoint as it is, a signed note; or its text alone where it is not signed.
    public var checkpoint: [UInt8]

    /// Joins the parts.
    public init(extra: [UInt8]? = nil, index: UInt64, hashes: [Digest], checkpoint: [UInt8]) {
        self.extra = extra
        self.index = index
        self.hashes = hashes
        self.checkpoint = checkpoint
    }

    /// Reads the text form. The checkpoint is kept as it is and not looked into.
    ///
    /// - Throws: ``LogProofError``.
    public init(text: [UInt8]) throws(LogProofError) {
        var rest = text[...]
        func line() -> ArraySlice<UInt8>? {
            guard let end = rest.firstIndex(of: 0x0A) else { return nil }
            defer { rest = rest[(end + 1)...] }
            return rest[..<end]
        }
        guard line().map({ Array($0) == Self.header }) == true else { throw .otherFormat }
        var current = line()
        if let value = current?.after(Self.extraPrefix) {
            guard let bytes = Base64.bytes(of: value) else { throw .invalidExtra }
            extra = bytes
            current = line()
        } else {
            extra = nil
        }
        guard let index = current?.after(Self.indexPrefix).flatMap({ Decimal.value(of: $0) }) else {
            throw .invalidIndex
        }
        self.index = index
        hashes = []
        while true {
            guard let next = line() else { throw .noCheckpoint }
            if next.isEmpty { break }
            guard let hash = Base64.bytes(of: next).flatMap({ Digest(bytes: $0) }) else {
                throw .invalidHash(number: hashes.count + 1)
            }
            // A tree of 2^64 leaves has 64 levels.
            guard hashes.count < UInt64.bitWidth else { throw .tooManyHashes(limit: UInt64.bitWidth) }
            hashes.append(hash)
        }
        guard !rest.isEmpty else { throw .noCheckpoint }
        checkpoint = Array(rest)
    }

    /// The text form, with whose bytes a file with the extension `.tlog-proof` is written.
    public var text: [UInt8] {
        var text = Self.header + [0x0A]
        if let extra { text += Self.extraPrefix + Array(Base64.text(of: extra).utf8) + [0x0A] }
        text += Self.indexPrefix + Array(String(index).utf8) + [0x0A]
        for hash in hashes { text += Array(Base64.text(of: hash.bytes).utf8) + [0x0A] }
        return text + [0x0A] + checkpoint
    }

    /// Checks that a checkpoint commits to an entry with this content at the index.
    ///
    /// - Throws: ``MerkleProofError``.
    public func verify(entry: [UInt8], in checkpoint: Checkpoint) throws(MerkleProofError) {
        try InclusionProof(index: index, size: checkpoint.size, hashes: hashes).verify(
            leafHash: MerkleHash.leaf(entry), root: checkpoint.root)
    }

    /// Checks everything: who signed the checkpoint, that it is the log's, and that the entry is in it.
    ///
    /// - Returns: The checkpoint, and the known keys that signed it.
    /// - Throws: ``LogProofError/checkpoint(_:)``, ``LogProofError/inclusion(_:)``.
    @discardableResult
    public func verify(entry: [UInt8], trusting log: TrustedLog) throws(LogProofError)
        -> (Checkpoint, signedBy: [VerifierKey])
    {
        let opened: (Checkpoint, signedBy: [VerifierKey])
        do { opened = try log.checkpoint(in: checkpoint) } catch { throw .checkpoint(error) }
        do { try verify(entry: entry, in: opened.0) } catch { throw .inclusion(error) }
        return opened
    }

    private static let header = Array("c2sp.org/tlog-proof@v1".utf8)
    private static let extraPrefix = Array("extra ".utf8)
    private static let indexPrefix = Array("index ".utf8)
}

/// Why bytes are no proof of an entry, or the proof does not hold.
public enum LogProofError: Error, Sendable, Hashable {
    /// The first line is another.
    case otherFormat
    /// The line `extra` is not base64.
    case invalidExtra
    /// No line `index` with a plain number where it is due.
    case invalidIndex
    /// A line that is not the base64 of 32 bytes; counted from 1.
    case invalidHash(number: Int)
    /// More hashes than any tree has levels.
    case tooManyHashes(limit: Int)
    /// No empty line with a checkpoint below it.
    case noCheckpoint
    /// The checkpoint is not to be trusted.
    case checkpoint(CheckpointError)
    /// The entry is not at that place in the log.
    case inclusion(MerkleProofError)
}

extension ArraySlice<UInt8> {
    /// What comes after a prefix, or nil where the line starts otherwise.
    fileprivate func after(_ prefix: [UInt8]) -> ArraySlice<UInt8>? {
        starts(with: prefix) ? dropFirst(prefix.count) : nil
    }
}
