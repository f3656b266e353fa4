import AuditModel
import AuditTestSupport
import Emulator
import Foundation
import SnapshotStore
import Testing

/// `kill -9` at any moment: the moments are the calls by which the process changes a file, a file's name or what the
/// server sees, so every one of them can be hit, whatever the speed of the machine.
@Suite(.serialized)
struct KillTests {
    /// How often the process is killed, all in all.
    private static let kills = 200
    private static let arguments = ["run", "--quiet", "--batch", "2"]

    /// A night that is cut off again and again: what it starts from, and what it must come to.
    private struct Night {
        var name: String
        /// The number of the scenario's night.
        var number: Int
        /// Whether a sealed run is there before.
        var hasPast: Bool
        var writes = 0
        var expected: StoredState.Run = []
    }

    @Test func `a run that is killed at any write, and then run again, ends as an undisturbed one`() async throws {
        let seed = ProcessInfo.processInfo.environment["AUDIT_KILL_SEED"].flatMap { UInt64($0) } ?? 20_261_123
        var generator = SeededGenerator(seed: seed)
        print("kill -9 at \(Self.kills) moments drawn with AUDIT_KILL_SEED=\(seed)")
        try await Fleet.with(clients: 6) { fleet in
            guard let library = try KillLibrary(in: fleet.folder) else { return }
            // One group of one client fails for good, so that failures have to survive, too.
            await fleet.server.add(EmulatorFault(clientID: 4202, kind: .messaging, status: 403))
            var nights = [
                Night(name: "first night", number: 0, hasPast: false),
                Night(name: "second night", number: 5, hasPast: true),
            ]
            for index in nights.indices { try await measure(&nights[index], fleet, library) }
            #expect(nights[0].expected != nights[1].expected, "the second night must have something to tell")
            print(nights.map { "\($0.name): \($0.writes) writes undisturbed" }.joined(separator: ", "))

            var killed = 0
            var rounds = 0
            var resumed = 0
            while killed < Self.kills {
                let night = nights[rounds % 2]
                rounds += 1
                try await prepare(night, fleet)
                let wanted = min(Int.random(in: 1...8, using: &generator), Self.kills - killed)
                var moments: [String] = []
                for _ in 0..<wanted {
                    let write = Int.random(in: 1...night.writes, using: &generator)
                    let isTorn = Bool.random(using: &generator)
                    let result = try await library.killing(fleet.audit, at: write, isTorn: isTorn).run(Self.arguments)
                    moments.append("\(write)\(isTorn ? " torn" : "")")
                    // A run that goes on has less to do, and may be done before that moment.
                    guard result.killedBy == SIGKILL else {
                        #expect(result.killedBy == nil && result.status == 3, "\(moments): \(result.errors)")
                        continue
                    }
                    killed += 1
                    let findings = try integrityFindings(of: fleet.database)
                    #expect(findings == [], "\(night.name) killed at \(moments)")
                }
                let last = try await fleet.audit.run(Self.arguments)
                #expect(last.status == 3, "\(night.name) killed at \(moments): \(last.output)\(last.errors)")
                if last.errors.contains("Going on with run") { resumed += 1 }
                try check(night, fleet, moments)
            }
            print("\(killed) kills in \(rounds) nights; \(resumed) of them were gone on with by the last run")
            #expect(killed == Self.kills)
            #expect(resumed > rounds / 8)
        }
    }

