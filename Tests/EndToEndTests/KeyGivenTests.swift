import AuditModel
import AuditTestSupport
import Evidence
import Foundation
import ReviewPack
import Testing

/// Whoever gives a key or a checkpoint wants to be told where it vouches for nothing.
@Suite(.serialized)
struct KeyGivenTests {
    private static func key(_ byte: UInt8) throws -> SignerKey {
        try SignerKey(name: "audit.example/\(byte)", seed: Array(repeating: byte, count: 32))
    }

    @Test func `a key that did not sign the newest checkpoint of a database ends verify with 4, whatever became of it`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let audit = try await EvidenceLogTests.demo(in: folder, nights: 2, clients: 2)
            let database = folder.appending(path: "demo.sqlite")
            let (old, new) = (try Self.key(1), try Self.key(2))
            func sign(_ key: SignerKey) async throws {
                try Data((key.skey + "\n").utf8).write(to: folder.appending(path: "log.key"))
                try Data("database: demo.sqlite\nevidence: {key: \"file:log.key\"}\n".utf8)
                    .write(to: folder.appending(path: "audit.yaml"))
                let made = try await audit.run("checkpoint")
                #expect(made.status == 0, "\(made.errors)")
            }
            func verify(_ keys: [SignerKey], _ more: String...) async throws -> AuditProcess.Result {
                try await audit.run(["verify"] + keys.flatMap { ["--key", $0.verifier.vkey] } + more)
            }
            let unsigned = try await verify([old], "--database", "demo.sqlite")
            #expect(unsigned.status == 4 && unsigned.output.contains("it is not signed"), "\(unsigned.output)")
            try await sign(old)
            #expect(try await verify([old]).status == 0)
            let wrong = try await verify([new])
            #expect(wrong.status == 4, "\(wrong.output)")
            #expect(wrong.output.contains("none of the keys that are given has signed it"), "\(wrong.output)")
            #expect(wrong.output.contains("it is signed by audit.example/1"), "\(wrong.output)")
            // After a change of keys the newest counts, which stands for all before it; older keys may be given, too.
            try await sign(new)
            #expect(try await verify([old, new]).status == 0)
            #expect(try await verify([new]).status == 0)
            // Signatures that were cut out.
            try EvidenceLogTests.alter(
                database, as: "cut.sqlite", "DELETE FROM checkpoint WHERE note LIKE '%' || char(8212) || '%'")
            let cut = try await verify([new], "--database", "cut.sqlite")
            #expect(cut.status == 4 && cut.output.contains("its signatures were taken away"), "\(cut.output)")
            try EvidenceLogTests.alter(database, as: "none.sqlite", "DELETE FROM checkpoint")
            let none = try await verify([new], "--database", "none.sqlite")
            #expect(none.status == 4 && none.output.contains("no checkpoint was made of the log"), "\(none.output)")
            // A file without a key is no key, and does not fall back to the one that is configured.
            try Data("\n".utf8).write(to: folder.appending(path: "empty.vkey"))
            let empty = try await audit.run("verify", "--key", "empty.vkey")
            #expect(empty.status == 2 && empty.errors.contains("the file is empty"), "\(empty.errors)")
        }
    }

    @Test func `a pack that is not signed is compared with checkpoints that are held, and no key vouches for it`()
        async throws
    {
        try await DemoStore.with(nights: 3, clients: 2) { demo in
            let audit = demo.audit
            func pack(_ from: String, _ to: String, _ name: String) async throws {
                let made = try await audit.run(
                    "pack", "--from", from, "--to", to, "--database", demo.database, "--output", name)
                try #require(made.status == 0, "\(made.errors)")
            }
            try await pack("2026-11-12", "2026-11-13", "a.zip")
            try await pack("2026-11-13", "2026-11-13", "one.zip")
            func checkpoint(of name: String, _ file: String = "checkpoint.txt") throws -> [UInt8] {
                let bytes = try Array(Data(contentsOf: demo.folder.appending(path: name)))
                return try #require(try ZipArchive.entries(of: bytes).first { $0.name == file }?.bytes)
            }
            let own = try Checkpoint(text: checkpoint(of: "a.zip"))
            let earlier = try Checkpoint(text: checkpoint(of: "a.zip", "proofs/checkpoint-from.txt"))
            try #require(earlier.size < own.size)
            func verify(_ held: Checkpoint, _ more: String...) async throws -> AuditProcess.Result {
                try Data(held.text.utf8).write(to: demo.folder.appending(path: "held"))
                return try await audit.run(["pack", "verify", "a.zip", "--checkpoint", "held"] + more)
            }
            let alone = try await audit.run("pack", "verify", "a.zip")
            #expect(alone.status == 0 && alone.output.hasPrefix("The pack agrees with itself; nothing vouches"))
            #expect(try await audit.run("pack", "verify", "a.zip", "--format", "json").json()["vouchedFor"] == false)
            let same = try await verify(own)
            #expect(same.status == 0 && same.output.hasPrefix("Everything in this pack that was checked holds."))
            #expect(same.output.contains("The checkpoint is the one that you hold (held)."), "\(same.output)")
            #expect(try await verify(own, "--format", "json").json()["vouchedFor"] == true)
            let older = try await verify(earlier)
            #expect(
                older.status == 0 && older.output.contains("The log goes on from the checkpoint"), "\(older.output)")
            let told = try await verify(earlier, "--format", "json").json()
            #expect(told["vouchedFor"] == false && told["goesOnFromHeld"] == true)
            // It has just been given one, so it is not asked for one.
            #expect(older.output.contains("does not vouch for all of it") && !older.output.contains("give --key"))
            // A larger one cannot be told from a pack: not sound, and no finding either.
            let larger = try await verify(
                Checkpoint(origin: own.origin, size: own.size + 5, root: Digest(of: "later")))
            #expect(larger.status == 3 && larger.output.contains("the pack has too little"), "\(larger.output)")
            for (held, clause) in [
                (try Checkpoint(origin: own.origin, size: own.size, root: Digest(of: "x")), "the root"),
                (try Checkpoint(origin: own.origin, size: earlier.size, root: Digest(of: "x")), "the root"),
                (try Checkpoint(origin: "another", size: own.size, root: own.root), "was expected"),
            ] {
                let refused = try await verify(held)
                #expect(refused.status == 4 && refused.output.contains("checkpoint.txt: against held: "))
                #expect(refused.output.contains(clause), "\(refused.output)")
            }
            let key = try Self.key(1).verifier.vkey
            let keyed = try await audit.run("pack", "verify", "a.zip", "--key", key)
            #expect(keyed.status == 4 && keyed.output.contains("checkpoint.txt: it is not signed"), "\(keyed.output)")
            for name in ["README.txt", "index.html"] {
                let text = String(decoding: try checkpoint(of: "a.zip", name), as: UTF8.self)
                #expect(text.contains("--checkpoint HELD") && !text.contains("--key KEY"), "\(name)")
            }
            // A night packed against itself is one run, and its verdicts count once.
            let one = try await audit.run("pack", "verify", "one.zip")
            let two = try await audit.run("pack", "verify", "a.zip", "--format", "json").json()
            #expect(one.status == 0 && one.output.contains(" 1 run in the log, "), "\(one.output)")
            let single = try await audit.run("pack", "verify", "one.zip", "--format", "json").json()
            #expect(single["verdicts"]?.integerValue.map { $0 * 2 } == two["verdicts"]?.integerValue)
        }
    }
}
