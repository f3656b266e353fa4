public import AuditModel

/// An append-only Merkle tree (RFC 6962 section 2.1) that remembers the hash of every complete subtree.
///
/// Appending costs two hashes on average, a root or a proof of any earlier size at most some tens. It holds two hashes
/// a leaf; where only the root is asked for, ``CompactRange`` does with one a level.
public struct MerkleTree: Sendable, Hashable {
    /// `levels[h][i]` is the hash of the leaves from `i << h` to `(i + 1) << h`; `levels[0]` are the leaf hashes.
    private var levels: [[Digest]] = [[]]

    /// A tree over these leaves.
    public init(leafHashes: some Sequence<Digest> = []) {
        for hash in leafHashes { append(leafHash: hash) }
    }

    /// The number of leaves.
    public var size: Int { levels[0].count }

    /// The hash of a leaf.
    ///
    /// - Throws: ``MerkleProofError/indexBeyondSize(index:size:)``.
    public func leafHash(at index: Int) throws(MerkleProofError) -> Digest {
        guard levels[0].indices.contains(index) else {
            throw .indexBeyondSize(index: UInt64(max(index, 0)), size: UInt64(size))
        }
        return levels[0][index]
    }

    /// Adds a leaf at the end.
    public mutating func append(leafHash: Digest) {
        levels[0].append(leafHash)
        var height = 0
        // Where a level has come to an even number of nodes, the last two are complete and have a parent.
        while levels[height].count.isMultiple(of: 2) {
            let last = levels[height].count - 1
            let parent = MerkleHash.node(levels[height][last - 1], levels[height][last])
            height += 1
            if height == levels.count { levels.append([]) }
            levels[height].append(parent)
        }
    }

    /// The root over all leaves.
    public var root: Digest { size == 0 ? MerkleHash.emptyTree : hash(of: 0..<size) }

    /// The root that the tree had when it had so many leaves.
    ///
    /// - Throws: ``MerkleProofError/sizeBeyondTree(size:tree:)``.
    public func root(atSize earlier: Int) throws(MerkleProofError) -> Digest {
        try check(earlier)
        return earlier == 0 ? MerkleHash.emptyTree : hash(of: 0..<earlier)
    }

    /// The proof that a leaf is in the tree of a size: `PATH(m, D[n])` of RFC 6962 section 2.1.1.
    ///
    /// - Parameters:
    ///   - index: The leaf, from 0.
    ///   - earlier: The number of leaves of the tree that is meant; nil for all there are.
    /// - Throws: ``MerkleProofError/sizeBeyondTree(size:tree:)``, ``MerkleProofError/indexBeyondSize(index:size:)``.
    public func inclusionProof(ofLeaf index: Int, inSize earlier: Int? = nil) throws(MerkleProofError)
        -> InclusionProof
    {
        let size = earlier ?? size
        try check(size)
        guard index >= 0, index < size else {
            throw .indexBeyondSize(index: UInt64(max(index, 0)), size: UInt64(size))
        }
        var siblings: [Digest] = []
        var range = 0..<size
        while range.count > 1 {
            let middle = range.lowerBound + Self.split(range.count)
            if index < middle {
                siblings.append(hash(of: middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                siblings.append(hash(of: range.lowerBound..<middle))
                range = middle..<range.upperBound
            }
        }
        return InclusionProof(index: UInt64(index), size: UInt64(size), hashes: siblings.reversed())
    }

    /// The proof that the tree of a size is the beginning of the tree of another: `PROOF(m, D[n])` of RFC 6962
    /// section 2.1.2.
    ///
    /// - Parameters:
    ///   - first: 1 or more: the RFC knows no proof from the empty tree.
    ///   - second: `first` or more; nil for all leaves there are.
    public func consistencyProof(from first: Int, to second: Int? = nil) throws(MerkleProofError) -> ConsistencyProof {
        let second = second ?? size
        try check(first)
        try check(second)
        guard first > 0 else { throw .emptyTree }
        guard first <= second else { throw .sizesReversed(first: UInt64(first), second: UInt64(second)) }
        var hashes: [Digest] = []
        var range = 0..<second
        // Whether the subtree at hand is a subtree of the first tree whose root the verifier knows.
        var isKnown = true
        while first != range.upperBound {
            let middle = range.lowerBound + Self.split(range.count)
            if first <= middle {
                hashes.append(hash(of: middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                hashes.append(hash(of: range.lowerBound..<middle))
                range = middle..<range.upperBound
                isKnown = false
            }
        }
        if !isKnown { hashes.append(hash(of: range)) }
        return ConsistencyProof(first: UInt64(first), second: UInt64(second), hashes: hashes.reversed())
    }

    private func check(_ size: Int) throws(MerkleProofError) {
        guard size >= 0, size <= self.size else {
            throw .sizeBeyondTree(size: UInt64(max(size, 0)), tree: UInt64(self.size))
        }
    }

    /// The hash of a subtree: a range that the tree of some size splits off.
    private func hash(of range: Range<Int>) -> Digest {
        let count = range.count
        let height = count.trailingZeroBitCount
        if count == 1 << height { return levels[height][range.lowerBound >> height] }
        let middle = range.lowerBound + Self.split(count)
        return MerkleHash.node(hash(of: range.lowerBound..<middle), hash(of: middle..<range.upperBound))
    }

    /// The largest power of two below a number of leaves, which is 2 or more: the size of the left subtree.
    static func split(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}
