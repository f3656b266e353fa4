import AuditModel
import AuditTestSupport
import Emulator
import Evidence
import Foundation
import ReviewPack
import Testing

/// A review pack as it is made, handed over, checked, and tampered with.
@Suite(.serialized)
struct PackTests {
    private static func entries(_ file: URL) throws -> [ZipArchive.Entry] {
        try ZipArchive.entries(of: Array(Data(contentsOf: file)))
    }

    private static func write(_ entries: [ZipArchive.Entry], to file: URL) throws {
        let moment = Timestamp(milliseconds: 1_794_622_081_000)
        try Data(ZipArchive.bytes(of: entries, modified: moment)).write(to: file)
    }

    @Test func `a pack holds, is the same twice, and whatever is altered, missing or added is named with status 4`()
        async throws
    {
        try await DemoStore.with(clients: 5) { demo in
            let make = ["pack", "--from", "previous", "--to", "latest", "--database", demo.database, "--output"]
            let made = try await demo.audit.run(make + ["a.zip"])
            #expect(made.status == 0, "\(made.errors)")
            #expect(try await demo.audit.run(make + ["b.zip"]).status == 0)
            let file = demo.folder.appending(path: "a.zip")
            #expect(try Data(contentsOf: file) == Data(contentsOf: demo.folder.appending(path: "b.zip")))
            let sound = try await demo.audit.run("pack", "verify", "a.zip", "--format", "json")
            #expect(sound.status == 0, "\(sound.output)\(sound.errors)")
            #expect(try sound.json()["sound"] == true && sound.json()["synthetic"] == true)
            #expect(try (sound.json()["settingProofs"]?.integerValue ?? 0) > 3)
            #expect(try sound.json()["sha256"]?.stringValue.map { made.output.contains($0) } == true)

            // In this process, since a process for each of many files would take minutes.
            let entries = try Self.entries(file)
            #expect(entries.count > 25)
            for place in entries.indices {
                var altered = entries
                let middle = altered[place].bytes.count / 2
                // Where nothing changed there are no documents to be told of.
                if altered[place].bytes.isEmpty {
                    altered[place].bytes = [0x0A]
                } else {
                    altered[place].bytes[middle] ^= 1
                }
                // Written again, so that the checksum fits, and only the digests tell.
                let bytes = try ZipArchive.bytes(of: altered, modified: Timestamp(milliseconds: 0))
                let outcome = try PackCheck().outcome(of: bytes)
                #expect(outcome.findings.contains { $0.file == entries[place].name }, "\(entries[place].name)")
                var fewer = entries
                fewer.remove(at: place)
                let missing = try PackCheck().outcome(
                    of: ZipArchive.bytes(of: fewer, modified: Timestamp(milliseconds: 0)))
                #expect(missing.findings.contains { $0.file == entries[place].name }, "\(entries[place].name)")
            }
            var changed = entries
            let place = try #require(entries.firstIndex { $0.name == "findings/run-to.csv" })
            changed[place].bytes[9] ^= 1
            changed.append(ZipArchive.Entry(name: "extra\u{202E}.txt", bytes: []))
            try Self.write(changed, to: demo.folder.appending(path: "c.zip"))
            let told = try await demo.audit.run("pack", "verify", "c.zip")
            #expect(told.status == 4)
            #expect(told.output.contains("findings/run-to.csv: its SHA-256"), "\(told.output)")
            #expect(told.output.contains("manifest.json does not list it") && !told.output.contains("\u{202E}"))
        }
    }

