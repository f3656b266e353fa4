import AuditModel
import AuditPipeline
import AuditTestSupport
import Evidence
import Foundation
import ReviewPack
import Testing

@testable import audit

/// What a review pack tells people, held to the log: whoever edits a file, or all of them together, is caught by the pack alone.
@Suite(.serialized)
struct PackBindingTests {
    /// A pack that was made, as its files.
    struct Made {
        var files: [ZipArchive.Entry]
        var manifest: PackManifest
        var record: ReviewRecord

        init(_ bytes: [UInt8]) throws {
            let entries = try ZipArchive.entries(of: bytes)
            manifest = try PackManifest(bytes: try #require(entries.first { $0.name == "manifest.json" }).bytes)
            record = try ReviewRecordFile.record(of: try #require(entries.first { $0.name == "record.json" }).bytes)
            files = entries.filter { $0.name != "manifest.json" && $0.name != "SHA256SUMS" }
        }

        /// The pack written anew, so that every digest fits.
        func bytes(_ files: [ZipArchive.Entry], _ manifest: PackManifest? = nil) throws -> [UInt8] {
            try PackWriter.bytes(of: files, manifest ?? self.manifest)
        }

        /// The pack of another record, with everything rendered from it, as somebody with our own tool would forge it.
        func forged(_ record: ReviewRecord) throws -> [UInt8] {
            let rendering = PackRendering(record: record, isSigned: false, textSets: manifest.textSets)
            var contents = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.bytes) })
            for file in rendering.files { contents[file.name] = file.bytes }
            contents["record.json"] = try ReviewRecordFile.bytes(of: record)
            return try PackWriter.bytes(
                of: contents.map { ZipArchive.Entry(name: $0.key, bytes: $0.value) },
                rendering.manifest(logOrigin: manifest.logOrigin))
        }
    }

    static func findings(_ pack: [UInt8]) throws -> [PackCheck.Finding] {
        let check = try PackCheck().outcome(of: pack)
        return check.findings + PackRebuild(check: check).outcome().findings
    }

    private static func pack(_ demo: DemoStore, _ more: String...) async throws -> [UInt8] {
        let made = try await demo.audit.run(
            [
                "pack", "--from", "2026-11-11", "--to", "latest", "--database", demo.database, "--proofs", "4",
                "--output",
                "a.zip",
            ] + more)
        try #require(made.status == 0, "\(made.errors)")
        return try Array(Data(contentsOf: demo.folder.appending(path: "a.zip")))
    }

    @Test func `each file that is edited, with every digest made to fit, is named with status 4`() async throws {
        try await DemoStore.with(nights: 4, clients: 3) { demo in
            let original = try await Self.pack(demo)
            #expect(try Self.findings(original) == [])
            let made = try Made(original)
            for place in made.files.indices {
                var files = made.files
                let name = files[place].name
                // A letter or a digit, so that the form stays what it is; an empty table is given a row.
                let middle = files[place].bytes.indices.sorted {
                    abs($0 - files[place].bytes.count / 2) < abs($1 - files[place].bytes.count / 2)
                }.first {
                    (0x31...0x38).contains(files[place].bytes[$0]) || (0x61...0x79).contains(files[place].bytes[$0])
                }
                if let middle { files[place].bytes[middle] ^= 1 } else { files[place].bytes += Array("x\n".utf8) }
                let found = try Self.findings(try made.bytes(files))
                #expect(
                    found.contains { $0.file == name || name == "record.json" && $0.clause.contains(name) },
                    "\(name): \(found)")
            }
            var manifest = made.manifest
            manifest.leftOut = ["Nothing."]
            #expect(try Self.findings(try made.bytes(made.files, manifest)).map(\.file) == ["manifest.json"])
            manifest = made.manifest
            manifest.textSets[0].texts[0].file = nil
            #expect(try Self.findings(try made.bytes(made.files, manifest)).contains { $0.file == "manifest.json" })
            let extra = made.files + [ZipArchive.Entry(name: "findings/summary.html", bytes: [0x78])]
            #expect(try Self.findings(try made.bytes(extra)).map(\.file) == ["findings/summary.html"])

            for name in ["findings/run-to.csv", "findings/run-to.html", "waivers.csv", "index.html", "README.txt"] {
                var files = made.files
                let place = try #require(files.firstIndex { $0.name == name })
                files[place].bytes += Array("A finding more\n".utf8)
                try Data(try made.bytes(files)).write(to: demo.folder.appending(path: "b.zip"))
                let told = try await demo.audit.run("pack", "verify", "b.zip")
                #expect(
                    told.status == 4 && told.output.contains("\(name): it is not what record.json renders to"),
                    "\(told.output)")
            }
        }
    }

    @Test func `a record that was forged together with all that is rendered from it does not get past the log`()
        async throws
    {
        try await DemoStore.with(nights: 5, clients: 6) { demo in
            let made = try Made(try await Self.pack(demo))
            #expect(try Self.findings(try made.forged(made.record)) == [])
            #expect(made.record.difference.verdictChanges.count > 1 && made.record.nights.count == 4)
            for (name, forge) in Self.forgeries {
                var record = made.record
                try forge(&record)
                let found = try Self.findings(try made.forged(record))
                #expect(
                    !found.isEmpty && found.contains { $0.file == "record.json" }
                        && !found.contains { $0.clause.contains("renders to") }, "\(name): \(found)")
                // Every other file was made to fit, so the record alone can have given it away.
            }
            var record = made.record
            record.to.report.failures.removeLast()
            try Data(try made.forged(record)).write(to: demo.folder.appending(path: "b.zip"))
            let told = try await demo.audit.run("pack", "verify", "b.zip")
            #expect(
                told.status == 4 && told.output.contains("in the later run, which it does not tell"), "\(told.output)")
        }
    }

    @Test func `of one client, verdicts and changes are bound as well`() async throws {
        try await DemoStore.with(nights: 5, clients: 6) { demo in
            let changed = try Made(try await Self.pack(demo)).record.difference.settingsChanges
            let client = try #require(changed.first?.clients.first)
            let made = try Made(try await Self.pack(demo, "--client", "\(client.id.number)"))
            #expect(try Self.findings(try made.forged(made.record)) == [])
            #expect(made.record.to.roster == [client])
            let wholes: [(String, (inout ReviewRecord) -> Void)] = [
                (
                    "a result",
                    {
                        $0.to.report.verdicts = VerdictGrid(
                            clients: $0.to.roster, ruleIDs: $0.to.report.verdicts.ruleIDs)
                    }
                ),
                ("changes", { $0.difference.settingsChanges = [] }), ("patches", { $0.patches.entries = [] }),
                ("a night", { $0.nights.removeFirst() }),
            ]
            for (name, forge) in wholes {
                var record = made.record
                forge(&record)
                #expect(try Self.findings(try made.forged(record)).contains { $0.file == "record.json" }, "\(name)")
            }
        }
    }

    @Test func `captures of which the log's hashes alone are kept are told as not checked, and are no fault`()
        async throws
    {
        try await DemoStore.with(nights: 5, clients: 6) { demo in
            var made = try Made(try await Self.pack(demo))
            let client = try #require(made.record.difference.settingsChanges.first?.clients.first)
            func replace(_ name: String, _ change: ([UInt8]) throws -> [UInt8]) throws {
                let place = try #require(made.files.firstIndex { $0.name == name })
                made.files[place].bytes = try change(made.files[place].bytes)
            }
            // As a store has it in which that client's night was pruned.
            var captured: Set<Digest> = []
            for side in ["from", "to"] {
                try replace("proofs/run-\(side).captures.ndjson") { bytes in
                    let leaves = try PrunedLeaves(lines: bytes)
                    let all = leaves.contents.sorted { $0.key < $1.key }.map(\.value)
                    let read = try all.map { try CaptureLeaf(bytes: $0) }
                    let hidden = PrunedLeaves(all) { side == "from" || read[$0].client != client.id }
                    #expect(hidden.root == leaves.root && hidden.hiddenCount == (side == "from" ? 0 : 5))
                    for (place, leaf) in read.enumerated() where hidden.contents[place] != nil {
                        if case .document(let digest) = leaf.capture { captured.insert(digest) }
                    }
                    return hidden.lines
                }
            }
            try replace("proofs/documents.ndjson") { bytes in
                DigestLines.bytes(of: try #require(DigestLines.texts(of: bytes)).filter { captured.contains($0.key) })
            }
            let check = try PackCheck().outcome(of: try made.bytes(made.files))
            let rebuilt = PackRebuild(check: check).outcome()
            #expect(check.findings == [] && rebuilt.findings == [], "\(check.findings) \(rebuilt.findings)")
            #expect(rebuilt.notChecked.contains { $0.contains("of 1 client in the later run, of whose captures") })
        }
    }

    @Test func `whatever is written into a record, checking neither fails over it nor takes it for sound`() async throws
    {
        try await DemoStore.with(nights: 2, clients: 2) { demo in
            let made = try await demo.audit.run(
                "pack", "--from", "previous", "--to", "latest", "--database", demo.database, "--output", "a.zip")
            try #require(made.status == 0, "\(made.errors)")
            let pack = try Made(try Array(Data(contentsOf: demo.folder.appending(path: "a.zip"))))
            let place = try #require(pack.files.firstIndex { $0.name == "record.json" })
            let seed = UInt64.random(in: 0...UInt64.max)
            var generator = SeededGenerator(seed: seed)
            print("PackBindingTests: seed \(seed)")
            let words = ["-1", "999999999999", "1e9", "null", "[]", "\"9999-12-31\"", "\"\"", "true", "{}"].map {
                Array($0.utf8)
            }
            for _ in 0..<60 {
                var files = pack.files
                let count = files[place].bytes.count
                let start = Int.random(in: 0..<count, using: &generator)
                if Bool.random(using: &generator) {
                    files[place].bytes[start] = UInt8.random(in: 0x20...0x7E, using: &generator)
                } else if let number = files[place].bytes[start...].firstIndex(where: { (0x30...0x39).contains($0) }) {
                    let word = words.randomElement(using: &generator) ?? []
                    files[place].bytes.replaceSubrange(number...number, with: word)
                }
                if files[place].bytes == pack.files[place].bytes { continue }
                #expect(try !Self.findings(try pack.bytes(files)).isEmpty, "seed \(seed), at \(start)")
            }
        }
    }

    @Test func `a pack that another version made is told apart from one that was edited`() async throws {
        try await DemoStore.with(nights: 2, clients: 2) { demo in
            let made = try await demo.audit.run(
                "pack", "--from", "previous", "--to", "latest", "--database", demo.database, "--output", "a.zip")
            try #require(made.status == 0, "\(made.errors)")
            let pack = try Made(try Array(Data(contentsOf: demo.folder.appending(path: "a.zip"))))
            var record = pack.record
            record.toolVersion = "0.0.9"
            var other = try Made(try pack.forged(record))
            let place = try #require(other.files.firstIndex { $0.name == "findings/run-to.csv" })
            other.files[place].bytes += Array("x\n".utf8)
            try Data(try other.bytes(other.files)).write(to: demo.folder.appending(path: "b.zip"))
            let told = try await demo.audit.run("pack", "verify", "b.zip")
            #expect(told.status == 3, "\(told.output)")
            #expect(told.output.contains("findings/run-to.csv: audit 0.0.9 rendered them"), "\(told.output)")
        }
    }

    @Test func `the Python of its page checks a pack, and finds a verdict that was changed`() async throws {
        try await DemoStore.with(nights: 5, clients: 6) { demo in
            let made = try Made(try await Self.pack(demo))
            let page = try #require(made.files.first { $0.name == "index.html" })
            let text = String(decoding: page.bytes, as: UTF8.self)
            #expect(!text.contains("<script") && !text.contains("http:") && !text.contains("https:"))
            for match in text.matches(of: /href="([^"#]+)"/) {
                #expect(made.files.contains { $0.name == match.1 } || match.1 == "manifest.json", "\(match.1)")
            }
            let code = text.matches(of: /<div><code>(.*?)<\/code><\/div>/).map {
                String($0.1).replacing("&quot;", with: "\"").replacing("&gt;", with: ">").replacing("&lt;", with: "<")
                    .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
            }
            #expect(code.count > 25)
            let folder = demo.folder.appending(path: "unpacked")
            func unpack(_ files: [ZipArchive.Entry]) throws {
                for file in files {
                    let place = folder.appending(path: file.name)
                    try FileManager.default.createDirectory(
                        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
                    try Data(file.bytes).write(to: place)
                }
            }
            func check() throws -> (status: Int32, output: String) {
                let process = Process()
                process.executableURL = URL(filePath: "/usr/bin/env")
                process.arguments = ["python3", "-c", code.joined(separator: "\n")]
                process.currentDirectoryURL = folder
                let pipe = Pipe()
                process.standardOutput = pipe
                process.standardError = FileHandle.nullDevice
                try process.run()
                let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                process.waitUntilExit()
                return (process.terminationStatus, output)
            }
            try unpack(made.files)
            let sound = try check()
            if sound.status == 127 { return print("skipped the Python of PackBindingTests: no python3 on the PATH") }
            let failures = made.record.to.report.failures.count + made.record.to.report.waived.count
            #expect(sound.status == 0 && sound.output.contains(" \(failures) failures"), "\(sound.output)")
            for name in [
                "proofs/results.ndjson", "proofs/run-to.results.ndjson", "proofs/log.ndjson",
                "proofs/run-from.captures.ndjson",
            ] {
                var files = made.files
                let place = try #require(files.firstIndex { $0.name == name })
                let digit = try #require(files[place].bytes.firstIndex { (0x31...0x38).contains($0) })
                files[place].bytes[digit] ^= 1
                try unpack(files)
                #expect(try check().status != 0, "\(name)")
            }
        }
    }
}
