public import AuditModel

/// A root and the number of leaves below it: what a run's leaf says of each of its trees.
public struct TreeHead: Sendable, Hashable {
    /// The number of leaves.
    public var count: Int
    /// The Merkle root.
    public var root: Digest

    /// Joins the two.
    public init(count: Int, root: Digest) {
        self.count = count
        self.root = root
    }
}

/// Computes the roots of a run's two trees from its leaves, one at a time and in order, so that a run of any size takes a
/// few hashes of memory.
public struct RunTreeBuilder: Sendable {
    private var captureRange = CompactRange()
    private var resultRange = CompactRange()
    private var lastCapture: (client: Client.ID, group: SettingsGroup)?
    private var lastResult: Client.ID?

    /// A builder without leaves.
    public init() {}

    /// Adds a capture. They come by client, and for one client by group.
    ///
    /// - Throws: ``LeafError/outOfOrder(_:)``.
    public mutating func append(_ leaf: CaptureLeaf) throws(LeafError) {
        if let lastCapture, (lastCapture.client, lastCapture.group) >= (leaf.client, leaf.group) {
            throw .outOfOrder("\(leaf.client) \(leaf.group.rawValue)")
        }
        lastCapture = (leaf.client, leaf.group)
        captureRange.append(leafHash: leaf.hash)
    }

    /// Adds a client's results. They come by client.
    ///
    /// - Throws: ``LeafError/outOfOrder(_:)``.
    public mutating func append(_ leaf: ResultLeaf) throws(LeafError) {
        if let lastResult, lastResult >= leaf.client { throw .outOfOrder("\(leaf.client)") }
        lastResult = leaf.client
        resultRange.append(leafHash: leaf.hash)
    }

    /// The captures so far.
    public var captures: TreeHead { TreeHead(count: Int(captureRange.size), root: captureRange.root) }
    /// The results so far.
    public var results: TreeHead { TreeHead(count: Int(resultRange.size), root: resultRange.root) }
}

/// The capture tree of one run, with every leaf at hand that was not pruned: what proofs are made from.
public struct CaptureTree: Sendable {
    /// The leaves that are held, by client and then by group.
    public let leaves: [CaptureLeaf]
    /// The place in the tree of each of ``leaves``.
    private let places: [Int]
    private let tree: Tree

    private enum Tree {
        case whole(MerkleTree)
        case pruned(PrunedTree)
    }

    /// The tree of these captures, in whatever order they come.
    ///
    /// - Throws: ``LeafError/outOfOrder(_:)`` where a client's group comes twice.
    public init(_ leaves: some Sequence<CaptureLeaf>) throws(LeafError) {
        let sorted = leaves.sorted(by: CaptureLeaf.precedes)
        for (one, next) in zip(sorted, sorted.dropFirst()) where !CaptureLeaf.precedes(one, next) {
            throw .outOfOrder("\(next.client) \(next.group.rawValue)")
        }
        self.leaves = sorted
        places = Array(sorted.indices)
        tree = .whole(MerkleTree(leafHashes: sorted.map(\.hash)))
    }

    /// A tree of which some leaves were pruned.
    ///
    /// - Parameters:
    ///   - held: the other leaves with their places, by place, which is by client and then by group.
    ///   - size: the number of all leaves.
    ///   - subtrees: what is left of those that were pruned.
    /// - Throws: ``PrunedTreeError`` where they do not make up one tree.
    public init(
        held: [(place: Int, leaf: CaptureLeaf)], size: Int, subtrees: [PrunedTree.Subtree]
    ) throws(PrunedTreeError) {
        leaves = held.map(\.leaf)
        places = held.map(\.place)
        let hashes = Dictionary(held.map { ($0.place, $0.leaf.hash) }, uniquingKeysWith: { first, _ in first })
        tree = .pruned(try PrunedTree(size: size, subtrees: subtrees, heldLeaves: hashes))
    }

    /// What the run's leaf says of this tree.
    public var head: TreeHead {
        switch tree {
        case .whole(let tree): TreeHead(count: tree.size, root: tree.root)
        case .pruned(let tree): TreeHead(count: tree.size, root: tree.root)
        }
    }

    /// The tree with the leaves pruned that are not to be kept; see ``PrunedTree``.
    public func pruned(keeping isKept: (CaptureLeaf) -> Bool) -> PrunedTree {
        let kept = Set(zip(places, leaves).filter { isKept($1) }.map(\.0))
        return switch tree {
        case .whole(let tree): PrunedTree(tree) { kept.contains($0) }
        case .pruned(let tree): tree.pruned { kept.contains($0) }
        }
    }

    /// The leaf at a place of the tree; nil where it is not held.
    public func leaf(at place: Int) -> CaptureLeaf? {
        switch tree {
        case .whole: leaves.indices.contains(place) ? leaves[place] : nil
        case .pruned: places.firstIndex(of: place).map { leaves[$0] }
        }
    }

    /// The place of a capture in the tree, or nil where the run has none such, or no more than its hash.
    public func index(of client: Client.ID, _ group: SettingsGroup) -> Int? {
        var low = 0
        var high = leaves.count
        while low < high {
            let middle = (low + high) / 2
            let leaf = leaves[middle]
            if (leaf.client, leaf.group) < (client, group) { low = middle + 1 } else { high = middle }
        }
        guard low < leaves.count, leaves[low].client == client, leaves[low].group == group else { return nil }
        return places[low]
    }

    /// The proof that a capture is in the tree.
    ///
    /// - Throws: ``MerkleProofError/indexBeyondSize(index:size:)``, for a leaf that is not held, too.
    public func inclusionProof(ofLeaf index: Int) throws(MerkleProofError) -> InclusionProof {
        switch tree {
        case .whole(let tree): return try tree.inclusionProof(ofLeaf: index)
        case .pruned(let tree):
            guard let proof = try? tree.inclusionProof(ofLeaf: index) else {
                throw .indexBeyondSize(index: UInt64(max(index, 0)), size: UInt64(tree.size))
            }
            return proof
        }
    }
}
