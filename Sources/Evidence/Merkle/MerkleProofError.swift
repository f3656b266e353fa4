public import AuditModel

/// Why a Merkle proof was refused, or cannot be made. The sentences are in `Errors/Sentences.swift`.
public enum MerkleProofError: Error, Sendable, Hashable {
    /// The earlier tree has no leaves: no proof starts there.
    case emptyTree
    /// The tree of a proof has no such leaf.
    case indexBeyondSize(index: UInt64, size: UInt64)
    /// A proof was asked for in a tree larger than the one at hand.
    case sizeBeyondTree(size: UInt64, tree: UInt64)
    /// The earlier tree is the larger one.
    case sizesReversed(first: UInt64, second: UInt64)
    /// More hashes than this place in a tree of this size takes; where it is known, how many it takes.
    case tooManyHashes(expected: Int?)
    /// Fewer hashes than this place in a tree of this size takes; where it is known, how many it takes.
    case tooFewHashes(expected: Int?)
    /// The proof leads to another root than was stated.
    case otherRoot(computed: Digest, stated: Digest)
    /// A consistency proof leads to another root of the earlier tree than was stated.
    case otherFirstRoot(computed: Digest, stated: Digest)
}