    @Test func `a file that was changed with all its digests still has its proofs to answer to`() async throws {
        try await DemoStore.with(clients: 5) { demo in
            let made = try await demo.audit.run(
                "pack", "--from", "previous", "--to", "latest", "--database", demo.database, "--output", "a.zip")
            #expect(made.status == 0, "\(made.errors)")
            let entries = try Self.entries(demo.folder.appending(path: "a.zip"))
            let manifest = try PackManifest(bytes: try #require(entries.first { $0.name == "manifest.json" }).bytes)
            for name in [
                "proofs/run-to.leaf.json", "proofs/run-from.tlog-proof", "proofs/consistency.json", "checkpoint.txt",
                "proofs/settings/0001-4199.json", manifest.textSets[0].texts[0].file ?? "",
            ] {
                var files = entries.filter { $0.name != "manifest.json" && $0.name != "SHA256SUMS" }
                let place = try #require(files.firstIndex { $0.name == name }, "\(name)")
                // A digit of a digest or of a hash, so that the form stays what it is.
                let digit = try #require(files[place].bytes.lastIndex { (0x31...0x38).contains($0) })
                files[place].bytes[digit] = 0x39
                let bytes = try PackWriter.bytes(of: files, manifest)
                let outcome = try PackCheck().outcome(of: bytes)
                #expect(!outcome.findings.isEmpty, "\(name)")
                #expect(!outcome.findings.contains { $0.file == "manifest.json" || $0.file == "SHA256SUMS" })
            }
        }
    }

    @Test func `the pack of one client has nothing of the others, and its README says how to check it`() async throws {
        try await DemoStore.with(clients: 5) { demo in
            let made = try await demo.audit.run(
                "pack", "--from", "previous", "--to", "latest", "--client", "4200", "--database", demo.database)
            #expect(made.status == 0, "\(made.errors)")
            let name = try #require(made.errors.split(separator: "\n").last?.split(separator: " ").last)
            #expect(name.hasPrefix("review-demo-4200-"))
            let file = demo.folder.appending(path: String(name))
            let store = try await demo.audit.run(
                "report", "--database", demo.database, "--output", "json=-", "--quiet")
            let whole = String(decoding: Data(store.output.utf8), as: UTF8.self)
            var others: Set<String> = ["4199", "4201", "4202", "4203"]
            for match in whole.matches(of: /"code": "([A-Z0-9]+)"/) { others.insert(String(match.1)) }
            let entries = try Self.entries(file)
            let own = try #require(
                String(decoding: entries.first { $0.name == "findings/run-to.json" }?.bytes ?? [], as: UTF8.self)
                    .firstMatch(of: /"code": "([A-Z0-9]+)"/)?.1)
            others.remove(String(own))
            #expect(others.count >= 7)
            for entry in entries {
                // Digests are hexadecimal; a number stands by itself.
                let text = String(decoding: entry.bytes, as: UTF8.self)
                let words = Set(text.split { !$0.isLetter && !$0.isNumber }.map(String.init))
                #expect(words.isDisjoint(with: others), "\(entry.name): \(words.intersection(others))")
            }
            let readme = try #require(entries.first { $0.name == "README.txt" })
            #expect(String(decoding: readme.bytes, as: UTF8.self).contains("sha256sum -c SHA256SUMS"))
            #expect(try await demo.audit.run("pack", "verify", String(name)).status == 0)
        }
    }

    @Test func `what is no pack is told in words, and nothing is looked into`() async throws {
        try await withTemporaryFolder { folder in
            let audit = AuditProcess(folder: folder)
            // The options are those of 'make', which is left out in every example.
            let help = try await audit.run("pack", "--help").output
            #expect(["--from", "--to", "--client", "pack make --help"].allSatisfy(help.contains), "\(help)")
            try Data("no archive, a text that is long enough".utf8).write(to: folder.appending(path: "text.zip"))
            let text = try await audit.run("pack", "verify", "text.zip")
            #expect(text.status == 2 && text.errors.contains("it is no ZIP archive"), "\(text.errors)")
            #expect(try await audit.run("pack", "verify", "nowhere.zip").status == 2)
            try Self.write([ZipArchive.Entry(name: "a", bytes: [1])], to: folder.appending(path: "other.zip"))
            let other = try await audit.run("pack", "verify", "other.zip")
            #expect(other.status == 4 && other.output.contains("this is no review pack"), "\(other.output)")
            let none = try await audit.run("pack", "--from", "previous", "--to", "latest")
            #expect(none.status == 2 && none.errors.contains("there is no database"))
        }
    }

