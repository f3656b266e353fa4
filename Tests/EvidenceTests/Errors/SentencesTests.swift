import AuditModel
import Evidence
import Testing

/// The sentences, word for word.
struct SentencesTests {
    private let one = Digest(of: "one")
    private let other = Digest(of: "other")

    @Test func `a refused Merkle proof says what does not fit`() {
        #expect("\(MerkleProofError.indexBeyondSize(index: 8, size: 8))" == "entry 8 is not in a tree of 8 entries")
        #expect("\(MerkleProofError.tooFewHashes(expected: 3))" == "the proof has too few hashes (it takes 3)")
        #expect("\(MerkleProofError.tooManyHashes(expected: nil))" == "the proof has too many hashes")
        #expect(
            "\(MerkleProofError.otherRoot(computed: one, stated: other))" == """
                the proof leads to the root \(one.short)…, and the tree has \(other.short)…: what is proven, or the proof, \
                was changed
                """)
        #expect(
            "\(MerkleProofError.otherFirstRoot(computed: one, stated: other))" == """
                the later tree does not begin with the earlier one: it leads to the root \(one.short)…, and the earlier \
                one has \(other.short)…. Entries were changed or taken away
                """)
    }

    @Test func `a refused key, note or checkpoint says why, and how it should be`() throws {
        let key = try SignerKey(name: "log", seed: Array(repeating: 1, count: 32)).verifier.identity
        #expect("\(KeyError.otherType(4))" == "a key of type 0x04 cannot be used here: only Ed25519 (0x01) is")
        #expect(
            "\(KeyError.invalidName("a b"))"
                == "a key cannot be called \"a b\": a name is not empty and has no white space and no '+'")
        #expect(
            "\(NoteError.wrongSignature(key))" == """
                the signature of \(key) does not belong to this text: the text or the signature was changed
                """)
        #expect("\(NoteError.noKnownKey(signedBy: [key]))" == "no given key has signed; these have: \(key)")
        #expect(
            "\(CheckpointError.otherOrigin(expected: "a", found: "b\u{1B}"))"
                == "the checkpoint is of the log \"b\\u001b\", and \"a\" was expected")
        #expect(
            "\(LogProofError.checkpoint(.logDidNotSign(key)))"
                == "the checkpoint is signed, but not by the log's own key \(key)")
    }

    @Test func `a refused proof of a setting says which step failed, and why`() {
        let value = SettingProofFailure(.setting, .otherValue(stated: 5, found: nil))
        #expect(
            "\(value)"
                == "the document has the stated value at the path: no, it has nothing there, and 5 was stated")
        let form = SettingProofFailure(.form, .form(.otherVersion(expected: 1)))
        #expect(
            "\(form)" == """
                the file is a proof of a setting: no, it is of another version than 1, which this version of audit reads
                """)
        let inclusion = SettingProofFailure(.runInclusion, .inclusion(.indexBeyondSize(index: 3, size: 2)))
        #expect("\(inclusion)" == "the run is in the log: no, entry 3 is not in a tree of 2 entries")
        let document = SettingProofFailure(.capture, .otherDocument(one))
        #expect(
            "\(document)" == """
                this document is what was captured: no, the capture is not of the document with the digest \(one.short)…
                """)
        for step in SettingProofStep.allCases { #expect(!step.claim.isEmpty) }
    }
}
