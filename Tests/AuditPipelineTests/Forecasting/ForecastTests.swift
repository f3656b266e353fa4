import AuditModel
import AuditPipeline
import AuditTestSupport
import Foundation
import Policies
import SnapshotStore
import Testing

/// Forecasts from a real store with one night, that of 2025-11-02 at midnight in UTC.
struct ForecastTests {
    /// A waiver over R-LOCK, on one line.
    static func waiver(
        _ id: String, _ client: Int, _ from: String, _ expires: String, while pin: String? = nil
    ) -> String {
        "  - {id: \(id), rule: R-LOCK, clients: [\(client)], reason: r, owner: o, approver: a, from: \(from), expires: \(expires)"
            + (pin.map { ", while: {internal.maxFailedCcsLoginAttempts: \($0)}" } ?? "") + "}\n"
    }

    static func waivers(_ lines: [String]) throws -> WaiverSet {
        if lines.isEmpty { return .none }
        let file = PolicyFile(name: "w.yaml", text: "waivers:\n" + lines.joined())
        return try #require(WaiverLoader.load([file]).waiverSet)
    }

    /// Clients 1 and 2 fail R-LOCK with 9, client 3 passes with 5.
    private func fixture(deadline: String? = nil) async throws -> PipelineFixture {
        var fixture = try PipelineFixture()
        for number in [1, 2] {
            fixture.source.bodies[number] = PipelineFixture.answers(code: "C\(number)", lockout: 9)
        }
        fixture.policies = try PipelineFixture.policySet(deadline: deadline)
        _ = try await fixture.night(1)
        return fixture
    }