    /// Runs a night undisturbed, to know its writes and its end.
    private func measure(_ night: inout Night, _ fleet: Fleet, _ library: KillLibrary) async throws {
        try await prepare(night, fleet)
        night.writes = try await library.writes(of: fleet.audit, Self.arguments)
        night.expected = try #require(
            try StoredState(of: fleet.database, isUnderAnyKey: !night.hasPast).runs.last)
        #expect(night.expected.first == "partial")
        #expect(night.expected.count == 1 + 6 * 6)
        #expect(night.writes > 50)
        if !night.hasPast { try fleet.copyDatabase(to: "past") }
    }

    private func prepare(_ night: Night, _ fleet: Fleet) async throws {
        try fleet.removeDatabase()
        if night.hasPast { try fleet.restoreDatabase(from: "past") }
        await fleet.server.setNight(night.number)
    }

    /// Every run of the night is sealed, and has what the undisturbed one has; nothing is left lying about.
    private func check(_ night: Night, _ fleet: Fleet, _ moments: [String]) throws {
        let past = night.hasPast ? 1 : 0
        let runs = try StoredState(of: fleet.database, isUnderAnyKey: !night.hasPast).runs
        #expect(runs.count > past)
        // Where the process was killed after the seal, the next one is a run of its own; both must be right.
        for run in runs.dropFirst(past) { #expect(run == night.expected, "\(night.name) killed at \(moments)") }
        let store = try SnapshotStore.open(at: fleet.database.path, access: .readOnly)
        try store.verifyIntegrity()
        try store.close()
        let names = try FileManager.default.contentsOfDirectory(atPath: fleet.folder.path)
        let reports = try FileManager.default.contentsOfDirectory(
            atPath: fleet.folder.appending(path: "reports").path)
        let leftovers = (names + reports).filter { $0.contains(".new-") || $0.hasSuffix(".tmp") }
        #expect(leftovers == [], "\(night.name) killed at \(moments)")
    }

    @Test func `a refused login is remembered though the run is killed before it ends`() async throws {
        try await Fleet.with(clients: 3) { fleet in
            let account = fleet.server.manifest.accounts[0]
            try fleet.write("wrong", to: "secrets/\(account.clientName).password")
            let night = try await fleet.hangingNight()
            kill(night.process.processIdentifier, SIGKILL)
            #expect(try await night.result().killedBy == SIGKILL)
            #expect(fleet.server.statistics.requests(.login, status: 401) == 1)

            await fleet.server.removeFaults()
            let next = try await fleet.audit.run("run")
            #expect(next.output.contains("was refused in an earlier run"), "\(next.output)\(next.errors)")
            #expect(fleet.server.statistics.requests(.login, status: 401) == 1)
        }
    }
}

extension Fleet {
    /// The database of the configuration.
    var database: URL { folder.appending(path: "audit.sqlite") }

    private static let suffixes = ["", ".key", ".lock", "-wal", "-shm"]

    /// Removes the store with all its files.
    func removeDatabase() throws {
        for suffix in Self.suffixes { try? FileManager.default.removeItem(atPath: database.path + suffix) }
    }

    /// Keeps a copy of the store under another name.
    func copyDatabase(to name: String) throws {
        for suffix in Self.suffixes where FileManager.default.fileExists(atPath: database.path + suffix) {
            try FileManager.default.copyItem(
                atPath: database.path + suffix, toPath: folder.appending(path: name).path + suffix)
        }
    }

    /// Puts a copy in the place of the store.
    func restoreDatabase(from name: String) throws {
        try removeDatabase()
        let copy = folder.appending(path: name).path
        for suffix in Self.suffixes where FileManager.default.fileExists(atPath: copy + suffix) {
            try FileManager.default.copyItem(atPath: copy + suffix, toPath: database.path + suffix)
        }
    }

    /// A night that cannot end, since one answer of its last client never comes; returns when all has been asked for.
    func hangingNight(_ arguments: [String] = []) async throws -> AuditProcess.Running {
        let last = try #require(server.manifest.accounts.map(\.clientId).max())
        await server.add(EmulatorFault(clientID: last, kind: .countries, times: 1, latency: .seconds(3600)))
        let before = server.statistics.requests(.countries)
        let night = try audit.start(["run", "--quiet", "--batch", "1"] + arguments)
        let refused = server.manifest.accounts.count { account in
            (try? String(contentsOf: folder.appending(path: "secrets/\(account.clientName).password"), encoding: .utf8))
                == "wrong"
        }
        let expected = before + server.manifest.accounts.count - refused
        while server.statistics.requests(.countries) < expected, night.process.isRunning { await Task.yield() }
        #expect(night.process.isRunning, "the night must be under way")
        return night
    }
}
