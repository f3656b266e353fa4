public import AuditModel

/// The least that must be kept of a Merkle tree to append to it and to know its root: the hash of each complete subtree
/// of which it is made, largest first. At most one hash a level: a million leaves are 20 hashes.
public struct CompactRange: Sendable, Hashable {
    /// The number of leaves.
    public private(set) var size: UInt64
    /// One hash for each bit that is set in ``size``, from the highest.
    public private(set) var hashes: [Digest]

    /// The range of no leaves.
    public init() {
        size = 0
        hashes = []
    }

    /// A range as it was kept; nil where the number of hashes does not fit the size.
    public init?(size: UInt64, hashes: [Digest]) {
        guard hashes.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.hashes = hashes
    }

    /// Adds a leaf at the end.
    public mutating func append(leafHash: Digest) {
        var hash = leafHash
        // As in adding one to a binary number: each trailing 1 is a subtree as large as the one at hand.
        for _ in 0..<(~size).trailingZeroBitCount {
            hash = MerkleHash.node(hashes.removeLast(), hash)
        }
        hashes.append(hash)
        size += 1
    }

    /// The root over all leaves.
    public var root: Digest {
        guard var root = hashes.last else { return MerkleHash.emptyTree }
        for hash in hashes.dropLast().reversed() { root = MerkleHash.node(hash, root) }
        return root
    }
}
