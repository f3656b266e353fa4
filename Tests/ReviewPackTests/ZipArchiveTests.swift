import AuditModel
import AuditTestSupport
import Foundation
import ReviewPack
import Testing

struct ZipArchiveTests {
    static let moment = Timestamp(milliseconds: 1_794_622_081_000)
    static let files = [
        ZipArchive.Entry(name: "b/ü.txt", bytes: Array("zwei".utf8)), ZipArchive.Entry(name: "a.txt", bytes: []),
        ZipArchive.Entry(name: "b/a.bin", bytes: Array(0...255)),
    ]

    private static func archive(_ entries: [ZipArchive.Entry] = files) throws -> [UInt8] {
        try ZipArchive.bytes(of: entries, modified: moment)
    }

    private static func error(_ bytes: [UInt8], _ limits: ZipArchive.Limits = .init()) -> ZipError? {
        do throws(ZipError) { _ = try ZipArchive.entries(of: bytes, limits: limits) } catch { return error }
        return nil
    }

    /// Puts other bytes in the place of a text, everywhere in an archive.
    private static func replacing(_ text: String, _ other: String, in archive: [UInt8]) -> [UInt8] {
        Array(
            Data(archive).split(separator: Data(text.utf8), omittingEmptySubsequences: false).joined(
                separator: Data(other.utf8)))
    }

    @Test func `the checksum is the standard's`() {
        #expect(CRC32.checksum(of: "123456789".utf8) == 0xCBF4_3926)
        #expect(CRC32.checksum(of: []) == 0)
    }

    @Test func `what is written is read again, sorted, and twice the same bytes`() throws {
        let archive = try Self.archive()
        #expect(archive == (try Self.archive(Self.files.reversed())))
        let read = try ZipArchive.entries(of: archive)
        #expect(read.map(\.name) == ["a.txt", "b/a.bin", "b/ü.txt"])
        #expect(Set(read) == Set(Self.files))
        #expect(try ZipArchive.entries(of: Self.archive([])).isEmpty)
    }

