import AuditModel
import AuditTestSupport
import Emulator
import Foundation
import SnapshotStore
import Testing

/// Disks that are full, locked away or damaged: each its sentence and its status, and the store intact.
@Suite(.serialized)
struct DiskTests {
    @Test func `a full disk is told; the store stays intact, and with room again the run goes on`() async throws {
        try await Fleet.with(clients: 6) { fleet in
            guard let disk = SmallDisk(at: fleet.folder.appending(path: "disk"), sizeInBytes: 4 << 20) else { return }
            defer { disk.unmount() }
            let arguments = ["run", "--quiet", "--batch", "2", "--database", "disk/audit.sqlite"]
            let database = disk.folder.appending(path: "audit.sqlite")
            _ = try await fleet.audit.run("run", "--quiet")
            let expected = try #require(try StoredState(of: fleet.database, isUnderAnyKey: true).runs.last)

            var sentences = 0
            // From no room at all, over room for the empty store and a part of the night, to enough.
            for room in [0, 4, 40, 160, 220, 280, 340, 400, 460, 520, 600] {
                for name in try FileManager.default.contentsOfDirectory(atPath: disk.folder.path) {
                    try FileManager.default.removeItem(at: disk.folder.appending(path: name))
                }
                try disk.fill(leaving: room << 10)
                let full = try await fleet.audit.run(arguments)
                #expect(full.killedBy == nil)
                #expect([1, 74].contains(full.status), "\(room) KiB: \(full.errors)")
                if full.status == 74 {
                    #expect(full.output.isEmpty)
                    #expect(
                        full.errors.contains("is full. Make room and run again")
                            || full.errors.contains("Check the disk and run again")
                            || full.errors.contains("No space left on device"), "\(room) KiB: \(full.errors)")
                    if full.errors.contains("the run goes on where it stopped") { sentences += 1 }
                }
                #expect(try fleet.integrityFindings(ofCopyOf: database) == [], "\(room) KiB")
                try disk.makeRoom()
                #expect(try await fleet.audit.run(arguments).status == 1)
                let runs = try StoredState(of: database, isUnderAnyKey: true).runs
                for run in runs { #expect(run == expected, "\(room) KiB") }
                #expect(try await fleet.audit.run("doctor", "--database", "disk/audit.sqlite").status == 0)
            }
            #expect(sentences >= 3, "the disk must have filled up in the middle of runs")
        }
    }

    @Test func `a limit on the size of files is told, and kills nothing`() async throws {
        try await Fleet.with(clients: 6) { fleet in
            var limited = fleet.audit
            // In blocks of 512 bytes (POSIX) or 1024 (bash): room for the empty store, not for the night.
            limited.wrapper = ["/bin/sh", "-c", "ulimit -f 260; exec \"$0\" \"$@\""]
            let stopped = try await limited.run("run", "--quiet")
            #expect(stopped.killedBy == nil)
            #expect(stopped.status == 74, "\(stopped.errors)")
            #expect(stopped.errors.contains("Check the disk and run again; the run goes on where it stopped."))
            #expect(try integrityFindings(of: fleet.database) == [])
            let next = try await fleet.audit.run("run", "--quiet")
            #expect(next.status == 1, "\(next.errors)")
            #expect(try fleet.states() == ["complete"])
        }
    }

    @Test func `a database and a folder that cannot be written are told, and stay as they are`() async throws {
        try await Fleet.with(clients: 2) { fleet in
            guard let user = UnprivilegedUser(owning: fleet.folder) else { return }
            var audit = fleet.audit
            audit.wrapper = user.wrapper
            let first = try await audit.run("run", "--quiet")
            #expect(first.status == 1, "\(first.errors)")
            let before = try Data(contentsOf: fleet.database)
            for (fileMode, folderMode) in [(0o400, 0o700), (0o400, 0o500), (0o600, 0o500)] {
                try fleet.setMode(fileMode, of: fleet.database)
                try fleet.setMode(folderMode, of: fleet.folder)
                defer { try? fleet.setMode(0o700, of: fleet.folder) }
                let modes = String(fileMode, radix: 8) + " " + String(folderMode, radix: 8)
                let stopped = try await audit.run("run", "--quiet")
                #expect(stopped.status == 74, "\(modes): \(stopped.errors)")
                #expect(
                    stopped.errors.contains(
                        "Give the user write access to the file, to its -wal and -shm, and to its folder.")
                        || stopped.errors.contains("the user may read the file and write into the folder"),
                    "\(modes): \(stopped.errors)")
                #expect(try Data(contentsOf: fleet.database) == before)
                // What is stored can still be told.
                #expect(try await audit.run("report", "--database", "audit.sqlite").status == 0, "\(modes)")
            }
            // SQLite gives the files that it puts beside a database the database's own mode.
            for suffix in ["", "-wal", "-shm"] {
                let file = URL(filePath: fleet.database.path + suffix)
                if FileManager.default.fileExists(atPath: file.path) { try fleet.setMode(0o600, of: file) }
            }
            let last = try await audit.run("run", "--quiet")
            #expect(last.status == 1, "\(last.errors)")
        }
    }

    @Test func `a damaged page is told by whatever meets it, and by the doctor`() async throws {
        let seed: UInt64 = 41
        var generator = SeededGenerator(seed: seed)
        print("damaged pages drawn with seed \(seed)")
        try await Fleet.with(clients: 6) { fleet in
            #expect(try await fleet.audit.run("run", "--quiet").status == 1)
            try fleet.copyDatabase(to: "whole")
            let whole = try Data(contentsOf: fleet.database)
            var noticed = 0
            for _ in 0..<12 {
                try fleet.restoreDatabase(from: "whole")
                let page = Int.random(in: 1..<whole.count / 4096, using: &generator)
                var bytes = whole
                // The whole page: a byte in its unused middle would be no damage to anything.
                for index in page * 4096..<(page + 1) * 4096 { bytes[index] = 0xA5 }
                try bytes.write(to: fleet.database)
                let doctor = try await fleet.audit.run("doctor")
                #expect([4, 74].contains(doctor.status), "page \(page): \(doctor.output)\(doctor.errors)")
                let night = try await fleet.audit.run("run", "--quiet")
                #expect(night.killedBy == nil)
                // A night that does not meet the page goes on; one that does says so and stores nothing wrong.
                #expect([1, 4, 74].contains(night.status), "page \(page): \(night.status) \(night.errors)")
                if night.status != 1 {
                    noticed += 1
                    #expect(
                        night.errors.contains("is damaged (") || night.errors.contains("Restore the database"),
                        "page \(page): \(night.errors)")
                }
            }
            #expect(noticed > 0)
        }
    }
}

extension Fleet {
    fileprivate func setMode(_ mode: Int, of file: URL) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    }

    /// What is wrong with a database that has no room beside it for a copy.
    fileprivate func integrityFindings(ofCopyOf database: URL) throws -> [String] {
        let copy = folder.appending(path: ".whole")
        defer { for suffix in ["", "-wal"] { try? FileManager.default.removeItem(atPath: copy.path + suffix) } }
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: database.path + suffix) {
            try FileManager.default.copyItem(atPath: database.path + suffix, toPath: copy.path + suffix)
        }
        return try EndToEndTests.integrityFindings(of: copy)
    }
}
