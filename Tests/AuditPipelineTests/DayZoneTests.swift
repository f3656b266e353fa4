import AuditModel
import AuditPipeline
import AuditTestSupport
import Foundation
import Testing

struct DayZoneTests {
    private func zone(_ identifier: String) throws -> DayZone {
        let zone = try #require(TimeZone(identifier: identifier))
        return DayZone(identifier: identifier) { moment in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000))
        }
    }

    @Test(arguments: [
        ("UTC", "2026-11-01", "2026-11-01T00:00:00Z"), ("America/New_York", "2026-11-01", "2026-11-01T04:00:00Z"),
        ("America/New_York", "2026-11-02", "2026-11-02T05:00:00Z"),
        ("Asia/Tokyo", "2026-11-01", "2026-10-31T15:00:00Z"),
        // Midnight was skipped in Brazil on 2018-11-04: the clock went from 00:00 to 01:00.
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
    ])
    func `a day starts at local midnight`(identifier: String, day: String, start: String) throws {
        let zone = try zone(identifier)
        let day = try #require(CalendarDay(day))
        #expect(zone.start(of: day).rfc3339 == start)
        #expect(zone.day(of: zone.start(of: day)) == day)
        #expect(zone.day(of: Timestamp(milliseconds: zone.start(of: day).milliseconds - 1)) < day)
    }

    @Test func `every moment lies in the day that its start and end say`() throws {
        var generator = SeededGenerator(seed: 0x5EED_0011)
        print("seed \(generator.seed)")
        for identifier in ["Pacific/Apia", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"] {
            let zone = try zone(identifier)
            for _ in 0..<100 {
                let moment = Timestamp(milliseconds: Int64.random(in: 0...2_000_000_000_000, using: &generator))
                let day = zone.day(of: moment)
                #expect(zone.start(of: day) <= moment)
                #expect(moment < zone.start(of: CalendarDay(daysSince1970: day.daysSince1970 + 1)))
            }
        }
    }
}
