import AuditModel
import AuditPipeline
import Drift
import SnapshotStore
import Testing

struct HistoryTests {
    private func history(
        _ fixture: PipelineFixture, of client: String, filter: DiffFilter = DiffFilter(), since: String? = nil
    ) throws -> HistoryReport {
        let nights = try StoredNights(
            among: fixture.store.runs(), since: since.flatMap { CalendarDay($0) }, zone: .utc)
        return try Chronicle(store: fixture.store, zone: .utc).history(of: client, over: nights, filter: filter)
    }

    /// Night 1 encrypted, night 2 not read, nights 3 and 4 without a run, night 5 not encrypted, night 6 again.
    private func drifting() async throws -> PipelineFixture {
        var fixture = try PipelineFixture()
        _ = try await fixture.night(1)
        fixture.source.bodies[2]?[.internal] = .failure(CaptureFailure(.timedOut))
        _ = try await fixture.night(2)
        fixture.source.bodies[2] = PipelineFixture.answers(code: "C2", encrypted: false)
        _ = try await fixture.night(5)
        fixture.source.bodies[2] = PipelineFixture.answers(code: "C2")
        _ = try await fixture.night(6)
        return fixture
    }

    @Test func `a change is told with its interval, the nights that saw nothing, and the verdict that moved with it`()
        async throws
    {
        let report = try history(try await drifting(), of: "C2")
        #expect(report.client.id.number == 2)
        #expect(report.settings.map(\.path.dotted) == ["internal.encryptCcsPassword"])
        let setting = try #require(report.settings.first)
        let shift = try #require(setting.timeline.shifts.first)
        #expect(shift == .init(before: true, after: false, lastBefore: 0, firstAfter: 2, missed: [1]))
        #expect(report.missed[.internal][1] == .failed(CaptureFailure(.timedOut)))
        #expect(report.daysWithoutRun(between: 0, and: 2).map(\.description) == ["2025-11-04", "2025-11-05"])
        #expect(report.flips(with: shift, of: setting.path).map(\.ruleID) == ["R-ENC"])
        #expect(setting.timeline.oscillations == [0..<3])
        #expect(report.flips.map(\.shift.after) == [.fail, .pass])
    }

    @Test func `the bounds of an exposure come from the same nights`() async throws {
        let report = try history(try await drifting(), of: "2")
        #expect(report.exposures.map(\.ruleID) == ["R-ENC"])
        let exposure = try #require(report.exposures.first?.exposure)
        #expect(exposure.atLeast == .zero, "one night saw it fail")
        #expect(exposure.atMost == .seconds(5 * 86_400), "from night 1 to night 6")
        #expect(exposure.reopened == 0)
    }

    @Test func `the moments of an interval are those of the captures`() async throws {
        let report = try history(try await drifting(), of: "na3/2")
        // The scripted source answers at second 1.
        #expect(report.askedAt(0, .internal) == Timestamp(milliseconds: 1_000))
        #expect(report.answeredAt(2, .internal) == Timestamp(milliseconds: 1_000))
    }

    @Test func `a client without changes has none, and one that was asked for by path is told all the same`()
        async throws
    {
        let fixture = try await drifting()
        #expect(try history(fixture, of: "1").settings.isEmpty)
        let path = try SettingPath(dotted: "internal.maxFailedCcsLoginAttempts")
        let report = try history(fixture, of: "1", filter: DiffFilter(paths: [path]))
        #expect(report.settings.map(\.path) == [path])
        #expect(report.settings.first?.timeline.spans.map(\.value) == [5])
        #expect(report.settings.first?.timeline.spans.first?.last == 3)
    }

    @Test func `groups, paths and days choose`() async throws {
        let fixture = try await drifting()
        #expect(try history(fixture, of: "2", filter: DiffFilter(groups: [.settings])).settings.isEmpty)
        let other = try SettingPath(dotted: "internal.maxFailedCcsLoginAttempts")
        let report = try history(fixture, of: "2", filter: DiffFilter(paths: [other]))
        #expect(report.settings.map(\.path) == [other])
        #expect(report.exposures.isEmpty, "the failing rule rests on another setting")
        let later = try history(fixture, of: "2", since: "2025-11-06")
        #expect(later.nights.runs.count == 2)
        #expect(later.settings.first?.timeline.shifts.count == 1)
        #expect(later.exposures.first?.exposure.isOpenAtStart == true)
    }

    @Test func `a night without the client on its roster saw nothing`() async throws {
        var fixture = try PipelineFixture()
        _ = try await fixture.night(1)
        let gone = fixture.clients.removeLast()
        _ = try await fixture.night(2)
        fixture.clients.append(gone)
        fixture.source.bodies[3] = PipelineFixture.answers(code: "C3", lockout: 9)
        _ = try await fixture.night(3)
        let report = try history(fixture, of: "C3")
        #expect(report.missed[.messaging] == [1: .notOnRoster])
        #expect(report.settings.first?.timeline.shifts.first?.missed == [1])
        #expect(report.exposures.first?.exposure.atMost == .seconds(2 * 86_400))
    }

    @Test func `a hidden value is never told, and a change of it is`() async throws {
        var fixture = try PipelineFixture()
        for (night, secret) in [(1, "hunter2"), (2, "hunter2"), (3, "correct horse")] {
            fixture.source.bodies[1]?[.messaging] = .success(
                #"{"property":[{"key":"ftp_password","value":"\#(secret)"}],"defaultInputFilterId":1}"#)
            _ = try await fixture.night(night)
        }
        let setting = try #require(try history(fixture, of: "1").settings.first)
        #expect(setting.path.dotted == "messaging.property[key=ftp_password].value")
        #expect(setting.timeline.shifts.map(\.firstAfter) == [2])
        for span in setting.timeline.spans {
            #expect(span.value?.stringValue?.hasPrefix("redacted:") == true)
        }
    }

    @Test func `an unknown client is told with the nearest code`() async throws {
        let fixture = try await drifting()
        #expect(throws: PipelineError.clientOfNoNight("C22", suggestion: "C2")) { try history(fixture, of: "C22") }
    }
}
