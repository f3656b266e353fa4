import AuditModel
import AuditTestSupport
import Evidence
import Foundation
import Testing

/// Proofs that this tool makes, checked by `Tests/Support/verify-proof.py`, which shares no line with it.
@Suite(.enabled(if: Python.isThere))
struct IndependentVerificationTests {
    @Test(arguments: SettingProofTests.paths)
    func `a proof holds for an implementation that shares nothing with this one`(dotted: String) throws {
        let log = try SampleLog(seed: 21, nights: 7, clients: 4)
        let proof = try log.proof(of: SettingPath(dotted: dotted), client: 7, night: 4)
        let outcome = try Python.verify(proof.text, key: log.key.verifier.vkey)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix(dotted + " = "))
        #expect(outcome.output.contains(proof.value == nil ? " = nothing for client na3/7 " : "for client na3/7 "))
    }

    @Test func `a changed value, document, time, hash or signature is refused there, too`() throws {
        let log = try SampleLog(seed: 22, nights: 7, clients: 4)
        let other = try SampleLog(seed: 23, nights: 7, clients: 4)
        let path = try SettingPath(dotted: "internal.maxFailedCcsLoginAttempts")
        let proof = try log.proof(of: path, client: 7, night: 4)
        let alien = try other.proof(of: path, client: 7, night: 4)
        func errors(_ change: (inout SettingProof) throws -> Void) throws -> String {
            var changed = proof
            try change(&changed)
            let outcome = try Python.verify(changed.text, key: log.key.verifier.vkey)
            #expect(outcome.status == 1 && outcome.output.isEmpty)
            return outcome.errors
        }
        #expect(try errors { $0.value = 77 } == "refused: the document has another value at the path\n")
        #expect(try errors { $0.value = nil } == "refused: the document has another value at the path\n")
        let forged: SettingValue = ["maxFailedCcsLoginAttempts": 77]
        #expect(
            try errors { proof in
                proof.value = 77
                proof.document = CanonicalJSON.bytes(of: forged)
            } == "refused: the capture is of another document\n")
        #expect(
            try errors { proof in
                var capture = try CaptureLeaf(bytes: proof.capture)
                proof.value = 77
                proof.document = CanonicalJSON.bytes(of: forged)
                capture.capture = .document(Digest(of: forged))
                proof.capture = capture.bytes
            } == "refused: the capture is not one of that run\n")
        #expect(try errors { $0.log.index = 3 } == "refused: the run is not in the log\n")
        #expect(
            try errors { $0.log.checkpoint = alien.log.checkpoint }
                == "refused: the checkpoint is not signed with this key\n")
        #expect(
            try errors { proof in
                // The last byte of the signature: S, in its most significant digits.
                let note = try SignedNote(proof.log.checkpoint)
                var bytes = note.bytes
                bytes[bytes.count - 8] = bytes[bytes.count - 8] == 0x41 ? 0x42 : 0x41
                proof.log.checkpoint = bytes
            } == "refused: the checkpoint's signature is wrong\n")
        #expect(
            try Python.verify(proof.text, key: log.key.verifier.vkey, "--origin", "other").errors
                == "refused: the checkpoint is of another log\n")
    }
}

/// The interpreter, and the script that it runs.
private enum Python {
    /// Whether there is an interpreter; says so, and why the suite is skipped, where there is none.
    static let isThere: Bool = {
        let outcome = try? run(["--version"], input: "")
        if outcome?.status != 0 { print("skipped IndependentVerificationTests: no python3 on the PATH") }
        return outcome?.status == 0
    }()

    static func verify(_ proof: String, key: String, _ more: String...) throws -> (
        status: Int32, output: String, errors: String
    ) {
        let script = packageRoot.appending(path: "Tests/Support/verify-proof.py").path
        return try run([script, "-", "--key", key] + more, input: proof)
    }

    /// Runs it to its end. All three streams are files, so that no pipe can fill up and block.
    private static func run(_ arguments: [String], input: String) throws -> (
        status: Int32, output: String, errors: String
    ) {
        try withTemporaryFolder { folder in
            let files = ["in", "out", "err"].map { folder.appending(path: $0) }
            try Data(input.utf8).write(to: files[0])
            for file in files.dropFirst() { try Data().write(to: file) }
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["python3"] + arguments
            process.standardInput = try FileHandle(forReadingFrom: files[0])
            process.standardOutput = try FileHandle(forWritingTo: files[1])
            process.standardError = try FileHandle(forWritingTo: files[2])
            try process.run()
            process.waitUntilExit()
            return (
                process.terminationStatus, try String(contentsOf: files[1], encoding: .utf8),
                try String(contentsOf: files[2], encoding: .utf8)
            )
        }
    }
}
