public import AuditModel

/// That a leaf is in a tree: the hashes beside its way to the root (RFC 6962 section 2.1.1).
public struct InclusionProof: Sendable, Hashable {
    /// Which leaf, from 0.
    public var index: UInt64
    /// The number of leaves of the tree.
    public var size: UInt64
    /// The siblings on the way, from the leaf's to the root's child.
    public var hashes: [Digest]

    /// Joins the parts; nothing is checked before ``verify(leafHash:root:)``.
    public init(index: UInt64, size: UInt64, hashes: [Digest]) {
        self.index = index
        self.size = size
        self.hashes = hashes
    }

    /// The root that the proof leads to from a leaf: the algorithm of RFC 9162 section 2.1.3.2.
    ///
    /// - Throws: ``MerkleProofError/indexBeyondSize(index:size:)``, ``MerkleProofError/tooManyHashes(expected:)``,
    ///   ``MerkleProofError/tooFewHashes(expected:)``.
    public func root(leafHash: Digest) throws(MerkleProofError) -> Digest {
        guard index < size else { throw .indexBeyondSize(index: index, size: size) }
        var node = index
        var last = size - 1
        var root = leafHash
        for hash in hashes {
            guard last > 0 else { throw .tooManyHashes(expected: expectedCount) }
            if node & 1 == 1 || node == last {
                root = MerkleHash.node(hash, root)
                // The right edge of a tree has levels without a node: they have no sibling.
                while node & 1 == 0, node > 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                root = MerkleHash.node(root, hash)
            }
            node >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .tooFewHashes(expected: expectedCount) }
        return root
    }

    /// Checks that the tree with this root has this leaf at the index.
    ///
    /// - Throws: ``MerkleProofError``: the shape does not fit, or ``MerkleProofError/otherRoot(computed:stated:)``.
    public func verify(leafHash: Digest, root: Digest) throws(MerkleProofError) {
        let computed = try self.root(leafHash: leafHash)
        guard computed == root else { throw .otherRoot(computed: computed, stated: root) }
    }

    /// The number of hashes that this place in a tree of this size takes: those below where its way meets the right
    /// edge, and one for each left subtree above.
    private var expectedCount: Int {
        let inner = UInt64.bitWidth - (index ^ (size - 1)).leadingZeroBitCount
        return inner + (inner == UInt64.bitWidth ? 0 : (index >> UInt64(inner)).nonzeroBitCount)
    }
}
