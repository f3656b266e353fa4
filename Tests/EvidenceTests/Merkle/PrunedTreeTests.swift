import AuditModel
import AuditTestSupport
import Evidence
import Testing

struct PrunedTreeTests {
    static let seeds: [UInt64] = (0..<100).map { 0x9A12_4000 + $0 }

    @Test(arguments: seeds)
    func `a pruned tree has the same root, and proves every leaf that is held`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let leaves = randomLeaves(upTo: 120, using: &generator)
        let tree = MerkleTree(leafHashes: leaves)
        let kept = randomKept(leaves.count, using: &generator)
        let pruned = PrunedTree(tree, keeping: kept.contains)
        #expect(pruned.root == tree.root, "seed \(seed)")
        for size in 0...leaves.count {
            // A root of an earlier time is told, and told right, where all leaves up to there are held.
            if let root = pruned.root(atSize: size) { #expect(try root == tree.root(atSize: size), "seed \(seed)") }
            #expect(pruned.root(atSize: size) != nil || !(0..<size).allSatisfy(kept.contains), "seed \(seed)")
        }
        #expect(pruned.root(atSize: -1) == nil && pruned.root(atSize: leaves.count + 1) == nil)
        #expect(pruned.prunedCount == leaves.count - kept.count, "seed \(seed)")
        #expect(pruned.subtrees.map(\.count).reduce(0, +) == pruned.prunedCount, "seed \(seed)")
        for index in leaves.indices {
            guard kept.contains(index) else {
                #expect(throws: PrunedTreeError.notHeld(leaf: index)) { try pruned.inclusionProof(ofLeaf: index) }
                continue
            }
            #expect(try pruned.inclusionProof(ofLeaf: index) == tree.inclusionProof(ofLeaf: index), "seed \(seed)")
        }
    }

    @Test(arguments: seeds)
    func `pruning in two steps is pruning at once, and the parts can be kept and put together again`(seed: UInt64)
        throws
    {
        var generator = SeededGenerator(seed: seed)
        let leaves = randomLeaves(upTo: 120, using: &generator)
        let tree = MerkleTree(leafHashes: leaves)
        let first = randomKept(leaves.count, using: &generator)
        let second = first.filter { _ in Bool.random(using: &generator) }
        let atOnce = PrunedTree(tree, keeping: second.contains)
        #expect(PrunedTree(tree, keeping: first.contains).pruned(keeping: second.contains) == atOnce, "seed \(seed)")
        let held = Dictionary(uniqueKeysWithValues: second.map { ($0, leaves[$0]) })
        let again = try PrunedTree(size: leaves.count, subtrees: atOnce.subtrees, heldLeaves: held)
        #expect(again == atOnce, "seed \(seed)")
        // A held leaf that was altered shows in the root.
        if let index = second.min() {
            var altered = held
            altered[index] = flipped(leaves[index], bit: 3)
            let other = try PrunedTree(size: leaves.count, subtrees: atOnce.subtrees, heldLeaves: altered)
            #expect(other.root != tree.root, "seed \(seed)")
        }
    }

    @Test func `each largest subtree without a held leaf stands as one hash`() throws {
        let leaves = (0..<8).map { MerkleHash.leaf([$0]) }
        let pruned = PrunedTree(MerkleTree(leafHashes: leaves)) { $0 == 2 }
        #expect(pruned.subtrees.map(\.start) == [0, 3, 4])
        #expect(pruned.subtrees.map(\.count) == [2, 1, 4])
        #expect(pruned.subtrees[0].hash == MerkleHash.node(leaves[0], leaves[1]))
        let nothing = PrunedTree(MerkleTree(leafHashes: leaves)) { _ in false }
        #expect(nothing.subtrees.map(\.count) == [8])
    }

    @Test func `parts that do not make up one tree are refused`() throws {
        let leaves = (0..<5).map { MerkleHash.leaf([$0]) }
        func subtree(_ start: Int, _ count: Int) -> PrunedTree.Subtree {
            PrunedTree.Subtree(start: start, count: count, hash: leaves[0])
        }
        func error(_ size: Int, _ subtrees: [PrunedTree.Subtree], _ held: [Int]) -> PrunedTreeError? {
            let held = Dictionary(uniqueKeysWithValues: held.map { ($0, leaves[0]) })
            do {
                _ = try PrunedTree(size: size, subtrees: subtrees, heldLeaves: held)
                return nil
            } catch { return error }
        }
        #expect(error(5, [subtree(0, 4)], [4]) == nil)
        #expect(error(0, [], []) == nil)
        #expect(error(5, [subtree(0, 4)], []) == .missing(leaf: 4))
        #expect(error(5, [subtree(0, 4), subtree(0, 2)], [4]) == .overlapping(leaf: 0))
        #expect(error(5, [subtree(0, 4)], [2, 4]) == .partsBesideTheTree(count: 1))
        #expect(error(5, [subtree(0, 3)], [3, 4]) == .missing(leaf: 0))
        #expect(error(5, [subtree(0, 4), subtree(9, 1)], [4]) == .partsBesideTheTree(count: 1))
        #expect(error(-1, [subtree(0, 4)], []) == .partsBesideTheTree(count: 1))
        #expect(error(.max, [], []) == .missing(leaf: 0))
    }

    private func randomKept(_ count: Int, using generator: inout SeededGenerator) -> Set<Int> {
        let share = Double.random(in: 0...1, using: &generator)
        return Set((0..<count).filter { _ in Double.random(in: 0..<1, using: &generator) < share })
    }
}
