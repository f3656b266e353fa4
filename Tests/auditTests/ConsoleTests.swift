import AuditTestSupport
import Foundation
import Testing

@testable import audit

struct ConsoleTests {
    @Test(arguments: [
        ("72", nil, 72), ("72", 132, 72), ("39", nil, 100), ("0", nil, 100), ("-5", 80, 80), ("wide", nil, 100),
        ("", 30, 60), (nil, 500, 200), (nil, nil, 100),
    ])
    func `the width is that of COLUMNS where it says one, else of the terminal`(
        columns: String?, terminal: Int?, expected: Int
    ) {
        #expect(Console.width(columns: columns, terminal: terminal) == expected)
    }

    @Test func `NO_COLOR and --color decide about colour`() {
        #expect(Console.usesColor(.always, environment: ["NO_COLOR": "1"]))
        #expect(!Console.usesColor(.never, environment: [:]))
        #expect(!Console.usesColor(.auto, environment: ["NO_COLOR": "1"]))
    }

    @Test func `progress tells rate and time left`() {
        let text = ProgressDrawing.text(
            done: 250, total: 1000, failed: 2, requestsPerSecond: 249.6, timeLeft: .seconds(15), withBar: true)
        #expect(
            text == "██████░░░░░░░░░░░░░░░░░░ 250 of 1000 clients, 2 with failures, 250 requests/s, about 15 s left")
        #expect(
            ProgressDrawing.text(
                done: 10, total: 10, failed: 0, requestsPerSecond: 50, timeLeft: .zero, withBar: false)
                == "collecting: 10 of 10 clients, 50 requests/s")
    }
}

struct FileWriterTests {
    @Test func `a file is replaced whole, for its owner alone, and folders are made`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a/b/report.json").path
            try FileWriter.write(Array("one".utf8), to: path)
            try FileWriter.write(Array("two".utf8), to: path)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "two")
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "a/b").path).count == 1)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can make a link in another user's name"))
    func `a link that another user laid into a folder for all is not followed`() throws {
        try withTemporaryFolder { folder in
            let shared = folder.appending(path: "shared").path
            try FileManager.default.createDirectory(atPath: shared, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: shared + "/report", withDestinationPath: folder.appending(path: "victim").path)
            try #require(chmod(shared, 0o1777) == 0 && lchown(shared + "/report", 12_345, 12_345) == 0)
            let failure = #expect(throws: FileWriter.Failure.self) { try FileWriter.write([1], to: shared + "/report") }
            #expect(failure?.description.contains("a link that another user made") == true)
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "victim").path))
            try #require(lchown(shared + "/report", 0, 0) == 0)
            try FileWriter.write([1], to: shared + "/report")
            #expect(FileManager.default.fileExists(atPath: folder.appending(path: "victim").path))
        }
    }

    @Test func `what cannot be written says so and leaves nothing behind`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "taken").path
            try FileManager.default.createDirectory(atPath: path + "/inside", withIntermediateDirectories: true)
            #expect(throws: FileWriter.Failure.self) { try FileWriter.write([1], to: path) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["taken"])
        }
    }
}