    @Test(arguments: (0..<60).map { 0x21B0_0000 + UInt64($0) })
    func `any files come back as they were`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let files = (0..<Int.random(in: 0...8, using: &generator)).map { index in
            ZipArchive.Entry(
                name: "f\(index)/\(["é", "x", "日本"][index % 3])",
                bytes: (0..<Int.random(in: 0...300, using: &generator)).map { _ in
                    .random(in: 0...255, using: &generator)
                })
        }
        #expect(try Set(ZipArchive.entries(of: Self.archive(files))) == Set(files), "seed \(seed)")
    }

    @Test func `an archive cut anywhere, or with more behind it, is none`() throws {
        let archive = try Self.archive()
        for length in 0..<archive.count { #expect(Self.error(Array(archive.prefix(length))) != nil, "\(length)") }
        #expect(Self.error(archive + [0]) != nil)
        #expect(Self.error([0] + archive) != nil)
        #expect(Self.error(Array("hello, I am a text that is longer".utf8)) == .notAnArchive)
        #expect(Self.error([]) == .notAnArchive)
    }

    @Test func `no altered byte is read as though nothing was`() throws {
        let archive = try Self.archive()
        let content = try ZipArchive.entries(of: archive).map { [$0.name.utf8.map { $0 }, $0.bytes] }
        for place in archive.indices {
            for bit in 0..<8 {
                var altered = archive
                altered[place] ^= 1 << UInt8(bit)
                guard let read = try? ZipArchive.entries(of: altered), read.allSatisfy(\.isIntact) else { continue }
                // Versions, dates and attributes may differ: names and content never.
                #expect(read.map { [$0.name.utf8.map { $0 }, $0.bytes] } == content, "byte \(place), bit \(bit)")
            }
        }
    }

    @Test func `a changed content is told by its checksum`() throws {
        let altered = Self.replacing("zwei", "drei", in: try Self.archive())
        #expect(try ZipArchive.entries(of: altered).filter { !$0.isIntact }.map(\.name) == ["b/ü.txt"])
    }

    @Test(arguments: [
        // Hours × 2048 + minutes × 32 + seconds ÷ 2; years since 1980 × 512 + months × 32 + days.
        ("2026-11-14T23:59:59Z", [49_021, 23_918] as [UInt16]), ("1979-12-31T23:59:59Z", [0, 33]),
        ("1980-01-01T00:00:02Z", [1, 33]), ("2108-01-01T00:00:00Z", [49_021, 65_439]),
    ])
    func `files are dated as the format can tell it`(moment: String, fields: [UInt16]) throws {
        let archive = try ZipArchive.bytes(
            of: [ZipArchive.Entry(name: "a", bytes: [])], modified: try #require(Timestamp(rfc3339: moment)))
        let stated = (10..<14).map { UInt16(archive[$0]) }
        #expect([stated[0] | stated[1] << 8, stated[2] | stated[3] << 8] == fields)
    }

    @Test(arguments: [
        ("/etc/pw", ZipError.NameFlaw.absolute), ("../../x", .outside), ("a/../xx", .outside), ("a/./xxx", .outside),
        ("a//xxxx", .outside), ("C:\\x.tx", .foreignSeparator), ("a\\b.txt", .foreignSeparator),
        ("x:y.txt", .foreignSeparator), ("a\u{1B}[31m", .controlCharacter), ("a\nb.txt", .controlCharacter),
        ("folder/", .folder), ("", .length),
    ])
    func `names that lead elsewhere are neither written nor read`(name: String, flaw: ZipError.NameFlaw) throws {
        #expect(throws: ZipError.invalidName(name, flaw)) {
            try Self.archive([ZipArchive.Entry(name: name, bytes: [])])
        }
        guard !name.isEmpty else { return }
        let plain = String(repeating: "n", count: name.utf8.count)
        let archive = try Self.archive([ZipArchive.Entry(name: plain, bytes: [1])])
        #expect(Self.error(Self.replacing(plain, name, in: archive)) == .invalidName(name, flaw))
    }

    @Test func `names that are one on some systems are refused`() throws {
        let twice = ["README.txt", "readme.txt"].map { ZipArchive.Entry(name: $0, bytes: []) }
        #expect(throws: ZipError.duplicateName("readme.txt")) { try Self.archive(twice) }
        let archive = try Self.archive(["README.txt", "rxxxxx.txt"].map { ZipArchive.Entry(name: $0, bytes: []) })
        #expect(Self.error(Self.replacing("rxxxxx", "README", in: archive)) == .duplicateName("README.txt"))
    }

    @Test func `limits hold before anything is copied`() throws {
        let archive = try Self.archive()
        #expect(Self.error(archive, .init(archiveInBytes: 100)) == .archiveTooLarge(limit: 100))
        #expect(Self.error(archive, .init(entries: 2)) == .tooManyEntries(3, limit: 2))
        #expect(
            Self.error(archive, .init(entryInBytes: 255)) == .entryTooLarge("b/a.bin", size: 256, limit: 255))
        #expect(throws: ZipError.tooManyEntries(3, limit: 2)) {
            try ZipArchive.bytes(of: Self.files, modified: Self.moment, limits: .init(entries: 2))
        }
    }

    @Test func `a directory that points two names at one content is refused`() throws {
        // The second record's offset (the last four bytes before its name) is made that of the first.
        var archive = try Self.archive(["a", "b"].map { ZipArchive.Entry(name: $0, bytes: [1, 2, 3]) })
        let second = archive.count - 22 - 1
        for place in second - 4..<second { archive[place] = 0 }
        #expect(Self.error(archive) == .notInOrder("b"))
    }

    @Test(arguments: [(8, UInt8(8)), (6, 1), (6, 8), (30, 1)])
    func `compressed, encrypted and streamed entries and extra fields are refused in words`(
        place: Int, value: UInt8
    ) throws {
        var archive = try Self.archive([ZipArchive.Entry(name: "a", bytes: [1])])
        // In the directory, whose record starts behind the one entry: method, flags, extra field's length.
        archive[30 + 1 + 1 + place + 2] = value
        let error = try #require(Self.error(archive))
        #expect("\(error)".contains("\"a\"") || error == .damagedDirectory, "\(error)")
    }

    @Test func `other programs read it, and what they write without packing is read here`() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "x.zip")
            try Data(Self.archive()).write(to: file)
            let script = """
                import sys, zipfile
                z = zipfile.ZipFile(sys.argv[1])
                assert z.testzip() is None
                assert z.namelist() == ['a.txt', 'b/a.bin', 'b/\\u00fc.txt'], z.namelist()
                assert z.read('b/a.bin') == bytes(range(256))
                assert z.infolist()[0].date_time == (2026, 11, 14, 2, 8, 0), z.infolist()[0].date_time
                w = zipfile.ZipFile(sys.argv[2], 'w')
                w.writestr('k/\\u00fc', b'hello'); w.writestr('l', b''); w.close()
                p = zipfile.ZipFile(sys.argv[3], 'w', zipfile.ZIP_DEFLATED)
                p.writestr('k', b'0' * 10000000); p.close()
                """
            guard let status = try Self.run("python3", "-c", script, file.path, folder.path + "/y", folder.path + "/p")
            else { return print("skipped: there is no python3 here") }
            #expect(status == 0)
            let theirs = try ZipArchive.entries(of: Array(Data(contentsOf: folder.appending(path: "y"))))
            #expect(theirs.map(\.name) == ["k/ü", "l"] && theirs[0].bytes == Array("hello".utf8))
            let bomb = Array(try Data(contentsOf: folder.appending(path: "p")))
            #expect(Self.error(bomb) == .compressed("k"))
            guard let unzip = try Self.run("unzip", "-tqq", file.path) else {
                return print("skipped: there is no unzip here")
            }
            #expect(unzip == 0)
        }
    }

    /// The status of a program, or nil where it is not there.
    private static func run(_ arguments: String...) throws -> Int32? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 127 ? nil : process.terminationStatus
    }

    @Test(arguments: [
        ("../../etc/passwd", "_etc_passwd"), ("..", "_"), ("a b\u{202E}\u{0}c", "a_b_c"), ("", "_"),
        (".hidden", "hidden"),
    ])
    func `what becomes part of a file's name is safe`(text: String, safe: String) {
        let name = safeFileName(text)
        #expect(!name.contains("/") && !name.hasPrefix(".") && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        #expect(name == safe || text.hasPrefix("../"), "\(name)")
    }
}
