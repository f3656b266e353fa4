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

    @Test(arguments: [
        ("UTC", "2026-03-29", "2026-03-01T02:30:00Z", "2026-03-29T02:30:00Z"),
        // Berlin's clocks go from 02:00 to 03:00: there is no 02:30 on that day, and 05:00 comes an hour earlier.
        ("Europe/Berlin", "2026-03-29", "2026-03-01T01:30:00Z", "2026-03-29T01:30:00Z"),
        ("Europe/Berlin", "2026-03-29", "2026-03-01T04:00:00Z", "2026-03-29T03:00:00Z"),
        ("Europe/Berlin", "2026-03-30", "2026-03-01T01:30:00Z", "2026-03-30T00:30:00Z"),
        // They go from 03:00 back to 02:00: 02:30 comes twice, and the first counts.
        ("Europe/Berlin", "2026-10-25", "2026-10-01T00:30:00Z", "2026-10-25T00:30:00Z"),
        ("Europe/Berlin", "2026-10-25", "2026-10-01T03:00:00Z", "2026-10-25T04:00:00Z"),
        // From the day of a clock change to the next: 00:30 comes before it.
        ("America/New_York", "2026-11-01", "2026-10-31T04:30:00Z", "2026-11-01T04:30:00Z"),
        ("America/New_York", "2026-11-02", "2026-10-31T04:30:00Z", "2026-11-02T05:30:00Z"),
        // Midnight was skipped: the day begins at 01:00.
        ("America/Sao_Paulo", "2018-11-04", "2018-11-02T03:00:00Z", "2018-11-04T03:00:00Z"),
    ])
    func `the same time of day is found on another day, whatever the clocks do`(
        identifier: String, day: String, other: String, expected: String
    ) throws {
        let moment = try zone(identifier).moment(
            of: #require(CalendarDay(day)), atTimeOfDayOf: #require(Timestamp(rfc3339: other)))
        #expect(moment.rfc3339 == expected)
    }

    @Test func `the same time of day of a day lies within it`() throws {
        var generator = SeededGenerator(seed: 0x5EED_0012)
        print("seed \(generator.seed)")
        for identifier in ["Pacific/Apia", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"] {
            let zone = try zone(identifier)
            for _ in 0..<100 {
                let other = Timestamp(milliseconds: Int64.random(in: 0...2_000_000_000_000, using: &generator))
                let first = zone.day(of: other).daysSince1970
                #expect(zone.moment(of: CalendarDay(daysSince1970: first), atTimeOfDayOf: other) <= other)
                for day in first..<first + 5 {
                    let day = CalendarDay(daysSince1970: day)
                    let moment = zone.moment(of: day, atTimeOfDayOf: other)
                    // A day that a zone leaves out altogether has no moment of its own.
                    let isLeftOut = zone.day(of: zone.start(of: day)) != day
                    #expect(zone.day(of: moment) == day || isLeftOut, "\(identifier) \(other.rfc3339) \(day)")
                }
            }
        }
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
