import AuditModel
import AuditTestSupport
import Evidence
import Testing

/// C2SP signed notes, checkpoints and log proofs: `signed-note/*.json`.
@Suite(.enabled(if: skipWithoutConformanceFolder("SignedNoteConformanceTests")))
struct SignedNoteConformanceTests {
    @Test func `notes are signed by known keys exactly where the specification says so`() throws {
        var count = CaseCount()
        for testCase in try conformanceCases("signed-note/notes.json") {
            let keys = try Self.keys(testCase["vkeys"])
            let outcome = Result {
                let note = try SignedNote(testCase.base64("note_b64"))
                return (note.text, try note.verified(by: keys).map(\.identity.description), note.bytes)
            }
            let isRight: Bool
            switch outcome {
            case .success(let (text, verified, bytes)):
                // Cases with `should` are what the specification advises; this does as advised.
                isRight =
                    testCase.isTrue("valid") && text == testCase.base64("text_b64")
                    && verified.map { .string($0) } == testCase["verified"]?.arrayValue
                    && bytes == testCase.base64("note_b64")
            case .failure: isRight = !testCase.isTrue("valid")
            }
            count.add(isRight)
            #expect(isRight, "\(testCase.text("id")): \(outcome)")
        }
        count.print("signed-note/notes.json")
    }

    @Test func `verifier keys are read exactly where they are Ed25519 keys`() throws {
        var count = CaseCount()
        for testCase in try conformanceCases("signed-note/vkeys.json") {
            let outcome = Result { try VerifierKey(vkey: testCase.text("vkey")) }
            let isRight: Bool
            switch outcome {
            case .success(let key):
                isRight =
                    testCase.isTrue("valid") && key.identity.name.isIdentical(to: testCase.text("name"))
                    && key.identity.idText == testCase.text("key_id") && key.publicKey == testCase.hex("public_key")
                    && key.vkey.isIdentical(to: testCase.text("vkey"))
            case .failure: isRight = !testCase.isTrue("valid")
            }
            count.add(isRight)
            #expect(isRight, "\(testCase.text("id")): \(outcome)")
        }
        count.print("signed-note/vkeys.json")
    }

    @Test func `checkpoints are read exactly where they are ones`() throws {
        var count = CaseCount()
        for testCase in try conformanceCases("signed-note/checkpoints.json") {
            let outcome = Result { try Checkpoint(text: Array(testCase.text("body").utf8)) }
            let expected: Bool
            switch testCase.text("expect") {
            case "accept": expected = true
            case "reject": expected = false
            // The choice: as the specification says, with the whole range of sizes. So what it does not allow (a root
            // that is not 32 bytes, empty extension lines, no line feed at the end) is refused.
            default: expected = testCase.base64("root_b64").count == 32
            }
            let isRight: Bool
            switch outcome {
            case .success(let checkpoint):
                isRight =
                    expected && checkpoint.origin.isIdentical(to: testCase.text("origin"))
                    && String(checkpoint.size) == testCase.text("size")
                    && checkpoint.root.bytes == testCase.base64("root_b64")
                    && checkpoint.extensions.map { .string($0) } == testCase["extensions"]?.arrayValue
                    && checkpoint.text.isIdentical(to: testCase.text("body"))
            case .failure: isRight = !expected
            }
            count.add(isRight)
            #expect(isRight, "\(testCase.text("id")): \(outcome)")
        }
        count.print("signed-note/checkpoints.json")
    }

    @Test func `signed checkpoints are trusted exactly where the log itself has signed its own`() throws {
        var count = CaseCount()
        for testCase in try conformanceCases("signed-note/signed-checkpoints.json") {
            let log = TrustedLog(
                origin: testCase.text("origin"), key: try VerifierKey(vkey: testCase.text("log_vkey")),
                witnesses: try Self.keys(testCase["other_vkeys"]))
            let outcome = Result { try log.checkpoint(in: Array(testCase.text("note").utf8)) }
            let isRight = ((try? outcome.get()) != nil) == testCase.isTrue("valid")
            count.add(isRight)
            #expect(isRight, "\(testCase.text("id")): \(outcome)")
        }
        count.print("signed-note/signed-checkpoints.json")
    }

    @Test func `log proofs are read exactly where they are ones, and hold where everything does`() throws {
        var count = CaseCount()
        for testCase in try conformanceCases("signed-note/tlog-proofs.json") {
            let outcome = Result { try LogProof(text: Array(testCase.text("proof").utf8)) }
            let isRight: Bool
            switch outcome {
            case .success(let proof):
                let isVerified = try Self.isVerified(testCase, proof)
                isRight = testCase.text("parse") == "accept" && Self.hasPartsOf(testCase, proof) && isVerified
            case .failure: isRight = testCase.text("parse") == "reject"
            }
            count.add(isRight)
            #expect(isRight, "\(testCase.text("id")): \(outcome)")
        }
        count.print("signed-note/tlog-proofs.json")
    }

    private static func hasPartsOf(_ testCase: SettingValue, _ proof: LogProof) -> Bool {
        guard proof.text == Array(testCase.text("proof").utf8) else { return false }
        guard testCase["index"] != nil else { return true }
        let hashes = (testCase["hashes_b64"]?.arrayValue ?? []).map { ["hash": $0] as SettingValue }
        return String(proof.index) == testCase.text("index")
            && proof.hashes.map(\.bytes) == hashes.map { $0.base64("hash") }
            && proof.checkpoint == Array(testCase.text("checkpoint").utf8)
            && proof.extra == testCase["extra_b64"].map { _ in testCase.base64("extra_b64") }
    }

    private static func isVerified(_ testCase: SettingValue, _ proof: LogProof) throws -> Bool {
        guard testCase["leaf"] != nil else { return true }
        let log = TrustedLog(origin: testCase.text("origin"), key: try VerifierKey(vkey: testCase.text("log_vkey")))
        let holds = (try? proof.verify(entry: testCase.hex("leaf"), trusting: log)) != nil
        return holds == testCase.isTrue("valid")
    }

    private static func keys(_ list: SettingValue?) throws -> [VerifierKey] {
        try (list?.arrayValue ?? []).map { try VerifierKey(vkey: $0.stringValue ?? "") }
    }
}
