import AuditModel
import AuditTestSupport
import Evidence
import Foundation
import GRDB
import Testing

@testable import SnapshotStore

struct PruningTests {
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `all that nights say but their times is the same before and after`(seed: UInt64) throws {
        print("fleet drawn with seed \(seed)")
        var fleet = try DriftingFleet(seed: seed, clients: 4)
        for _ in 0..<40 { try fleet.addNight() }
        let store = fleet.store
        var generator = SeededGenerator(seed: seed)
        var pruned = 0
        for round in 0..<3 {
            let before = try fleet.told()
            let cutoff = start(ofNight: Int.random(in: 5 + round * 10..<fleet.nights + 2, using: &generator))
            let roots = try store.runs().map { try store.captureTree(of: $0.id).head }
            let expected = try store.pruningTally(in: na3, startedBefore: cutoff)
            let tally = try store.pruneUnchangedNights(
                in: na3, startedBefore: cutoff, rowsAtOnce: Int.random(in: 1..<40, using: &generator))
            #expect(tally == expected, "seed \(seed): a trial tells what is done")
            pruned += tally.rows
            #expect(try store.statistics().prunedNights == pruned)
            #expect(try fleet.told() == before, "seed \(seed), round \(round)")
            #expect(try store.runs().map { try store.captureTree(of: $0.id).head } == roots)
            let verification = try store.verification()
            #expect(verification.findings == [], "seed \(seed), round \(round)")
            #expect(verification.prunedCaptures == pruned * 5)
            #expect(throws: Never.self) { try store.verifyIntegrity() }
            let again = try store.pruneUnchangedNights(in: na3, startedBefore: cutoff)
            #expect(again.rows == 0 && again.prunedBefore >= tally.rows, "seed \(seed): nothing is left to do")
            for _ in 0..<8 { try fleet.addNight() }
        }
        #expect(pruned > 20, "seed \(seed): \(pruned)")
    }

    @Test(arguments: 20...23 as ClosedRange<UInt64>)
    func `every row that stays is one that must, and every one that goes is not`(seed: UInt64) throws {
        var fleet = try DriftingFleet(seed: seed, clients: 5)
        for _ in 0..<50 { try fleet.addNight() }
        let store = fleet.store
        let runs = try store.runs()
        let cutoff = start(ofNight: 44)
        // What must stay, by the letter: compared with the neighbours in the runs before and after.
        var expected: Set<String> = []
        var nights = try runs.map { run in
            Dictionary(try store.nights(of: run.id).map { ($0.number, $0) }) { first, _ in first }
        }
        for (place, run) in runs.enumerated() where run.startedAt < cutoff && place > 0 {
            let retried = try store.database.read { db in
                try Set(
                    db.all(
                        "SELECT client_number FROM capture_failure JOIN run ON run.id = run_id WHERE uuid = ?",
                        .text(run.id.rawValue)
                    ) {
                        Int($0.integer(0))
                    })
            }
            for (number, night) in nights[place] {
                guard !retried.contains(number), let before = nights[place - 1][number],
                    let after = nights[place + 1][number], before.captures == night.captures,
                    after.captures == night.captures, before.results == night.results, after.results == night.results
                else { continue }
                expected.insert("\(place) \(number)")
            }
        }
        let tally = try store.pruneUnchangedNights(in: na3, startedBefore: cutoff)
        nights = try runs.map { run in
            Dictionary(try store.nights(of: run.id).map { ($0.number, $0) }) { first, _ in first }
        }
        let gone = nights.enumerated().flatMap { place, nights in
            nights.values.filter(\.isHashOnly).map { "\(place) \($0.number)" }
        }
        #expect(Set(gone) == expected, "seed \(seed)")
        #expect(tally.rows == expected.count)
        let old = nights.prefix(44).reduce(0) { $0 + $1.count }
        #expect(tally.kept.values.reduce(0, +) + tally.rows == old, "each row has one reason: \(tally.kept)")
        #expect(tally.runs == 44)
        #expect(nights.joined().allSatisfy { !$0.value.isHashOnly || $0.value.times.pairs.allSatisfy { $0.1 == nil } })
    }

