public import AuditModel

/// That a tree is the beginning of a later one: nothing was changed or taken away, only added (RFC 6962 section 2.1.2).
public struct ConsistencyProof: Sendable, Hashable {
    /// The number of leaves of the earlier tree.
    public var first: UInt64
    /// The number of leaves of the later tree.
    public var second: UInt64
    /// The subtrees that both are made of, and those that were added.
    public var hashes: [Digest]

    /// Joins the parts; nothing is checked before ``verify(firstRoot:secondRoot:)``.
    public init(first: UInt64, second: UInt64, hashes: [Digest]) {
        self.first = first
        self.second = second
        self.hashes = hashes
    }

    /// Checks that the tree with the first root is the beginning of the one with the second: the algorithm of RFC 9162
    /// section 2.1.4.2.
    ///
    /// There is no proof from the empty tree, which is the beginning of any: that is refused, not waved through.
    /// - Throws: ``MerkleProofError``.
    public func verify(firstRoot: Digest, secondRoot: Digest) throws(MerkleProofError) {
        guard first > 0 else { throw .emptyTree }
        guard first <= second else { throw .sizesReversed(first: first, second: second) }
        if first == second {
            guard hashes.isEmpty else { throw .tooManyHashes(expected: 0) }
            guard firstRoot == secondRoot else { throw .otherRoot(computed: firstRoot, stated: secondRoot) }
            return
        }
        guard var earlier = first.nonzeroBitCount == 1 ? firstRoot : hashes.first else {
            throw .tooFewHashes(expected: nil)
        }
        var later = earlier
        var node = first - 1
        var last = second - 1
        while node & 1 == 1 {
            node >>= 1
            last >>= 1
        }
        for hash in hashes.dropFirst(first.nonzeroBitCount == 1 ? 0 : 1) {
            guard last > 0 else { throw .tooManyHashes(expected: nil) }
            if node & 1 == 1 || node == last {
                earlier = MerkleHash.node(hash, earlier)
                later = MerkleHash.node(hash, later)
                while node & 1 == 0, node > 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                later = MerkleHash.node(later, hash)
            }
            node >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .tooFewHashes(expected: nil) }
        guard earlier == firstRoot else { throw .otherFirstRoot(computed: earlier, stated: firstRoot) }
        guard later == secondRoot else { throw .otherRoot(computed: later, stated: secondRoot) }
    }
}
