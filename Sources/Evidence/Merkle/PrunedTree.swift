public import AuditModel

/// A Merkle tree of which part of the leaves is no longer held: each largest subtree without a leaf that is held stands as
/// its hash alone, so the root is what it was, and every leaf that is held can still be proven.
public struct PrunedTree: Sendable, Hashable {
    /// A subtree of which the hash alone is left.
    public struct Subtree: Sendable, Hashable {
        /// Its first leaf, from 0.
        public var start: Int
        /// Its number of leaves, 1 or more.
        public var count: Int
        /// Its hash.
        public var hash: Digest

        /// Joins the parts.
        public init(start: Int, count: Int, hash: Digest) {
            self.start = start
            self.count = count
            self.hash = hash
        }
    }

    /// The number of leaves, held and pruned.
    public let size: Int
    private let subtreesByStart: [Int: Subtree]
    private let heldLeaves: [Int: Digest]

    /// The whole tree with the leaves pruned that are not to be kept.
    public init(_ tree: MerkleTree, keeping isKept: (Int) -> Bool) {
        let leaves = (0..<tree.size).compactMap { index in (try? tree.leafHash(at: index)).map { (index, $0) } }
        let whole = PrunedTree(size: tree.size, [:], Dictionary(uniqueKeysWithValues: leaves))
        self = whole.pruned(keeping: isKept)
    }

    /// A tree as it was kept: the pruned subtrees, and the hashes of the leaves that are held.
    ///
    /// - Throws: ``PrunedTreeError`` where they do not make up one tree of this size.
    public init(size: Int, subtrees: [Subtree], heldLeaves: [Int: Digest]) throws(PrunedTreeError) {
        guard size >= 0 else { throw .partsBesideTheTree(count: subtrees.count + heldLeaves.count) }
        var byStart: [Int: Subtree] = [:]
        for subtree in subtrees {
            guard byStart.updateValue(subtree, forKey: subtree.start) == nil else {
                throw .overlapping(leaf: subtree.start)
            }
        }
        self.init(size: size, byStart, heldLeaves)
        var used = (subtrees: 0, leaves: 0)
        if size > 0 { try check(0..<size, &used) }
        // Whatever the walk did not come to lies inside another part, or outside of the tree.
        guard used.subtrees == subtrees.count, used.leaves == heldLeaves.count else {
            throw .partsBesideTheTree(count: subtrees.count + heldLeaves.count - used.subtrees - used.leaves)
        }
    }

    private init(size: Int, _ subtreesByStart: [Int: Subtree], _ heldLeaves: [Int: Digest]) {
        self.size = size
        self.subtreesByStart = subtreesByStart
        self.heldLeaves = heldLeaves
    }

    /// The pruned subtrees, by their first leaf.
    public var subtrees: [Subtree] { subtreesByStart.values.sorted { $0.start < $1.start } }

    /// The number of leaves of which there is no more than a hash.
    public var prunedCount: Int { size - heldLeaves.count }

    /// The root, which pruning never changes.
    public var root: Digest { size == 0 ? MerkleHash.emptyTree : hash(of: 0..<size) }

    /// The root that the tree had when it had fewer leaves; nil where that takes a leaf that is pruned, and for a size that it
    /// never had.
    public func root(atSize earlier: Int) -> Digest? {
        guard (0...size).contains(earlier) else { return nil }
        return earlier == 0 ? MerkleHash.emptyTree : heldHash(of: 0..<earlier)
    }

    private func heldHash(of range: Range<Int>) -> Digest? {
        if let subtree = subtreesByStart[range.lowerBound], subtree.count >= range.count {
            return subtree.count == range.count ? subtree.hash : nil
        }
        if range.count == 1 { return heldLeaves[range.lowerBound] }
        let (left, right) = Self.halves(of: range)
        guard let left = heldHash(of: left), let right = heldHash(of: right) else { return nil }
        return MerkleHash.node(left, right)
    }

    /// The tree with more leaves pruned. What is pruned already stays so.
    public func pruned(keeping isKept: (Int) -> Bool) -> PrunedTree {
        let held = heldLeaves.filter { isKept($0.key) }
        var subtrees: [Int: Subtree] = [:]
        if size > 0 { prune(0..<size, held.keys.sorted()[...], into: &subtrees) }
        return PrunedTree(size: size, subtrees, held)
    }

    /// The proof of a leaf that is held.
    ///
    /// - Throws: ``PrunedTreeError/notHeld(leaf:)``.
    public func inclusionProof(ofLeaf index: Int) throws(PrunedTreeError) -> InclusionProof {
        guard heldLeaves[index] != nil else { throw .notHeld(leaf: index) }
        var siblings: [Digest] = []
        var range = 0..<size
        while range.count > 1 {
            let (left, right) = Self.halves(of: range)
            siblings.append(hash(of: left.contains(index) ? right : left))
            range = left.contains(index) ? left : right
        }
        return InclusionProof(index: UInt64(index), size: UInt64(size), hashes: siblings.reversed())
    }

    private func prune(_ range: Range<Int>, _ held: ArraySlice<Int>, into subtrees: inout [Int: Subtree]) {
        if held.isEmpty {
            subtrees[range.lowerBound] = Subtree(start: range.lowerBound, count: range.count, hash: hash(of: range))
        } else if range.count > 1 {
            let (left, right) = Self.halves(of: range)
            prune(left, held.prefix { $0 < left.upperBound }, into: &subtrees)
            prune(right, held.drop { $0 < left.upperBound }, into: &subtrees)
        }
    }

    private func check(_ range: Range<Int>, _ used: inout (subtrees: Int, leaves: Int)) throws(PrunedTreeError) {
        if let subtree = subtreesByStart[range.lowerBound], subtree.count == range.count {
            used.subtrees += 1
        } else if range.count == 1 {
            guard heldLeaves[range.lowerBound] != nil else { throw .missing(leaf: range.lowerBound) }
            used.leaves += 1
        } else {
            let (left, right) = Self.halves(of: range)
            try check(left, &used)
            try check(right, &used)
        }
    }

    private func hash(of range: Range<Int>) -> Digest {
        if let subtree = subtreesByStart[range.lowerBound], subtree.count == range.count { return subtree.hash }
        if range.count == 1, let hash = heldLeaves[range.lowerBound] { return hash }
        let (left, right) = Self.halves(of: range)
        return MerkleHash.node(hash(of: left), hash(of: right))
    }

    private static func halves(of range: Range<Int>) -> (Range<Int>, Range<Int>) {
        let middle = range.lowerBound + MerkleTree.split(range.count)
        return (range.lowerBound..<middle, middle..<range.upperBound)
    }
}

/// Why parts do not make up a pruned tree.
public enum PrunedTreeError: Error, Sendable, Hashable {
    /// Two subtrees start at one leaf.
    case overlapping(leaf: Int)
    /// Neither a leaf nor a subtree stands for this leaf.
    case missing(leaf: Int)
    /// So many parts lie inside of others, or outside of the tree.
    case partsBesideTheTree(count: Int)
    /// The leaf's content is no longer held.
    case notHeld(leaf: Int)
}