    @Test func `a stretch keeps its first and its last night, and goes on over several passes without a row between`()
        throws
    {
        let store = try SnapshotStore.withEnvironment()
        let (one, two) = (try store.documents(marked: 1), try store.documents(marked: 2))
        for night in 0..<20 { try store.addNight(night, of: [client(1)]) { _ in night < 12 ? one : two } }
        func rows() throws -> [Int] {
            try store.runs().enumerated().filter { _, run in
                try store.nights(of: run.id).contains { !$0.isHashOnly }
            }.map(\.offset)
        }
        // Each day's pass, as a timer would have it.
        for day in 3..<20 {
            _ = try store.pruneUnchangedNights(in: na3, startedBefore: start(ofNight: day))
        }
        #expect(try rows() == [0, 11, 12, 19])
        let marks = try store.database.read { db in
            try Row.fetchAll(db, sql: "SELECT from_start, through_start FROM unchanged_nights ORDER BY 1").map {
                [($0[0] as Int64), ($0[1] as Int64)]
            }
        }
        #expect(marks == [[0, 11], [12, 19]].map { $0.map { start(ofNight: $0).milliseconds } })
        let tally = try store.pruningTally(in: na3, startedBefore: start(ofNight: 30))
        #expect(tally.rows == 0 && tally.prunedBefore == 16)
        #expect(tally.kept == [.firstOfValue: 2, .lastOfValue: 1, .newest: 1])
        #expect(try store.verification().findings == [])
    }

    @Test func `a run that comes later and lies between is not taken for a pruned one`() throws {
        let store = try SnapshotStore.withEnvironment()
        let (one, two) = (try store.documents(marked: 1), try store.documents(marked: 2))
        for night in (0..<20).filter({ $0 != 5 && $0 != 9 && $0 != 14 }) {
            try store.addNight(night, of: [client(1), client(2)]) { _ in one }
        }
        _ = try store.pruneUnchangedNights(in: na3, startedBefore: start(ofNight: 18))
        // One has other settings, one the same, and one knows nothing of the second client.
        try store.addNight(5, of: [client(1), client(2)]) { $0.id.number == 1 ? two : one }
        try store.addNight(9, of: [client(1), client(2)]) { _ in one }
        try store.addNight(14, of: [client(1)]) { _ in one }
        func told() throws -> [[String]] {
            try store.runs().map { try store.nights(of: $0.id).map { "\($0.number) \($0.captures)" } }
        }
        let before = try told()
        #expect(before.map(\.count).filter { $0 == 1 }.count == 1)
        #expect(try store.verification().findings == [])
        for day in 18..<24 {
            _ = try store.pruneUnchangedNights(in: na3, startedBefore: start(ofNight: day))
            #expect(try Array(told().prefix(before.count)) == before)
            #expect(try store.verification().findings == [])
            if day < 22 { try store.addNight(day + 3, of: [client(1), client(2)]) { _ in one } }
        }
    }

    @Test func `a client on hold keeps every row, and loses them once it is released`() throws {
        let store = try SnapshotStore.withEnvironment()
        let captures = try store.documents(marked: 1)
        for night in 0..<10 { try store.addNight(night, of: [client(1), client(2)]) { _ in captures } }
        let id = Client.ID(environment: na3, number: 1)
        func note(_ action: LegalHold.Action, _ reason: String) throws {
            try store.note(
                LegalHold(client: id, action: action, reason: reason, notedBy: "kim", notedAt: start(ofNight: 9)))
        }
        try note(.hold, "case 7")
        #expect(try store.heldClients().map(\.reason) == ["case 7"])
        #expect(storeError { try note(.hold, "again") }?.exitStatus == .usage)
        let tally = try store.pruneUnchangedNights(in: na3, startedBefore: start(ofNight: 9))
        #expect(tally.rows == 8 - 0 && tally.clients == [2])
        #expect(tally.kept[.hold] == 9)
        #expect(try store.verification().findings == [])
        // Not even by SQL.
        let sql = "DELETE FROM client_night WHERE client_number = 1 AND run_id = 3"
        #expect(throws: DatabaseError.self) { try store.database.write { try $0.execute(sql: sql) } }
        try note(.release, "")
        #expect(storeError { try note(.release, "") } == .notOnHold(id))
        #expect(try store.heldClients() == [])
        #expect(try store.pruneUnchangedNights(in: na3, startedBefore: start(ofNight: 9)).clients == [1])
        #expect(try store.verification().findings == [])
        #expect(try store.legalHolds().map(\.action) == [.hold, .release])
        // Both clients' leaves have grown together.
        let subtrees = try store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM pruned_subtree") }
        #expect(subtrees == 8)
    }

    @Test func `a client that is put on hold while a pass goes on loses nothing from then on`() throws {
        let store = try SnapshotStore.withEnvironment()
        let captures = try store.documents(marked: 1)
        for night in 0..<10 { try store.addNight(night, of: [client(1), client(2)]) { _ in captures } }
        var isHeld = false
        let tally = try store.pruneUnchangedNights(
            in: na3, startedBefore: start(ofNight: 9), rowsAtOnce: 1
        ) { part in
            if part > 0.5, !isHeld {
                isHeld = true
                let id = Client.ID(environment: na3, number: 1)
                try? store.note(
                    LegalHold(client: id, action: .hold, reason: "r", notedBy: "k", notedAt: start(ofNight: 9)))
            }
        }
        let kept = try store.runs().filter { try !(store.nights(of: $0.id).first?.isHashOnly ?? true) }.count
        #expect(kept > 4 && kept < 10)
        #expect(try store.statistics().prunedNights == tally.rows)
        #expect(tally.kept[.hold] == 8 - (tally.rows - 8))
        #expect(try store.verification().findings == [])
    }

