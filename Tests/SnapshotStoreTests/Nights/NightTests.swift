import AuditModel
import AuditTestSupport
import Foundation
import Testing

@testable import SnapshotStore

struct NightTests {
    private let refusal = CaptureFailure(
        .forbidden, status: 403, request: "GET /configuration/clients/4199/voicePool",
        detail: "no \u{0} role é e\u{301}")

    @Test func `every kind of capture comes back as it was stored`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let store = try SnapshotStore.withEnvironment(at: path)
            var captures = try store.documents(marked: 1)
            captures[.settings] = .failure(refusal)
            captures[.messaging] = .failure(CaptureFailure(.notAttempted))
            captures[.voicePool] = .failure(CaptureFailure(.notAttempted, detail: "the run was interrupted"))
            captures[.countries] = .notCollected(.countriesOfAnotherClient)
            let run = try store.addNight(0, of: [client(4199)], state: .partial) { _ in captures }
            let reader = try SnapshotStore.open(at: path, access: .readOnly)
            let night = try #require(try reader.night(of: client(4199).id, in: run.id))
            #expect(night.captures == captures)
            #expect(try reader.nights(of: run.id) == [night])
            let snapshot = try #require(try reader.snapshot(of: client(4199).id, in: run.id))
            #expect(snapshot.client == client(4199))
            let mark: SettingValue = ["mark": 1]
            #expect(snapshot.groups[.internal] == .document(mark, Digest(of: mark)))
            #expect(snapshot.groups[.settings] == .failure(refusal))
            guard case .failure(let failure) = snapshot.groups[.settings] else {
                Issue.record("the failure did not come back as one")
                return
            }
            #expect(failure.detail.isIdentical(to: refusal.detail))
            #expect(snapshot.groups[.countries] == .notCollected(.countriesOfAnotherClient))
            #expect(try reader.snapshot(of: client(1).id, in: run.id) == nil)
            let elsewhere = Client.ID(environment: EnvironmentName("eu1"), number: 4199)
            #expect(try reader.snapshot(of: elsewhere, in: run.id) == nil)
        }
    }

    @Test(arguments: CaptureFailure.Reason.allCases)
    func `every reason of a failure comes back`(reason: CaptureFailure.Reason) throws {
        let store = try SnapshotStore.withEnvironment()
        let failure = CaptureFailure(reason, status: reason == .rejected ? 418 : nil, request: "GET /x")
        let run = try store.addNight(0, of: [client(1)], state: .partial) { _ in PerGroup(repeating: .failure(failure))
        }
        #expect(try store.nights(of: run.id).first?.captures == PerGroup(repeating: .failure(failure)))
    }

    @Test func `times come back to the millisecond, even where a clock went back`() throws {
        let start = firstNight
        func moment(_ offset: Int64) -> Timestamp { Timestamp(milliseconds: start.milliseconds &+ offset) }
        func pair(_ one: Int64, _ other: Int64) -> CaptureTimes {
            CaptureTimes(requestedAt: moment(one), answeredAt: moment(other))
        }
        var one = PerGroup<CaptureTimes?>(repeating: nil)
        one[.internal] = pair(0, 0)
        one[.messaging] = pair(-5, -70_000)
        one[.countries] = pair(21_600_000, 21_600_063)
        var extremes = PerGroup<CaptureTimes?>(repeating: nil)
        extremes[.settings] = CaptureTimes(
            requestedAt: Timestamp(milliseconds: .min), answeredAt: Timestamp(milliseconds: .max))
        for times in [PerGroup(repeating: nil), PerGroup<CaptureTimes?>(repeating: pair(1000, 1080)), one, extremes] {
            let bytes = TimesCode.bytes(of: times, since: start)
            #expect(try bytes.withUnsafeBytes { try TimesCode.times(of: $0, since: start) } == times)
            #expect(throws: StoreError.self) {
                try bytes.dropLast().withUnsafeBytes { try TimesCode.times(of: $0, since: start) }
            }
            #expect(throws: StoreError.self) {
                try (bytes + [0]).withUnsafeBytes { try TimesCode.times(of: $0, since: start) }
            }
        }
    }

    @Test func `a run is resumed: what failed is tried again, and the last attempt counts`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let store = try SnapshotStore.withEnvironment(at: path)
            let run = newRun(night: 0, clients: 2)
            try store.beginRun(run, roster: [client(1), client(2)])
            var night = ClientNight(
                number: 1, captures: try store.documents(marked: 1),
                times: PerGroup(repeating: times(night: 0, after: 10)), results: nil)
            night.captures[.internal] = .failure(refusal)
            night.captures[.settings] = .failure(refusal)
            try store.append([night], to: run.id)

            // Another process goes on.
            let next = try SnapshotStore.open(at: path, access: .readWrite)
            let open = try #require(try next.openRun(in: na3))
            #expect(try next.roster(of: open.id).map(\.id.number) == [1, 2])
            var again = try #require(try next.nights(of: open.id).first)
            #expect(again == night)
            let busy = CaptureFailure(.rateLimited, status: 429)
            again.captures[.settings] = .failure(busy)
            again.times[.settings] = times(night: 0, after: 5000)
            try next.append([again], to: open.id)
            #expect(try next.nights(of: open.id) == [again])
            // Only what was tried again is an attempt.
            #expect(
                try attempts(next) == [
                    ["internal", "1", "forbidden"], ["settings", "1", "forbidden"],
                    ["settings", "2", "rateLimited"],
                ])
            // The same failure at another time is one, too.
            again.times[.settings] = times(night: 0, after: 9000)
            try next.append([again], to: open.id)
            #expect(try attempts(next).count == 4)
            let settings = try next.intern(["late": true], of: .settings)
            again.captures[.settings] = .document(settings)
            try next.append([again], to: open.id)
            #expect(try next.nights(of: open.id) == [again])
            #expect(try attempts(next).count == 4)
            try next.seal(open.id, at: run.startedAt, state: .partial)
            #expect(try next.night(of: client(1).id, in: run.id) == again)
        }
    }

    private func attempts(_ store: SnapshotStore) throws -> [[String]] {
        try store.reading { db in
            try db.all(
                """
                SELECT settings_group.name, attempt, reason FROM capture_failure \
                JOIN settings_group ON settings_group.id = group_id ORDER BY group_id, attempt
                """
            ) { [$0.text(0), $0.text(1), $0.text(2)] }
        }
    }

    @Test func `a client that is not on the roster is refused, and its batch with it`() throws {
        let store = try SnapshotStore.withEnvironment()
        let run = newRun(night: 0, clients: 1)
        try store.beginRun(run, roster: [client(1)])
        let nights = try [1, 2].map {
            ClientNight(
                number: $0, captures: try store.documents(marked: 0), times: PerGroup(repeating: nil), results: nil)
        }
        #expect(storeError { try store.append(nights, to: run.id) } == .notOnRoster(client(2).id, run.id))
        #expect(try store.nights(of: run.id).isEmpty)
    }

    @Test func `nights are read in stretches, and the closure may use the store`() throws {
        let store = try SnapshotStore.withEnvironment()
        let captures = try store.documents(marked: 0)
        let run = try store.addNight(0, of: (1...2500).map { client($0) }) { _ in captures }
        var numbers: [Int] = []
        try store.forEachNight(of: run.id) { night in
            numbers.append(night.number)
            let value = try store.content(of: night)[.internal].value
            #expect(value == ["mark": 0])
        }
        #expect(numbers == Array(1...2500))
        #expect(try store.nights(of: run.id, after: 2498, limit: 5).map(\.number) == [2499, 2500])
    }

    @Test func `the last known value is that of the last sealed run that has one`() throws {
        let store = try SnapshotStore.withEnvironment()
        let clients = [client(1), client(2)]
        var runs: [AuditRun] = []
        for night in 0..<6 {
            runs.append(
                try store.addNight(night, of: clients, state: .partial) { client in
                    var captures = try store.documents(marked: night)
                    if client.id.number == 1, night >= 2 { captures[.internal] = .failure(refusal) }
                    if client.id.number == 2 { captures[.internal] = .failure(refusal) }
                    return captures
                })
        }
        let known = try #require(try store.lastKnown(.internal, of: client(1).id, before: runs[5]))
        #expect(known.run == runs[1])
        #expect(try store.document(known.document).value == ["mark": 1])
        #expect(known.answeredAt == times(night: 1, after: 1000).answeredAt)
        #expect(try store.lastKnown(.internal, of: client(1).id, before: runs[1])?.run == runs[0])
        #expect(try store.lastKnown(.internal, of: client(1).id, before: runs[0]) == nil)
        #expect(try store.lastKnown(.internal, of: client(2).id, before: runs[5]) == nil)
        #expect(try store.lastKnown(.settings, of: client(2).id, before: runs[5])?.run == runs[4])
    }

    @Test func `a client's nights are gone through newest first, until it is enough`() throws {
        let store = try SnapshotStore.withEnvironment()
        let runs = try (0..<40).map { night in
            try store.addNight(night, of: night == 20 ? [client(2)] : [client(1), client(2)], state: .partial) { _ in
                var captures = try store.documents(marked: night)
                if night % 7 == 0 {
                    captures[.voicePool] = .failure(CaptureFailure(.timedOut, detail: "night \(night)"))
                }
                return captures
            }
        }
        var seen: [AuditRun] = []
        try store.forEachNight(of: client(1).id, before: runs[39]) { run, night in
            seen.append(run)
            let same = try store.night(of: client(1).id, in: run.id)
            #expect(same == night)
            return true
        }
        #expect(seen == (runs[..<20] + runs[21..<39]).reversed())
        seen = []
        try store.forEachNight(of: client(1).id) { run, _ in
            seen.append(run)
            return seen.count < 6
        }
        #expect(seen == runs[34...].reversed())
    }
}
