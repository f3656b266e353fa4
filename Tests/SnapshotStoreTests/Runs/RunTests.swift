import AuditModel
import GRDB
import Testing

@testable import SnapshotStore

struct RunTests {
    @Test func `a run comes back as it was begun, and is the open one until it is sealed`() throws {
        let store = try SnapshotStore.withEnvironment()
        let set = try store.save([PolicyText(name: "a.yaml", text: "policy: a")])
        let run = newRun(night: 0, clients: 1, policySet: set)
        try store.beginRun(run, roster: [client(1)])
        #expect(try store.run(run.id) == run)
        #expect(try store.openRun(in: na3) == run)
        try store.append([try night(store, 1)], to: run.id)
        let end = Timestamp(milliseconds: run.startedAt.milliseconds + 5)
        try store.seal(run.id, at: end, state: .complete)
        var sealed = run
        sealed.state = .complete
        sealed.sealedAt = end
        #expect(try store.run(run.id) == sealed)
        #expect(try store.openRun(in: na3) == nil)
    }

    private func night(_ store: SnapshotStore, _ number: Int) throws -> ClientNight {
        ClientNight(
            number: number, captures: try store.documents(marked: number), times: PerGroup(repeating: nil),
            results: nil)
    }

    @Test func `a roster keeps every fact byte for byte, and equal rosters are one`() throws {
        let store = try SnapshotStore.withEnvironment()
        let clients = [
            client(4199, code: "ACME", name: "Café \u{0}x", labels: ["env": "prod", "line": "collections"]),
            client(7, code: "Cafe\u{301}", labels: ["": ""]), client(8, code: "Caf\u{e9}"),
        ]
        let one = try store.addNight(0, of: clients) { _ in try store.documents(marked: 1) }
        let two = try store.addNight(1, of: clients.reversed()) { _ in try store.documents(marked: 1) }
        let roster = try store.roster(of: one.id)
        #expect(roster.map(\.id.number) == [7, 8, 4199])
        #expect(roster == [clients[1], clients[2], clients[0]])
        #expect(roster[0].code.isIdentical(to: "Cafe\u{301}"))
        #expect(roster[1].code.isIdentical(to: "Caf\u{e9}"))
        #expect(roster[2].name.isIdentical(to: "Café \u{0}x"))
        #expect(try store.rosterID(of: one.id) == store.rosterID(of: two.id))
        var relabelled = clients
        relabelled[1].labels["env"] = "test"
        let three = try store.addNight(2, of: relabelled) { _ in try store.documents(marked: 1) }
        #expect(try store.rosterID(of: three.id) != store.rosterID(of: one.id))
        #expect(try store.roster(of: one.id) == roster)
        #expect(try store.roster(of: three.id)[0].labels == ["": "", "env": "test"])
        #expect(try store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM client_facts") } == 4)
    }

    @Test func `a run that contradicts itself is not begun`() throws {
        let store = try SnapshotStore.withEnvironment()
        var ended = newRun(night: 0, clients: 1)
        ended.state = .partial
        let stranger = Client(id: Client.ID(environment: EnvironmentName("eu1"), number: 1), code: "X")
        let cases: [(AuditRun, [Client])] = [
            (newRun(night: 0, clients: 2), [client(1)]),
            (newRun(night: 0, clients: 2), [client(1), client(1, code: "Y")]),
            (ended, [client(1)]), (newRun(night: 0, clients: 1), [stranger]),
            (newRun(night: 0, clients: 1, policySet: Digest(of: "not stored")), [client(1)]),
        ]
        for (run, roster) in cases {
            guard case .invalidRun = storeError({ try store.beginRun(run, roster: roster) }) else {
                Issue.record("begun: \(run)")
                return
            }
        }
        #expect(try store.runs().isEmpty)
    }

