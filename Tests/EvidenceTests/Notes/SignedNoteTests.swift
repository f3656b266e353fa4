import AuditModel
import AuditTestSupport
import Evidence
import Testing

struct SignedNoteTests {
    /// The key of the examples of golang.org/x/mod/sumdb/note, published with its secret half.
    static let peter = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"

    @Test func `a known secret key signs as the reference implementation does`() throws {
        let key = try SignerKey(skey: Self.peter)
        #expect(key.skey == Self.peter)
        #expect(key.verifier.vkey == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
        let text = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            """
        let note = try SignedNote(signing: text, with: [key])
        let expected = """
            \(text)
            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

            """
        #expect(String(decoding: note.bytes, as: UTF8.self) == expected)
        #expect(try SignedNote(note.bytes).verified(by: [key.verifier]) == [key.verifier])
    }

    @Test func `a note with any bit flipped is refused`() throws {
        let key = try SignerKey(name: "audit.example/log", seed: Array(repeating: 7, count: 32))
        let bytes = try SignedNote(signing: "one\n\ntwo\n", with: [key]).bytes
        for position in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[position] ^= 1 << UInt8(bit)
                #expect(throws: NoteError.self, "bit \(bit) of byte \(position)") {
                    try SignedNote(damaged).verified(by: [key.verifier])
                }
            }
        }
    }

    @Test func `each line of a known key must hold, and its key is told once`() throws {
        let key = try SignerKey(name: "log", seed: Array(repeating: 1, count: 32))
        let other = try SignedNote(signing: "other\n", with: [key])
        let once = try SignedNote(signing: "text\n", with: [key])
        let line = once.bytes.dropFirst(6)
        #expect(try SignedNote(once.bytes + line).verified(by: [key.verifier]) == [key.verifier])
        let mixed = try SignedNote(once.bytes + other.bytes.dropFirst(7))
        #expect(throws: NoteError.wrongSignature(key.verifier.identity)) { try mixed.verified(by: [key.verifier]) }
    }

    @Test func `what cannot be signed is told before it is signed`() throws {
        let key = try SignerKey(name: "log", seed: Array(repeating: 1, count: 32))
        #expect(throws: NoteError.unterminatedText) { try SignedNote(signing: "text", with: [key]) }
        #expect(throws: NoteError.noSignatures) { try SignedNote(signing: "text\n", with: []) }
        #expect(throws: NoteError.controlCharacter(9, offset: 1)) { try SignedNote(signing: "a\tb\n", with: [key]) }
        let many = Array(repeating: key, count: SignedNote.signatureLimit + 1)
        #expect(throws: NoteError.tooManySignatures(limit: 100)) { try SignedNote(signing: "text\n", with: many) }
    }

    @Test(arguments: ["", "a b", "a+b", "a\u{A0}b", "a\nb", "\u{1}"])
    func `a key cannot have a name that a note cannot hold`(name: String) {
        #expect(throws: KeyError.invalidName(name)) { try SignerKey(name: name, seed: Array(repeating: 1, count: 32)) }
    }

    @Test func `a secret key that does not fit itself is refused, and none is ever printed`() throws {
        let other = Self.peter.replacing("c74f20a3", with: "c74f20a4")
        #expect(throws: KeyError.self) { try SignerKey(skey: other) }
        #expect(throws: KeyError.malformed) { try SignerKey(skey: String(Self.peter.dropFirst(8))) }
        #expect(throws: KeyError.wrongLength(31)) { try SignerKey(name: "log", seed: Array(repeating: 1, count: 31)) }
        let key = try SignerKey(skey: Self.peter)
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), String(describing: key), dumped] {
            #expect(text.contains("‹redacted›") && !text.contains("AYEK") && !text.contains("129"))
        }
    }
}
