import AuditModel
import Testing

@testable import SnapshotStore

struct CaptureIDsTests {
    private func rows(
        _ store: SnapshotStore, _ run: AuditRun, _ clients: ClosedRange<Int>
    ) throws -> [(number: Int, captures: CaptureIDs)] {
        var rows: [(Int, CaptureIDs)] = []
        try store.forEachCaptureIDs(of: run.id, clients: clients) { rows.append(($0, $1)) }
        return rows
    }

    @Test func `rows come by number, and a failure is a failure whatever its reason`() throws {
        let store = try SnapshotStore.withEnvironment()
        let clients = [client(30), client(10), client(20)]
        let run = try store.addNight(0, of: clients, state: .partial) { client in
            var captures = try store.documents(marked: 1)
            if client.id.number == 20 {
                captures[.internal] = .failure(CaptureFailure(.forbidden, status: 403))
                captures[.settings] = .failure(CaptureFailure(.notAttempted))
                captures[.countries] = .notCollected(.countriesOfAnotherClient)
            }
            return captures
        }
        let all = try rows(store, run, 0...Int.max)
        #expect(all.map(\.number) == [10, 20, 30])
        #expect(all[0].captures == all[2].captures, "the same documents, the same numbers")
        #expect(all[1].captures[.internal] == .failed)
        #expect(all[1].captures[.settings] == .failed)
        #expect(all[1].captures[.countries] == .notCollected)
        let night = try #require(try store.night(of: client(20).id, in: run.id))
        let id = try #require(night.captures[.messaging].documentID)
        #expect(all[1].captures[.messaging] == .document(id))
        #expect(try rows(store, run, 11...20).map(\.number) == [20])
        #expect(all[0].captures != all[1].captures)
        let forgotten: [SettingsGroup] = [.internal, .settings, .countries]
        #expect(all[0].captures.without(forgotten) == all[1].captures.without(forgotten))
    }

    @Test func `a stretch of a run's captures is one stretch of the primary key`() throws {
        let store = try SnapshotStore.withEnvironment()
        let plan = try store.reading { db in
            try db.all(
                "EXPLAIN QUERY PLAN " + NightTable.rowsSQL("client_number"), .integer(1), .integer(1), .integer(2)
            ) { $0.text(3) }
        }
        #expect(plan == ["SEARCH client_night USING PRIMARY KEY (run_id=? AND client_number>? AND client_number<?)"])
    }

    @Test func `every document comes once, in the order stored, beyond one stretch, too`() throws {
        let store = try SnapshotStore.withEnvironment()
        var ids: [DocumentID] = []
        for mark in 0..<300 { ids.append(try store.intern(["mark": .integer(Int64(mark))], of: .internal)) }
        var found: [DocumentID] = []
        try store.forEachDocument { found.append($0.id) }
        #expect(found == ids)
    }
}
