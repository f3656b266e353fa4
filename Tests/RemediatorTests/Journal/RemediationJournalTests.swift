import AuditModel
import AuditTestSupport
import Foundation
import Testing

@testable import Remediator

struct RemediationJournalTests {
    private static let now = Timestamp(milliseconds: 1_793_500_000_000)
    private static let plan = Digest(of: "plan")

    /// One event of each kind, with every member filled in differently.
    private static let events: [JournalEvent] = [
        .began(
            .init(
                client: "na3/4199", baseURL: "https://api.livevox.com", by: "J. Doe \"x\"\n", process: "process 1",
                pool: [1, 2], defaultVoice: 1, isForced: true, toolVersion: "1")),
        .intent(write: 0, PlannedWrite(.add, 11), request: "POST /configuration/clients/4199/voicePool/11"),
        .accepted(write: 0),
        .intent(write: 1, PlannedWrite(.remove, 2), request: "DELETE /configuration/clients/4199/voicePool/2"),
        .failed(write: 1, CaptureFailure(.serverError, status: 500, request: "DELETE …", detail: "it says \"no\"")),
        .settled(write: 1, tookEffect: false), .unread(CaptureFailure(.timedOut, request: "GET …")),
        .ended(.unfinished, pool: [1, 2, 11]), .ended(.strayed, pool: []), .ended(.applied, pool: [1]),
        .mended(droppedBytes: 17),
    ]

    private func withJournal(_ body: (RemediationFolder) throws -> Void) throws {
        try withTemporaryFolder { home in
            let folder = RemediationFolder(ofDatabase: home.appending(path: "a.sqlite").path)
            do {
                let journal = try RemediationJournal.open(in: folder, holder: "test", now: Self.now)
                for event in Self.events { try journal.append(event, of: Self.plan, at: Self.now) }
            }
            try body(folder)
        }
    }

    private func bytes(_ folder: RemediationFolder) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: folder.journal)))
    }

    private func write(_ bytes: [UInt8], _ folder: RemediationFolder) throws {
        try Data(bytes).write(to: URL(filePath: folder.journal))
    }

    @Test func `every event is read as it was written, each with the digest of the line before`() throws {
        try withJournal { folder in
            let records = try RemediationJournal.records(in: folder)
            #expect(records.map(\.event) == Self.events)
            #expect(records.map(\.number) == Array(1...Self.events.count))
            let lines = String(decoding: try bytes(folder), as: UTF8.self).split(separator: "\n")
            #expect(records.dropFirst().map(\.previous) == lines.dropLast().map { Digest(of: String($0)) })
            #expect(records[0].previous.hex == String(repeating: "0", count: 64))
            let mode = try FileManager.default.attributesOfItem(atPath: folder.journal)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func `records come one after another over several openings`() throws {
        try withJournal { folder in
            let journal = try RemediationJournal.open(in: folder, holder: "test", now: Self.now)
            #expect(journal.records.count == Self.events.count)
            let head = journal.head
            try journal.append(.accepted(write: 7), of: Self.plan, at: Self.now)
            let last = try #require(try RemediationJournal.records(in: folder).last)
            #expect(last.previous == head)
            #expect(last.number == Self.events.count + 1)
        }
    }

    @Test func `a changed byte anywhere but in the last record is told, and in the last what is no record`() throws {
        try withJournal { folder in
            let original = try bytes(folder)
            let start = try #require(original.dropLast().lastIndex(of: UInt8(ascii: "\n")))
            // Every 7th byte, so that keys, digests, numbers and texts are all met.
            for index in stride(from: 0, to: start, by: 7) where original[index] != UInt8(ascii: "\n") {
                var changed = original
                changed[index] ^= 1
                try write(changed, folder)
                let error = #expect(throws: RemediationError.self, "byte \(index)") {
                    try RemediationJournal.records(in: folder)
                }
                #expect(error?.status == .integrity)
            }
        }
    }

    @Test func `a line that was taken out, put in or exchanged is told with its number`() throws {
        try withJournal { folder in
            let lines = String(decoding: try bytes(folder), as: UTF8.self).split(separator: "\n").map(String.init)
            func expectTold(_ changed: [String], line: Int) throws {
                try write(Array((changed.joined(separator: "\n") + "\n").utf8), folder)
                #expect(throws: RemediationError.journalAltered(path: folder.journal, line: line)) {
                    try RemediationJournal.records(in: folder)
                }
                #expect(throws: RemediationError.journalAltered(path: folder.journal, line: line)) {
                    try RemediationJournal.open(in: folder, holder: "test", now: Self.now)
                }
            }
            try expectTold(Array(lines.dropFirst()), line: 1)
            try expectTold([lines[0]] + lines[2...], line: 2)
            try expectTold([lines[0], lines[0]] + lines[1...], line: 2)
            try expectTold([lines[1], lines[0]] + lines[2...], line: 1)
            try expectTold([lines[0], "{}"] + lines[1...], line: 2)
            // Records cut off the end leave a journal that holds; only a later record's digest would tell.
            try write(Array((lines.dropLast(2).joined(separator: "\n") + "\n").utf8), folder)
            #expect(try RemediationJournal.records(in: folder).count == lines.count - 2)
        }
    }

    @Test func `a last line that a crash cut off is dropped, which is recorded, wherever it was cut`() throws {
        try withJournal { folder in
            let original = try bytes(folder)
            let start = try #require(original.dropLast().lastIndex(of: UInt8(ascii: "\n"))) + 1
            for end in start..<original.count {
                try write(Array(original[..<end]), folder)
                // Reading alone changes nothing.
                #expect(try RemediationJournal.records(in: folder).count == Self.events.count - 1)
                #expect(try bytes(folder).count == end)
                let journal = try RemediationJournal.open(in: folder, holder: "test", now: Self.now)
                let mended = end > start ? [JournalEvent.mended(droppedBytes: end - start)] : []
                #expect(journal.records.map(\.event) == Self.events.dropLast() + mended)
                try journal.append(.accepted(write: 1), of: Self.plan, at: Self.now)
                #expect(try RemediationJournal.records(in: folder).last?.event == .accepted(write: 1))
            }
        }
    }

    @Test func `one process at a time applies, and the other is told who`() throws {
        try withJournal { folder in
            let first = try RemediationJournal.open(in: folder, holder: "process 7 on host", now: Self.now)
            let error = #expect(throws: RemediationError.self) {
                try RemediationJournal.open(in: folder, holder: "process 8", now: Self.now)
            }
            #expect(error == .busy(holder: "process 7 on host"))
            #expect(error?.status == .busy)
            // Reading goes on meanwhile.
            #expect(try RemediationJournal.records(in: folder) == first.records)
        }
    }

    @Test func `a journal that cannot be written ends with its sentence`() throws {
        try withTemporaryFolder { home in
            let folder = RemediationFolder(ofDatabase: home.appending(path: "no/such/a.sqlite").path)
            let error = #expect(throws: RemediationError.self) {
                try RemediationJournal.open(in: folder, holder: "test", now: Self.now)
            }
            #expect(error?.status == .inputOutput)
            #expect(
                error?.description.hasPrefix("could not read or write \(folder.path): No such file or directory. ")
                    == true)
            let records = try RemediationJournal.records(in: folder)
            #expect(records.isEmpty)
        }
    }
}
