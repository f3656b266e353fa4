import AuditModel
import AuditTestSupport
import Evidence
import Testing

/// Laws of trees and proofs, held by random trees; a failure prints the seed it came from.
struct MerklePropertyTests {
    static let seeds: [UInt64] = (0..<60).map { 0x3E7C_1000 + $0 }

    @Test(arguments: seeds)
    func `every inclusion proof of a random tree holds, and leads to the root that RFC 6962 defines`(seed: UInt64)
        throws
    {
        var generator = SeededGenerator(seed: seed)
        let leaves = randomLeaves(upTo: 150, using: &generator)
        let tree = MerkleTree(leafHashes: leaves)
        let size = Int.random(in: 1...leaves.count, using: &generator)
        let root = try tree.root(atSize: size)
        #expect(root == definedRoot(leaves[..<size]), "seed \(seed)")
        for index in 0..<size {
            let proof = try tree.inclusionProof(ofLeaf: index, inSize: size)
            #expect(throws: Never.self, "seed \(seed), \(index) of \(size)") {
                try proof.verify(leafHash: leaves[index], root: root)
            }
        }
    }

    @Test(arguments: seeds)
    func `every consistency proof of a random tree holds`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let leaves = randomLeaves(upTo: 150, using: &generator)
        let tree = MerkleTree(leafHashes: leaves)
        let second = Int.random(in: 1...leaves.count, using: &generator)
        for first in 1...second {
            let proof = try tree.consistencyProof(from: first, to: second)
            #expect(throws: Never.self, "seed \(seed), \(first) to \(second)") {
                try proof.verify(firstRoot: tree.root(atSize: first), secondRoot: tree.root(atSize: second))
            }
        }
    }

    @Test(arguments: seeds)
    func `a proof with any bit flipped, a hash more, or a hash less is refused`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let leaves = randomLeaves(upTo: 40, using: &generator)
        let tree = MerkleTree(leafHashes: leaves)
        let index = Int.random(in: 0..<leaves.count, using: &generator)
        let inclusion = try tree.inclusionProof(ofLeaf: index)
        for hashes in damaged(inclusion.hashes, using: &generator) {
            let proof = InclusionProof(index: inclusion.index, size: inclusion.size, hashes: hashes)
            #expect(throws: MerkleProofError.self, "seed \(seed)") {
                try proof.verify(leafHash: leaves[index], root: tree.root)
            }
        }
        #expect(throws: MerkleProofError.self, "seed \(seed)") {
            try inclusion.verify(leafHash: flipped(leaves[index], bit: 7), root: tree.root)
        }
        let first = Int.random(in: 1...leaves.count, using: &generator)
        let consistency = try tree.consistencyProof(from: first)
        let firstRoot = try tree.root(atSize: first)
        for hashes in damaged(consistency.hashes, using: &generator) {
            let proof = ConsistencyProof(first: consistency.first, second: consistency.second, hashes: hashes)
            #expect(throws: MerkleProofError.self, "seed \(seed)") {
                try proof.verify(firstRoot: firstRoot, secondRoot: tree.root)
            }
        }
        #expect(throws: MerkleProofError.self, "seed \(seed)") {
            try consistency.verify(firstRoot: flipped(firstRoot, bit: 255), secondRoot: tree.root)
        }
    }

    @Test(arguments: seeds)
    func `in trees of up to 2^64 − 1 leaves a proof takes exactly as many hashes as its place is deep`(seed: UInt64)
        throws
    {
        var generator = SeededGenerator(seed: seed)
        // The largest trees, and sizes of all magnitudes.
        let magnitude = UInt64.random(in: 0..<64, using: &generator)
        let size =
            seed == Self.seeds[0] ? UInt64.max : UInt64.random(in: 1...(.max >> magnitude), using: &generator)
        let index = UInt64.random(in: 0..<size, using: &generator)
        let depth = definedDepth(of: index, in: size)
        let hashes = (0..<(depth + 2)).map { _ in randomDigest(using: &generator) }
        let leaf = randomDigest(using: &generator)
        let proof = InclusionProof(index: index, size: size, hashes: Array(hashes.prefix(depth)))
        #expect(throws: Never.self, "seed \(seed)") {
            try proof.verify(leafHash: leaf, root: proof.root(leafHash: leaf))
        }
        if depth > 0 {
            let short = InclusionProof(index: index, size: size, hashes: Array(hashes.prefix(depth - 1)))
            #expect(throws: MerkleProofError.tooFewHashes(expected: depth), "seed \(seed)") {
                try short.root(leafHash: leaf)
            }
        }
        for excess in [depth + 1, depth + 2] {
            let long = InclusionProof(index: index, size: size, hashes: Array(hashes.prefix(excess)))
            #expect(throws: MerkleProofError.tooManyHashes(expected: depth), "seed \(seed)") {
                try long.root(leafHash: leaf)
            }
        }
    }

    @Test(arguments: seeds)
    func `garbage of any size is refused without a crash`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let numbers = [0, 1, 2, .max, .max - 1, 1 << 63, UInt64.random(in: 0 ... .max, using: &generator)]
            let one = numbers.randomElement(using: &generator) ?? 0
            let other = numbers.randomElement(using: &generator) ?? 0
            let hashes = (0..<Int.random(in: 0...70, using: &generator)).map { _ in randomDigest(using: &generator) }
            let digest = randomDigest(using: &generator)
            #expect(throws: MerkleProofError.self, "seed \(seed)") {
                try InclusionProof(index: one, size: other, hashes: hashes).verify(leafHash: digest, root: leaf0)
            }
            #expect(throws: MerkleProofError.self, "seed \(seed)") {
                try ConsistencyProof(first: one, second: other, hashes: hashes).verify(
                    firstRoot: digest, secondRoot: leaf0)
            }
        }
    }

    @Test(arguments: seeds)
    func `a compact range has the root of its tree, and can be kept and taken up again at any size`(seed: UInt64)
        throws
    {
        var generator = SeededGenerator(seed: seed)
        let leaves = randomLeaves(upTo: 150, using: &generator)
        let tree = MerkleTree(leafHashes: leaves)
        var range = CompactRange()
        for (index, leaf) in leaves.enumerated() {
            range = try #require(CompactRange(size: range.size, hashes: range.hashes))
            #expect(try range.root == tree.root(atSize: index), "seed \(seed)")
            range.append(leafHash: leaf)
        }
        #expect(range.root == tree.root, "seed \(seed)")
        #expect(CompactRange(size: range.size, hashes: range.hashes + [leaf0]) == nil)
    }

    /// The hashes with one bit flipped in each, with one more, and with one less.
    private func damaged(_ hashes: [Digest], using generator: inout SeededGenerator) -> [[Digest]] {
        var all = [hashes + [randomDigest(using: &generator)], [randomDigest(using: &generator)] + hashes]
        if !hashes.isEmpty { all += [hashes.dropLast(), Array(hashes.dropFirst())].map { Array($0) } }
        for index in hashes.indices {
            var copy = hashes
            copy[index] = flipped(copy[index], bit: Int.random(in: 0..<256, using: &generator))
            all.append(copy)
        }
        return all
    }

    private let leaf0 = MerkleHash.leaf([])

    /// `MTH` of RFC 6962 section 2.1, word for word.
    private func definedRoot(_ leaves: ArraySlice<Digest>) -> Digest {
        guard leaves.count > 1 else { return leaves.first ?? MerkleHash.emptyTree }
        var half = 1
        while half * 2 < leaves.count { half *= 2 }
        return MerkleHash.node(definedRoot(leaves.prefix(half)), definedRoot(leaves.dropFirst(half)))
    }

    /// The length of `PATH` by the definition: halve until one leaf is left.
    private func definedDepth(of index: UInt64, in size: UInt64) -> Int {
        guard size > 1 else { return 0 }
        // The largest power of two below the size, without running over at 2^64.
        var half: UInt64 = 1
        while half < size - half { half *= 2 }
        return 1 + (index < half ? definedDepth(of: index, in: half) : definedDepth(of: index - half, in: size - half))
    }
}

/// Up to so many random leaf hashes, 1 at least.
func randomLeaves(upTo limit: Int, using generator: inout SeededGenerator) -> [Digest] {
    (0..<Int.random(in: 1...limit, using: &generator)).map { _ in randomDigest(using: &generator) }
}

func randomDigest(using generator: inout SeededGenerator) -> Digest {
    Digest(of: String(generator.next()))
}

/// A digest with one of its 256 bits flipped.
func flipped(_ digest: Digest, bit: Int) -> Digest {
    var bytes = digest.bytes
    bytes[bit / 8] ^= 1 << UInt8(bit % 8)
    return Digest(bytes: bytes) ?? digest
}