    @Test func `a client whose name is a formula, a path or markup acts nowhere in a pack`() async throws {
        try await Fleet.with(clients: 2) { fleet in
            let rows = fleet.server.manifest.accounts.map {
                "\($0.clientId),\($0.clientName),fleet,\"=1+1|../../x<script>alert(1)</script>\u{202E}\",prod\n"
            }
            try fleet.write("id,code,account,name,env\n" + rows.joined(), to: "clients.csv")
            for _ in 0..<2 { _ = try await fleet.audit.run("run", "--fresh", "--quiet") }
            for more in [[], ["--client", "4199"]] {
                let made = try await fleet.audit.run(
                    ["pack", "--from", "previous", "--to", "latest", "--output", "p.zip"] + more)
                #expect(made.status == 0, "\(made.errors)")
                for entry in try Self.entries(fleet.folder.appending(path: "p.zip")) {
                    #expect(!entry.name.contains(".."))
                    let text = String(decoding: entry.bytes, as: UTF8.self)
                    if entry.name == "record.json" { #expect(entry.bytes.allSatisfy { $0 < 0x7F }) }
                    if entry.name.hasSuffix(".html") || entry.name.hasSuffix(".txt") {
                        #expect(!text.contains("<script>alert") && !text.contains("\u{202E}"), "\(entry.name)")
                    }
                    guard entry.name.hasSuffix(".csv") else { continue }
                    let fields = text.split { $0 == "," || $0.isNewline }
                    #expect(!fields.contains { $0.hasPrefix("=") || $0.hasPrefix("\"=") }, "\(entry.name)")
                }
                #expect(try await fleet.audit.run("pack", "verify", "p.zip").status == 0)
                let page = try Self.entries(fleet.folder.appending(path: "p.zip")).first { $0.name == "index.html" }
                let isNamed = String(decoding: page?.bytes ?? [], as: UTF8.self).contains("&lt;script&gt;alert(1)")
                #expect(isNamed == !more.isEmpty, "the page names the one client")
            }
        }
    }

    @Test func `a signed pack says by whom, and its signature is held to the key`() async throws {
        try await DemoStore.with(nights: 2, clients: 2) { demo in
            let made = try await demo.audit.run("checkpoint", "key", "log.key", "--database", demo.database)
            try #require(made.status == 0, "\(made.errors)")
            try Data(made.output.utf8).write(to: demo.folder.appending(path: "log.vkey"))
            try Data("database: \(demo.database)\nevidence: {key: \"file:log.key\"}\n".utf8).write(
                to: demo.folder.appending(path: "audit.yaml"))
            #expect(try await demo.audit.run("checkpoint").status == 0)
            let pack = try await demo.audit.run("pack", "--from", "previous", "--to", "latest", "--output", "a.zip")
            #expect(pack.status == 0 && !pack.errors.contains("not signed"), "\(pack.errors)")
            let sound = try await demo.audit.run("pack", "verify", "a.zip", "--key", "log.vkey")
            #expect(sound.status == 0 && sound.output.contains("The checkpoint is signed by audit/"), "\(sound.output)")
            let unknown = try await demo.audit.run("pack", "verify", "a.zip")
            #expect(unknown.status == 0 && unknown.output.contains("give --key to check by whom"))
            let seed = [UInt8](repeating: 5, count: 32)
            let other = try SignerKey(name: "other", seed: seed).verifier.vkey
            let refused = try await demo.audit.run("pack", "verify", "a.zip", "--key", other)
            #expect(refused.status == 4 && refused.output.contains("checkpoint.txt: "), "\(refused.output)")
        }
    }
}
