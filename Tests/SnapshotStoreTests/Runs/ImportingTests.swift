import AuditModel
import AuditTestSupport
import SnapshotStore
import Testing

struct ImportingTests {
    private func exported(_ numbers: [Int], night: Int = 0, isSynthetic: Bool = false) -> [ExportedSnapshot] {
        var run = newRun(night: night, clients: numbers.count, isSynthetic: isSynthetic)
        run.state = .partial
        run.sealedAt = run.startedAt.advanced(by: .seconds(60))
        return numbers.map { number in
            let groups = PerGroup<GroupContent> { group in
                switch group {
                case .countries: .notCollected(.countriesOfAnotherClient)
                case .messaging: .failure(CaptureFailure(.forbidden, status: 403, request: "GET /x", detail: "no"))
                case .internal, .settings, .voicePool:
                    .document(
                        ["list": [3, 1, 2], "mark": .integer(Int64(number % 2))],
                        Digest(of: ["list": [3, 1, 2], "mark": .integer(Int64(number % 2))]))
                }
            }
            return ExportedSnapshot(
                run: run, clientsExported: numbers.count,
                snapshot: Snapshot(client: client(number, labels: ["env": "prod"]), groups: groups),
                times: PerGroup(repeating: times(night: night, after: Int64(number))))
        }
    }

    @Test func `an imported run is there as it was exported, sealed and fetched only`() throws {
        let store = try SnapshotStore.withEnvironment()
        let snapshots = exported([4200, 4199, 4201])
        try store.importRun(of: snapshots, notes: ["Imported."])
        let run = try #require(try store.runs(in: na3).first)
        #expect(run == snapshots[0].run)
        #expect(try store.notes(of: run.id) == ["Imported."])
        #expect(try store.roster(of: run.id).map(\.id.number) == [4199, 4200, 4201])
        for snapshot in snapshots {
            let night = try #require(try store.night(of: snapshot.snapshot.client.id, in: run.id))
            #expect(try store.snapshot(of: snapshot.snapshot.client.id, in: run.id) == snapshot.snapshot)
            #expect(night.times == snapshot.times && night.results == nil)
        }
        // Bodies that are alike are stored once.
        #expect(try store.statistics().documents == 6)
    }

    @Test func `a run that cannot be imported leaves nothing behind`() throws {
        let store = try SnapshotStore.withEnvironment()
        let synthetic = exported([4199], isSynthetic: true)
        #expect(
            storeError { try store.importRun(of: synthetic, notes: []) }
                == .environmentChanged(
                    na3, stored: EnvironmentAddress(baseURL: "https://api.na3.livevox.com", isSynthetic: false),
                    given: EnvironmentAddress(baseURL: "https://api.na3.livevox.com", isSynthetic: true)))
        var twice = exported([4199, 4200])
        twice[1].snapshot.client.id.number = 4199
        #expect(storeError { try store.importRun(of: twice, notes: []) } != nil)
        // A run that says complete with a failure in it would be refused by its reader; here the id is taken.
        try store.importRun(of: exported([4199]), notes: [])
        let before = try store.statistics()
        #expect(
            storeError { try store.importRun(of: exported([4205, 4206]), notes: ["x"]) }
                == .runExists(exported([4199])[0].run.id))
        #expect(try store.statistics() == before)
        #expect(try store.runs().count == 1)
    }

    @Test func `an environment that is not known yet is made known with its run`() throws {
        let store = try SnapshotStore.open(at: SnapshotStore.inMemory, access: .readWrite)
        try store.importRun(of: exported([4199], isSynthetic: true), notes: [])
        #expect(try store.address(of: na3)?.isSynthetic == true)
    }
}
