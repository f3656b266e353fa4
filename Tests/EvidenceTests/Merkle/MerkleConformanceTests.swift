import AuditModel
import AuditTestSupport
import Evidence
import Testing

/// transparency-dev/merkle, `merkle/inclusion.json`, `consistency.json`, `tree.json` and `tree8.json`.
@Suite(.enabled(if: skipWithoutConformanceFolder("MerkleConformanceTests")))
struct MerkleConformanceTests {
    @Test func `inclusion proofs hold exactly where RFC 9162 says so`() throws {
        var count = CaseCount()
        for testCase in try conformanceCases("merkle/inclusion.json") {
            let holds = Self.holds(inclusion: testCase)
            count.add(holds == testCase.isTrue("valid"))
            #expect(holds == testCase.isTrue("valid"), "\(testCase.text("id"))")
        }
        count.print("merkle/inclusion.json")
    }

    @Test func `consistency proofs hold exactly where RFC 9162 says so`() throws {
        var count = CaseCount()
        for testCase in try conformanceCases("merkle/consistency.json") {
            let holds = Self.holds(consistency: testCase)
            count.add(holds == testCase.isTrue("valid"))
            #expect(holds == testCase.isTrue("valid"), "\(testCase.text("id"))")
        }
        count.print("merkle/consistency.json")
    }

    @Test func `the standard tree of eight leaves has its hashes, nodes and roots`() throws {
        let file = try conformanceFile("merkle/tree.json")
        var count = CaseCount()
        func check(_ isRight: Bool, _ what: String) {
            count.add(isRight)
            #expect(isRight, "\(what)")
        }
        let leafHashes = file.hexList("leaves").map(MerkleHash.leaf)
        check(leafHashes.map(\.bytes) == file.hexList("leaf_hashes"), "leaf hashes")
        var level = leafHashes
        for (height, nodes) in (file["nodes"]?.arrayValue ?? []).enumerated() {
            check(level.map { .string($0.hex) } == nodes.arrayValue, "level \(height)")
            level = stride(from: 0, to: level.count - 1, by: 2).map { MerkleHash.node(level[$0], level[$0 + 1]) }
        }
        let tree = MerkleTree(leafHashes: leafHashes)
        var range = CompactRange()
        for (size, root) in file.hexList("roots").enumerated() {
            check(try tree.root(atSize: size).bytes == root, "root of \(size)")
            check(range.root.bytes == root, "root of a compact range of \(size)")
            if size < leafHashes.count { range.append(leafHash: leafHashes[size]) }
        }
        for hash in file["hashes"]?.arrayValue ?? [] {
            let computed =
                switch hash.text("what") {
                case "leaf": MerkleHash.leaf(hash.hex("data"))
                case "node": MerkleHash.node(hash.hex("left"), hash.hex("right"))
                default: MerkleHash.emptyTree
                }
            check(computed.bytes == hash.hex("hash"), hash.text("what"))
        }
        count.print("merkle/tree.json")
    }

    @Test func `each proof of the standard tree is made as RFC 6962 defines it, and holds`() throws {
        let leafHashes = try conformanceFile("merkle/tree.json").hexList("leaves").map(MerkleHash.leaf)
        let tree = MerkleTree(leafHashes: leafHashes)
        var count = CaseCount()
        for testCase in try conformanceCases("merkle/tree8.json") {
            let isRight = try Self.isMade(testCase, from: tree)
            count.add(isRight)
            #expect(isRight, "\(testCase.text("id"))")
        }
        count.print("merkle/tree8.json")
    }

    private static func isMade(_ testCase: SettingValue, from tree: MerkleTree) throws -> Bool {
        let expected = testCase.hexList("proof")
        func number(_ key: String) throws -> Int { try #require(Int(testCase.text(key)), "\(key)") }
        switch testCase.text("kind") {
        case "inclusion":
            let (index, size) = (try number("index"), try number("size"))
            let proof = try tree.inclusionProof(ofLeaf: index, inSize: size)
            try proof.verify(leafHash: tree.leafHash(at: index), root: tree.root(atSize: size))
            return proof.hashes.map(\.bytes) == expected
        case "consistency":
            let (first, second) = (try number("size1"), try number("size2"))
            let proof = try tree.consistencyProof(from: first, to: second)
            try proof.verify(firstRoot: tree.root(atSize: first), secondRoot: tree.root(atSize: second))
            return proof.hashes.map(\.bytes) == expected
        default: return false
        }
    }

    /// Whether a case's proof holds. A hash that is not 32 bytes is no digest, so nothing with one holds.
    private static func holds(inclusion testCase: SettingValue) -> Bool {
        guard let index = UInt64(testCase.text("index")), let size = UInt64(testCase.text("size")),
            let hashes = digests(testCase.hexList("proof")), let leaf = Digest(bytes: testCase.hex("leaf_hash")),
            let root = Digest(bytes: testCase.hex("root"))
        else { return false }
        let proof = InclusionProof(index: index, size: size, hashes: hashes)
        return (try? proof.verify(leafHash: leaf, root: root)) != nil
    }

    private static func holds(consistency testCase: SettingValue) -> Bool {
        guard let first = UInt64(testCase.text("size1")), let second = UInt64(testCase.text("size2")),
            let hashes = digests(testCase.hexList("proof")), let firstRoot = Digest(bytes: testCase.hex("root1")),
            let secondRoot = Digest(bytes: testCase.hex("root2"))
        else { return false }
        let proof = ConsistencyProof(first: first, second: second, hashes: hashes)
        return (try? proof.verify(firstRoot: firstRoot, secondRoot: secondRoot)) != nil
    }

    private static func digests(_ hashes: [[UInt8]]) -> [Digest]? {
        let digests = hashes.compactMap { Digest(bytes: $0) }
        return digests.count == hashes.count ? digests : nil
    }
}