    @Test func `an environment has one open run, and one run a start`() throws {
        let store = try SnapshotStore.withEnvironment()
        let first = newRun(night: 0, clients: 0)
        try store.beginRun(first, roster: [])
        #expect(
            storeError { try store.beginRun(newRun(night: 1, clients: 0), roster: []) } == .openRunExists(first.id))
        try store.seal(first.id, at: first.startedAt, state: .partial)
        #expect(storeError { try store.beginRun(first, roster: []) } == .runExists(first.id))
    }

    @Test func `an environment that moves or turns real is refused, and a move can be accepted`() throws {
        let store = try SnapshotStore.withEnvironment()
        let old = EnvironmentAddress(baseURL: "https://api.na3.livevox.com", isSynthetic: false)
        let moved = EnvironmentAddress(baseURL: "https://api.na4.livevox.com", isSynthetic: false)
        let faked = EnvironmentAddress(baseURL: "https://api.na3.livevox.com", isSynthetic: true)
        try store.register(environment: na3, address: old)
        let error = StoreError.environmentChanged(na3, stored: old, given: moved)
        #expect(storeError { try store.register(environment: na3, address: moved) } == error)
        #expect(error.exitStatus == .usage)
        #expect(
            storeError { try store.register(environment: na3, address: faked, acceptsNewBaseURL: true) }
                == .environmentChanged(na3, stored: old, given: faked))
        #expect(
            storeError { try store.beginRun(newRun(night: 0, clients: 0, isSynthetic: true), roster: []) }
                == .environmentChanged(na3, stored: old, given: faked))
        try store.register(environment: na3, address: moved, acceptsNewBaseURL: true)
        #expect(try store.address(of: na3) == moved)
        #expect(try store.address(of: EnvironmentName("eu1")) == nil)
        #expect(
            storeError { try store.beginRun(newRun(night: 0, clients: 0, in: EnvironmentName("eu1")), roster: []) }
                == .unknownEnvironment(EnvironmentName("eu1")))
    }

    @Test func `a moment stands for the latest sealed run that started then or before`() throws {
        let store = try SnapshotStore.withEnvironment()
        let runs = try [0, 3, 4].map { night in
            try store.addNight(night, of: [client(1)], kind: night == 3 ? .fetchOnly : .full) { _ in
                try store.documents(marked: night)
            }
        }
        try store.beginRun(newRun(night: 6, clients: 0), roster: [])
        func asOf(_ moment: Timestamp, kind: AuditRun.Kind? = nil) throws -> AuditRun? {
            try store.latestSealedRun(in: na3, startedAtOrBefore: moment, kind: kind)
        }
        #expect(try asOf(Timestamp(milliseconds: firstNight.milliseconds - 1)) == nil)
        #expect(try asOf(firstNight) == runs[0])
        #expect(try asOf(Timestamp(milliseconds: start(ofNight: 3).milliseconds - 1)) == runs[0])
        #expect(try asOf(start(ofNight: 3)) == runs[1])
        #expect(try asOf(start(ofNight: 3), kind: .full) == runs[0])
        #expect(try asOf(start(ofNight: 9)) == runs[2])
        #expect(try store.previousSealedRun(before: runs[2]) == runs[1])
        #expect(try store.previousSealedRun(before: runs[2], kind: .full) == runs[0])
        #expect(try store.previousSealedRun(before: runs[0]) == nil)
        #expect(try store.firstSealedRun(in: na3) == runs[0])
        #expect(try store.latestSealedRun(in: EnvironmentName("eu1"), startedAtOrBefore: start(ofNight: 9)) == nil)
        #expect(try store.runs(in: na3).count == 4)
    }

    @Test func `runs are found by the beginning of their id`() throws {
        let store = try SnapshotStore.withEnvironment()
        let runs = try (0..<5).map { night in
            try store.addNight(night, of: [client(1)]) { _ in try store.documents(marked: 0) }
        }
        for run in runs {
            let found = try store.runs(matching: run.id.short.uppercased())
            #expect(found == runs.filter { $0.id.rawValue.hasPrefix(run.id.short) })
            #expect(try store.runs(matching: run.id.rawValue) == [run])
        }
        for nothing in ["", "zz", "%", "_", "' OR 1"] { #expect(try store.runs(matching: nothing).isEmpty) }
        let unknown = AuditRun.ID("00000000-0000-5000-8000-000000000000")
        #expect(storeError { _ = try store.run(unknown) } == .unknownRun(unknown))
    }

    @Test func `a run is complete only if every capture is there`() throws {
        let store = try SnapshotStore.withEnvironment()
        let run = newRun(night: 0, clients: 3)
        try store.beginRun(run, roster: [client(1), client(2), client(3)])
        var failed = try night(store, 1)
        failed.captures[.internal] = .failure(CaptureFailure(.forbidden, status: 403))
        failed.captures[.countries] = .notCollected(.countriesOfAnotherClient)
        try store.append([failed, try night(store, 2)], to: run.id)
        #expect(
            storeError { try store.seal(run.id, at: run.startedAt, state: .complete) }
                == .incompleteRun(run.id, missing: 6))
        #expect(try store.openRun(in: na3) == run)
        try store.seal(run.id, at: run.startedAt, state: .partial)
        let absent = try #require(try store.night(of: client(3).id, in: run.id))
        #expect(absent.captures == PerGroup(repeating: .failure(CaptureFailure(.notAttempted))))
        #expect(absent.times == PerGroup(repeating: nil))
        #expect(try store.nights(of: run.id).map(\.number) == [1, 2, 3])
    }

    @Test func `notes are kept in their order`() throws {
        let store = try SnapshotStore.withEnvironment()
        let run = newRun(night: 0, clients: 0)
        try store.beginRun(run, roster: [])
        try store.addNotes(["the clock went back", ""], to: run.id)
        try store.addNotes(["passwords expire"], to: run.id)
        try store.seal(run.id, at: run.startedAt, state: .complete)
        #expect(try store.notes(of: run.id) == ["the clock went back", "", "passwords expire"])
        #expect(storeError { try store.addNotes(["late"], to: run.id) } == .runIsSealed(run.id))
    }

    @Test func `a refused login is remembered until the credential changes or it is forgotten`() throws {
        let store = try SnapshotStore.withEnvironment()
        let key = try store.key()
        let old = key.fingerprint(of: Array("old".utf8))
        let new = key.fingerprint(of: Array("new".utf8))
        func refusal(_ fingerprint: Digest, _ session: String = "acme") throws -> Timestamp? {
            try store.refusal(in: na3, sessionKey: session, fingerprint: fingerprint)
        }
        #expect(try refusal(old) == nil)
        try store.rememberRefusedLogin(in: na3, sessionKey: "acme", fingerprint: old, at: firstNight)
        #expect(try refusal(old) == firstNight)
        #expect(try refusal(new) == nil)
        #expect(try refusal(old, "other") == nil)
        try store.rememberRefusedLogin(in: na3, sessionKey: "acme", fingerprint: new, at: start(ofNight: 1))
        #expect(try refusal(old) == nil)
        #expect(try refusal(new) == start(ofNight: 1))
        try store.forgetRefusedLogin(in: na3, sessionKey: "acme")
        try store.forgetRefusedLogin(in: na3, sessionKey: "acme")
        #expect(try refusal(new) == nil)
    }
}
