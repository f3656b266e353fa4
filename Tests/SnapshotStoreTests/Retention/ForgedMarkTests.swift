import AuditModel
import Evidence
import GRDB
import Testing

@testable import SnapshotStore

/// What somebody can pass off as pruned who writes to the file himself: the documentation says where the line is.
struct ForgedMarkTests {
    /// Five nights of two clients; the third has other documents for the first client, and other results where it is said.
    private static func store(otherResults: Bool) throws -> SnapshotStore {
        let store = try SnapshotStore.withEnvironment()
        let (one, two) = (try store.documents(marked: 1), try store.documents(marked: 2))
        let results = try [Verdict.pass, .fail].map { verdict in
            try store.store([
                (key: Digest(of: verdict.rawValue), results: [RuleResult(ruleID: "R", verdict: verdict)])
            ])[0]
        }
        for night in 0..<5 {
            let run = newRun(night: night, clients: 2)
            try store.beginRun(run, roster: [client(1), client(2)])
            let isOther = night == 2
            try store.append(
                [1, 2].map { number in
                    ClientNight(
                        number: number, captures: isOther && number == 1 ? two : one,
                        times: PerGroup(repeating: times(night: night, after: 1000)),
                        results: results[isOther && number == 1 && otherResults ? 1 : 0])
                }, to: run.id)
            try store.seal(run.id, at: run.startedAt.advanced(by: .seconds(60)), state: .complete, evaluator: "3")
        }
        return store
    }

    /// Takes the row of the third night away, with a mark and the right hashes in its place.
    private static func forge(_ store: SnapshotStore) throws {
        let run = try store.runs()[2]
        let subtrees = try store.captureTree(of: run.id).pruned { $0.client.number != 1 }.subtrees
        try store.dropGuards()
        try store.database.write { db in
            let row = try RunRow.of(run.id, in: db)
            try PrunedSubtrees.replace([], by: subtrees, of: row, in: db)
            let values = try db.first(
                "SELECT \(NightValues.columns) FROM client_night WHERE run_id = 1 AND client_number = 1"
            ) { NightValues($0, from: 0) }
            try UnchangedNights(
                number: 1, from: start(ofNight: 1).milliseconds, through: start(ofNight: 3).milliseconds, logSize: 4,
                values: try #require(values)
            ).write(environmentRow: row.environmentRowID, in: db)
            try db.execute(sql: "DELETE FROM client_night WHERE run_id = 3 AND client_number = 1")
        }
    }

    @Test func `a mark over other verdicts is found, since the log has those of pruned nights, too`() throws {
        let store = try Self.store(otherResults: true)
        try Self.forge(store)
        let findings = try store.verification().findings
        #expect(findings.count == 1)
        #expect(findings.first?.clause.contains("unchanged_nights.results_id") == true, "\(findings)")
    }

    @Test func `a mark over other documents with the same verdicts is not found, as docs/retention.md says`() throws {
        let store = try Self.store(otherResults: false)
        try Self.forge(store)
        #expect(try store.verification().findings == [])
        #expect(try store.verification().prunedCaptures == 5)
    }

    @Test func `the triggers keep this program from it`() throws {
        for otherResults in [false, true] {
            let store = try Self.store(otherResults: otherResults)
            let tally = try store.pruneUnchangedNights(in: na3, startedBefore: start(ofNight: 9))
            #expect(tally.clients == [2] && tally.rows == 3)
            let mark = """
                INSERT INTO unchanged_nights SELECT 1, 1, \(start(ofNight: 1).milliseconds), \
                \(start(ofNight: 3).milliseconds), 4, \(NightValues.columns) FROM client_night \
                WHERE run_id = 1 AND client_number = 1
                """
            #expect(throws: DatabaseError.self) { try store.database.write { try $0.execute(sql: mark) } }
        }
    }
}
