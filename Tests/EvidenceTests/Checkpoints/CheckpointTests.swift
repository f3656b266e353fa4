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
}