    @Test func `a run that is not what the log has of it is not pruned, and nothing else is`() throws {
        let store = try SnapshotStore.withEnvironment()
        let captures = try store.documents(marked: 1)
        for night in 0..<10 { try store.addNight(night, of: [client(1)]) { _ in captures } }
        try store.database.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    DROP TRIGGER client_night_update_old_sealed; DROP TRIGGER client_night_update_new_sealed;
                    UPDATE client_night SET times = x'00' WHERE run_id = 4
                    """)
        }
        let error = storeError { _ = try store.pruneUnchangedNights(in: na3, startedBefore: start(ofNight: 9)) }
        #expect(error?.exitStatus == .integrity)
        #expect(error?.description.contains("is not what the log has of it") == true)
        #expect(try store.statistics().prunedNights == 0)
    }

    /// Statements that no pass runs, in a store in which one night was pruned.
    static let forbidden = [
        "DELETE FROM client_night WHERE run_id = 5", "DELETE FROM client_night WHERE run_id = 1",
        "DELETE FROM unchanged_nights", "UPDATE unchanged_nights SET internal_id = internal_id + 1",
        "UPDATE unchanged_nights SET through_start = through_start - 86400000",
        "UPDATE unchanged_nights SET from_start = from_start - 86400000",
        "UPDATE unchanged_nights SET through_start = through_start + 2 * 86400000",
        "DELETE FROM pruned_subtree", "UPDATE pruned_subtree SET hash = zeroblob(32)",
        """
        INSERT INTO unchanged_nights SELECT environment_id, client_number, from_start + 4 * 86400000, \
        through_start + 4 * 86400000, 10, internal_id, settings_id, messaging_id, voice_pool_id, countries_id, results_id \
        FROM unchanged_nights
        """,
        "UPDATE legal_hold SET reason = ''", "DELETE FROM legal_hold",
    ]

    @Test func `no mark says what was not so, and nothing goes without one, even by SQL`() throws {
        let store = try SnapshotStore.withEnvironment()
        let (one, two) = (try store.documents(marked: 1), try store.documents(marked: 2))
        for night in 0..<8 { try store.addNight(night, of: [client(1)]) { _ in night < 4 ? one : two } }
        _ = try store.pruneUnchangedNights(in: na3, startedBefore: start(ofNight: 2))
        #expect(try store.statistics().prunedNights == 1)
        try store.note(
            LegalHold(
                client: Client.ID(environment: na3, number: 1), action: .hold, reason: "r", notedBy: "k",
                notedAt: start(ofNight: 9)))
        for sql in Self.forbidden {
            #expect(throws: DatabaseError.self, "\(sql)") { try store.database.write { try $0.execute(sql: sql) } }
        }
        #expect(try store.verification().findings == [])
    }

    @Test func `the file becomes smaller`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "audit.sqlite").path
            let store = try SnapshotStore.withEnvironment(at: path)
            let captures = try store.documents(marked: 1)
            let clients = (1...200).map { client($0) }
            for night in 0..<60 { try store.addNight(night, of: clients) { _ in captures } }
            let tally = try store.pruneUnchangedNights(in: na3, startedBefore: start(ofNight: 59))
            #expect(tally.rows == 200 * 58)
            let (before, after) = try store.giveBackSpace()
            #expect(after < before / 2, "\(before) → \(after)")
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            #expect(size == after)
            // What was said to go is about what went.
            #expect(abs(tally.bytes - (before - after)) < before / 4, "\(tally.bytes) of \(before - after)")
            #expect(try store.verification().findings == [])
            try store.close()
            let again = try SnapshotStore.open(at: path, access: .readOnly)
            #expect(try again.nights(of: again.runs()[30].id).count == 200)
            // By SQL, the view has them all.
            let view = try again.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM night") }
            #expect(view == 200 * 60)
        }
    }

    @Test func `nobody but the table of nights reads the rows alone`() throws {
        let sources = packageRoot.appending(path: "Sources")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var readers: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            if text.contains(/(FROM|JOIN) client_night/) { readers.insert(file.lastPathComponent) }
        }
        // Rows of open runs, which none was pruned of; and who looks for what is wrong with rows.
        #expect(
            readers == [
                "NightTable.swift", "SnapshotStore+Beginning.swift", "SnapshotStore+Integrity.swift",
                "SnapshotStore+KeptNights.swift",
                "SnapshotStore+Pruning.swift", "SnapshotStore+Statistics.swift", "StoreVerifier+Retention.swift",
                "StoreVerifier+Rows.swift", "Schema004.swift",
            ])
    }
}
