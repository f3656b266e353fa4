import AuditTestSupport
import Foundation
import LiveVoxAPI
import Testing

@testable import Collector

struct CredentialReferenceTests {
    @Test func `the three forms are read`() throws {
        #expect(try CredentialReference("env:LV_PASSWORD") == .environment("LV_PASSWORD"))
        #expect(try CredentialReference("file:/run/secrets/lv") == .file("/run/secrets/lv"))
        #expect(try CredentialReference("cmd:secret lv {code}") == .command("secret lv {code}"))
    }

    @Test(
        arguments: [
            ("hunter2hunter2", .notAReference), ("https://hunter2hunter2", .notAReference),
            ("ENV:hunter2hunter2", .notAReference), ("", .notAReference), ("env:", .emptyReference),
            ("env:hunter2 hunter2", .emptyReference), ("cmd:  ", .emptyReference),
            ("file:hunter2hunter2", .relativePath),
        ] as [(String, CredentialError)])
    func `anything else is refused without being repeated`(text: String, expected: CredentialError) {
        #expect(throws: expected) { try CredentialReference(text) }
        #expect(!expected.description.contains("hunter2"))
    }

    @Test func `an environment variable is taken as it is`() async throws {
        let reference = try CredentialReference("env:A")
        #expect(try await reference.resolved(variables: ["A": " s3cret "]).secret.reveal() == " s3cret ")
        await #expect(throws: CredentialError.notSet(name: "A")) { try await reference.resolved(variables: [:]) }
        await #expect(throws: CredentialError.empty) { try await reference.resolved(variables: ["A": ""]) }
        await #expect(throws: CredentialError.notPlainText) { try await reference.resolved(variables: ["A": "x\n"]) }
    }

    @Test func `a file's one line end is dropped, and an open file is told of`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "token").path
            for (content, mode, warnings) in [
                ("s3cret\n", 0o600, []), ("s3cret\r\n", 0o640, []), ("s3cret", 0o644, [path]),
            ] as [(String, Int, [String])] {
                try Data(content.utf8).write(to: URL(filePath: path))
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
                let resolved = try await CredentialReference.file(path).resolved()
                #expect(resolved.secret.reveal() == "s3cret")
                #expect(resolved.warnings == warnings.map { .fileReadableByOthers(path: $0) })
            }
            for (content, error) in [
                ("", .empty), ("\n", .empty), ("two\nlines\n", .notPlainText),
                (String(repeating: "x", count: 20_000), .tooLong(limitInBytes: 16 << 10)),
            ] as [(String, CredentialError)] {
                try Data(content.utf8).write(to: URL(filePath: path))
                await #expect(throws: error) { try await CredentialReference.file(path).resolved() }
            }
            await #expect(throws: CredentialError.unreadableFile(path: "\(path)x", cause: "No such file or directory"))
            {
                try await CredentialReference.file("\(path)x").resolved()
            }
            await #expect(throws: CredentialError.self) { try await CredentialReference.file(folder.path).resolved() }
        }
    }

    @Test func `a command's output is the credential, and its failure says nothing of it`() async throws {
        #expect(try await CredentialReference("cmd:echo s3cret; echo noise >&2").resolved().secret.reveal() == "s3cret")
        #expect(try await CredentialReference("cmd:cat").resolvedOrError() == .empty)
        #expect(try await CredentialReference("cmd:echo s3cret; exit 3").resolvedOrError() == .commandFailed(status: 3))
        #expect(try await CredentialReference("cmd:kill -9 $$").resolvedOrError() == .commandFailed(status: nil))
        #expect(
            try await CredentialReference("cmd:yes").resolvedOrError() == .tooLong(limitInBytes: 16 << 10))
    }

    @Test(arguments: ["sleep 9999", "echo s3cret; exec sleep 9999", "sleep 9999 & wait", "exec >&-; sleep 9999"])
    func `a command that does not end is ended`(command: String) async throws {
        // Were the command waited for, this test would not end either.
        let error = await CredentialReference.command(command).resolvedOrError(within: .milliseconds(100))
        #expect(error == .commandTimedOut(limit: .milliseconds(100)))
    }

    @Test func `a client's code is filled in only where it cannot do harm`() throws {
        #expect(try CredentialReference("file:/s/{code}").filled(withCode: "ACME-1.a_b") == .file("/s/ACME-1.a_b"))
        #expect(try CredentialReference("cmd:lv '{code}'").filled(withCode: "ACME") == .command("lv 'ACME'"))
        #expect(try CredentialReference("env:LV").filled(withCode: "any; thing") == .environment("LV"))
        for code in ["", "a/b", "..", ".x", "-x", "a;b", "a b", "$(x)", "a'b", "é", "a\nb"] {
            #expect(throws: CredentialError.unsafeCode) {
                try CredentialReference("cmd:lv {code}").filled(withCode: code)
            }
        }
    }

    @Test func `a command's text and a held secret are not printed`() throws {
        for reference in [try CredentialReference("cmd:echo hunter2"), .held(Secret("hunter2"))] {
            var dumped = ""
            dump(reference, to: &dumped)
            #expect(!"\(reference) \(String(reflecting: reference)) \(dumped)".contains("hunter2"))
        }
        #expect("\(try CredentialReference("env:LV_PASSWORD"))" == "env:LV_PASSWORD")
    }
}

extension CredentialReference {
    fileprivate func resolvedOrError(within limit: Duration = .seconds(20)) async -> CredentialError? {
        do throws(CredentialError) {
            _ = try await resolved(commandLimit: limit)
            return nil
        } catch {
            return error
        }
    }
}
