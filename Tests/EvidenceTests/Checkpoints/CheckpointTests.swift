import AuditModel
import Evidence
import Testing

struct CheckpointTests {
    private let root = MerkleHash.emptyTree

    @Test func `a checkpoint cannot hold a line that its text cannot`() throws {
        #expect(throws: CheckpointError.invalidLine(number: 1)) { try Checkpoint(origin: "", size: 0, root: root) }
        #expect(throws: CheckpointError.invalidLine(number: 1)) { try Checkpoint(origin: "a\nb", size: 0, root: root) }
        #expect(throws: CheckpointError.invalidLine(number: 5)) {
            try Checkpoint(origin: "log", size: 0, root: root, extensions: ["one", ""])
        }
    }

    @Test func `sizes up to 2^64 − 1 are written and read`() throws {
        for size in [0, 1, 10, UInt64.max] {
            let checkpoint = try Checkpoint(origin: "log", size: size, root: root, extensions: ["x"])
            #expect(try Checkpoint(text: Array(checkpoint.text.utf8)) == checkpoint)
        }
    }

    @Test func `a log is known by its key's name unless it is called otherwise`() throws {
        let key = try SignerKey(name: "audit.example/log", seed: Array(repeating: 7, count: 32))
        let checkpoint = try Checkpoint(origin: "audit.example/log", size: 0, root: root)
        let note = try checkpoint.signed(with: [key]).bytes
        let (found, signers) = try TrustedLog(key: key.verifier).checkpoint(in: note)
        #expect(found == checkpoint)
        #expect(signers == [key.verifier])
        #expect(throws: CheckpointError.otherOrigin(expected: "other", found: "audit.example/log")) {
            try TrustedLog(origin: "other", key: key.verifier).checkpoint(in: note)
        }
    }

    @Test func `a proof without a checkpoint, or with more hashes than a tree has levels, is refused`() throws {
        #expect(throws: LogProofError.noCheckpoint) {
            try LogProof(text: Array("c2sp.org/tlog-proof@v1\nindex 0\n\n".utf8))
        }
        let hashes = Array(repeating: root, count: 65)
        let proof = LogProof(index: 0, hashes: hashes, checkpoint: Array("log\n".utf8))
        #expect(throws: LogProofError.tooManyHashes(limit: 64)) { try LogProof(text: proof.text) }
    }

    @Test func `a log that was truncated or rewritten does not continue a checkpoint that is held`() throws {
        let leaves = (0..<9).map { MerkleHash.leaf([$0]) }
        let whole = MerkleTree(leafHashes: leaves)
        for size in 0...9 {
            let held = try MerkleTree(leafHashes: leaves.prefix(size)).checkpoint(origin: "log")
            try whole.verifyContinues(held, origin: "log")
        }
        let held = try whole.checkpoint(origin: "log")
        #expect(throws: CheckpointError.truncated(held: 9, found: 8)) {
            try MerkleTree(leafHashes: leaves.dropLast()).verifyContinues(held, origin: "log")
        }
        for index in leaves.indices {
            var rewritten = leaves
            rewritten[index] = MerkleHash.leaf([99])
            let tree = MerkleTree(leafHashes: rewritten + [root])
            #expect(throws: CheckpointError.self) { try tree.verifyContinues(held, origin: "log") }
        }
        #expect(throws: CheckpointError.otherOrigin(expected: "other", found: "log")) {
            try whole.verifyContinues(held, origin: "other")
        }
        let huge = try Checkpoint(origin: "log", size: .max, root: root)
        #expect(throws: CheckpointError.truncated(held: .max, found: 9)) {
            try whole.verifyContinues(huge, origin: "log")
        }
    }
}
