import AuditModel
import AuditPipeline
import AuditTestSupport
import Foundation
import Policies
import SnapshotStore
import Testing

/// Waivers hold by the day of a zone: from the first moment of the first day to the last moment of the last.
struct WaiversOnDayTests {
    @Test func `a night's report has every waiver of its file, the next to end first, with what lies under it`()
        async throws
    {
        var fixture = try PipelineFixture(clients: [1, 2, 3])
        for number in [1, 2] { fixture.source.bodies[number] = PipelineFixture.answers(code: "C\(number)", lockout: 9) }
        let text = """
            waivers:
              - {id: W-OVER, rule: R-LOCK, clients: [1, 2], reason: r, owner: o, approver: a, from: 2025-11-01, expires: 2025-12-31}
              - {id: W-NOTHING, rules: [R-ENC], scope: {env: prod}, reason: r, owner: o, approver: a, from: 2025-11-01, expires: 2025-11-20}
              - {id: W-ENDED, rule: R-LOCK, clients: [1], reason: r, owner: o, approver: a, from: 2025-10-01, expires: 2025-10-31}

            """
        let waivers = try #require(WaiverLoader.load([PolicyFile(name: "w.yaml", text: text)]).waiverSet)
        let now = try #require(Timestamp(rfc3339: "2025-11-10T02:00:00Z"))
        let report = try await NightlyAudit(
            store: fixture.store, environment: PipelineFixture.environment,
            address: EnvironmentAddress(baseURL: "https://api.example.com", isSynthetic: false),
            roster: fixture.clients, policies: fixture.policies, waivers: waivers, toolVersion: "test"
        ).run(from: fixture.source, clock: { now }).report
        #expect(report.waivers.map(\.facts.id) == ["W-ENDED", "W-NOTHING", "W-OVER"])
        #expect(report.waivers.map(\.failures) == [0, 0, 2])
        #expect(report.waivers.map(\.facts.daysLeft) == [-10, 10, 51])
        #expect(report.waivers.map(\.state) == [.ended, .inForce, .inForce])
        #expect(report.waivers.map(\.subject) == ["1", "env=prod", "1, 2"])
        // A stored run is told with the waivers of its time.
        let again = try Chronicle(store: fixture.store, zone: .utc).report(of: report.run, judgedBy: .recorded)
        #expect(again.waivers == report.waivers)
    }

    @Test func `in every zone the first and last day count whole`() throws {
        var generator = SeededGenerator(seed: 0x57A11)
        print("seed \(generator.seed)")
        let zones = [
            "UTC", "America/New_York", "Asia/Tokyo", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo",
            "Europe/Berlin", "Pacific/Kiritimati", "America/St_Johns",
        ]
        for identifier in zones {
            let system = try #require(TimeZone(identifier: identifier))
            let zone = DayZone(identifier: identifier) { moment in
                system.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000))
            }
            for turn in 0..<30 {
                // Some begin on a leap day, the others anywhere from 2016 to 2036.
                let leapDay = try #require(CalendarDay(year: 2016 + 4 * (turn % 5), month: 2, day: 29))
                let first =
                    turn % 3 == 0 ? leapDay.daysSince1970 : Int.random(in: 16_800...24_200, using: &generator)
                let last = first + Int.random(in: 0...400, using: &generator)
                let (from, expires) = (CalendarDay(daysSince1970: first), CalendarDay(daysSince1970: last))
                let loaded = WaiverLoader.load([
                    PolicyFile(
                        name: "w.yaml",
                        text: """
                            waivers:
                              - {id: W, rule: R, clients: [1], reason: r, owner: o, approver: a, from: \(from), expires: \(expires)}

                            """)
                ])
                let waiver = try #require(loaded.waiverSet?.waivers.first)
                let start = zone.start(of: from)
                let end = zone.start(of: CalendarDay(daysSince1970: last + 1))
                func holds(_ milliseconds: Int64) -> Bool {
                    waiver.isInForce(on: zone.day(of: Timestamp(milliseconds: milliseconds)))
                }
                #expect(!holds(start.milliseconds - 1), "\(identifier) before \(from)")
                #expect(holds(start.milliseconds), "\(identifier) from \(from)")
                #expect(holds(Int64.random(in: start.milliseconds..<end.milliseconds, using: &generator)))
                #expect(holds(end.milliseconds - 1), "\(identifier) to \(expires)")
                #expect(!holds(end.milliseconds), "\(identifier) after \(expires)")
            }
        }
    }
}