    private func forecast(
        _ fixture: PipelineFixture, _ lines: [String] = [], today: String = "2025-11-02", days: Int = 30,
        zone: DayZone = .utc, only clients: Set<Client.ID>? = nil
    ) throws -> Forecast {
        try Chronicle(store: fixture.store, zone: zone).forecast(
            after: #require(fixture.store.runs().last), judgedBy: #require(fixture.policies),
            waivers: Self.waivers(lines), from: #require(CalendarDay(today)), days: days, only: clients)
    }

    private func told(_ forecast: Forecast) -> [String] {
        forecast.moves.map { move in
            func look(_ standing: Forecast.Standing) -> String {
                standing.waiver.map { "\(standing.verdict.rawValue)/\($0.id)" } ?? standing.verdict.rawValue
            }
            return "\(move.day) \(move.client.id.number) \(move.ruleID) \(look(move.before)) \(look(move.after)) "
                + move.causes.map(\.rawValue).joined(separator: "+")
        }
    }

    @Test func `a failure turns red on the day after its waiver's last one`() async throws {
        let forecast = try await forecast(
            fixture(),
            [Self.waiver("W-1", 1, "2025-10-01", "2025-11-10"), Self.waiver("W-3", 3, "2025-10-01", "2025-11-12")])
        #expect(told(forecast) == ["2025-11-11 1 R-LOCK fail/W-1 fail waiverEnds"])
        #expect(forecast.movesToRed.coming.count == 1 && forecast.movesToRed.overdue.isEmpty)
        #expect(forecast.moves.first?.severity == .high)
        // One that covers nothing is told with its end, and turns nothing red.
        #expect(forecast.waiverDates.map(\.waiver.id) == ["W-1", "W-3"])
        #expect(forecast.waiverDates.map(\.day.description) == ["2025-11-10", "2025-11-12"])
        #expect(forecast.waiverDates.map(\.failureCount) == [1, 0])
        #expect(forecast.waiverDates.map(\.redCount) == [1, 0])
    }

    @Test func `a waiver whose while does not hold any more covers nothing, so its end turns nothing red`() async throws
    {
        let pinned = try await forecast(
            fixture(),
            [
                Self.waiver("W-1", 1, "2025-10-01", "2025-11-10", while: "{between: [6, 8]}"),
                Self.waiver("W-2", 2, "2025-10-01", "2025-11-10", while: "{between: [6, 9]}"),
            ])
        #expect(told(pinned) == ["2025-11-11 2 R-LOCK fail/W-2 fail waiverEnds"])
        #expect(pinned.waiverDates.map(\.failureCount) == [0, 1])
    }

    @Test func `a waiver that is followed by another ends without a move, and one that begins covers`() async throws {
        let forecast = try await forecast(
            fixture(),
            [
                Self.waiver("W-1", 1, "2025-10-01", "2025-11-10"), Self.waiver("W-2", 1, "2025-11-11", "2025-11-20"),
                Self.waiver("W-3", 2, "2025-11-05", "2025-11-05"),
            ])
        #expect(
            told(forecast) == [
                "2025-11-05 2 R-LOCK fail fail/W-3 waiverBegins", "2025-11-06 2 R-LOCK fail/W-3 fail waiverEnds",
                "2025-11-21 1 R-LOCK fail/W-2 fail waiverEnds",
            ])
        #expect(
            forecast.waiverDates.map { "\($0.waiver.id) \($0.kind.rawValue) \($0.failureCount) \($0.redCount)" } == [
                "W-3 begins 1 0", "W-3 ends 1 1", "W-1 ends 1 0", "W-2 begins 1 0", "W-2 ends 1 1",
            ])
    }

    @Test func `the last day that is looked at counts, and the day after it does not`() async throws {
        let line = [Self.waiver("W-1", 1, "2025-10-01", "2025-11-10")]
        let fixture = try await fixture()
        #expect(try forecast(fixture, line, days: 8).moves.isEmpty)
        #expect(try forecast(fixture, line, days: 8).waiverDates.isEmpty)
        #expect(try told(forecast(fixture, line, days: 9)) == ["2025-11-11 1 R-LOCK fail/W-1 fail waiverEnds"])
    }

    @Test func `what moved since the run is told as such`() async throws {
        let forecast = try await forecast(
            fixture(),
            [Self.waiver("W-1", 1, "2025-10-01", "2025-11-03"), Self.waiver("W-2", 2, "2025-10-01", "2025-11-07")],
            today: "2025-11-07", days: 3)
        #expect(forecast.movesToRed.overdue.map(\.day.description) == ["2025-11-04"])
        #expect(forecast.movesToRed.coming.map(\.day.description) == ["2025-11-08"])
        // What is waived again today is red no more.
        let again = try await self.forecast(
            fixture(),
            [Self.waiver("W-1", 1, "2025-10-01", "2025-11-03"), Self.waiver("W-2", 1, "2025-11-06", "2025-11-30")],
            today: "2025-11-07", days: 3)
        #expect(again.moves.count == 2 && again.movesToRed.overdue.isEmpty && again.movesToRed.coming.isEmpty)
    }

    @Test func `a rule that reads the time moves on the first day on which a run would see it`() async throws {
        let first = try await forecast(fixture(deadline: "2025-11-20T00:00:00Z"), [])
        // Client 1 and 2 fail it anyway.
        #expect(told(first) == ["2025-11-20 3 R-LOCK pass fail time"])
        #expect(first.timeRuleCount == 1)
        let second = try await forecast(fixture(deadline: "2025-11-20T00:00:01Z"), [])
        #expect(told(second) == ["2025-11-21 3 R-LOCK pass fail time"])
        #expect(try await forecast(fixture(deadline: "2026-06-01T00:00:00Z"), []).moves.isEmpty)
    }

    @Test func `where it takes the time and a waiver's day both are named, and where one does it that one`()
        async throws
    {
        let fixture = try await fixture(deadline: "2025-11-20T00:00:00Z")
        let both = try forecast(fixture, [Self.waiver("W-1", 3, "2025-11-20", "2025-11-25")])
        #expect(
            told(both) == [
                "2025-11-20 3 R-LOCK pass fail/W-1 time+waiverBegins", "2025-11-26 3 R-LOCK fail/W-1 fail waiverEnds",
            ])
        let ended = try forecast(fixture, [Self.waiver("W-1", 3, "2025-11-10", "2025-11-19")])
        #expect(told(ended) == ["2025-11-20 3 R-LOCK pass fail time+waiverEnds"])
        #expect(ended.moves.first?.waiver?.id == "W-1", "it would have covered the failure")
        let time = try forecast(fixture, [Self.waiver("W-1", 3, "2025-11-10", "2025-11-18")])
        #expect(told(time) == ["2025-11-20 3 R-LOCK pass fail time"])
    }

    @Test func `days and the time of the run are those of the zone, across a clock change`() async throws {
        let system = try #require(TimeZone(identifier: "America/New_York"))
        let zone = DayZone(identifier: "America/New_York") { moment in
            system.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000))
        }
        // The run is of 20:00 on 1 November; the clocks go back that night, so 20:00 is 01:00 UTC from then on.
        let fixture = try await fixture(deadline: "2025-11-05T00:30:00Z")
        let forecast = try forecast(
            fixture, [Self.waiver("W-1", 1, "2025-10-01", "2025-11-02")], today: "2025-11-01", zone: zone)
        #expect(forecast.runDay.description == "2025-11-01")
        #expect(forecast.lastDay.description == "2025-12-01")
        #expect(
            told(forecast) == [
                "2025-11-03 1 R-LOCK fail/W-1 fail waiverEnds", "2025-11-04 3 R-LOCK pass fail time",
            ])
    }

    @Test func `nothing to tell is nothing told, and what is unknown is counted`() async throws {
        var fixture = try await fixture()
        #expect(try forecast(fixture).moves.isEmpty)
        #expect(try forecast(fixture).unknownCount == 0)
        fixture.source.bodies[1]?[.internal] = .failure(CaptureFailure(.timedOut))
        _ = try await fixture.night(2)
        let blind = try forecast(
            fixture, [Self.waiver("W-1", 1, "2025-10-01", "2025-11-10")], today: "2025-11-03")
        #expect(blind.moves.isEmpty && blind.waiverDates.map(\.failureCount) == [0])
        #expect(blind.unknownCount == 2)
    }

    @Test func `clients can be chosen, and one that is nowhere is refused`() async throws {
        let fixture = try await fixture()
        let lines = [1, 2].map { Self.waiver("W-\($0)", $0, "2025-10-01", "2025-11-10") }
        let chronicle = Chronicle(store: fixture.store, zone: .utc)
        let chosen = try #require(try chronicle.clients(["C2"], of: fixture.store.runs()))
        let forecast = try forecast(fixture, lines, only: chosen)
        #expect(forecast.moves.map(\.client.id.number) == [2])
        #expect(forecast.waiverDates.map(\.waiver.id) == ["W-2"])
        #expect(try chronicle.clients([], of: fixture.store.runs()) == nil)
        #expect(throws: PipelineError.clientOfNoNight("C9", suggestion: "C1")) {
            try chronicle.clients(["C9"], of: fixture.store.runs())
        }
    }

    @Test func `a password that a run was told to end is told with its day`() async throws {
        var fixture = try PipelineFixture()
        let notices = [
            PasswordNotice(account: "it's 'so' expires in 3 days", days: 1), PasswordNotice(account: "main", days: 9),
            PasswordNotice(account: "gone", days: 14),
        ]
        fixture.source.warnings = notices.map(\.note) + ["Credentials: the file expires in 2 days."]
        _ = try await fixture.night(1)
        let forecast = try forecast(fixture, days: 10)
        #expect(forecast.passwordDates.map(\.account) == [notices[0].account, "main"])
        #expect(forecast.passwordDates.map(\.day.description) == ["2025-11-03", "2025-11-11"])
    }
}
