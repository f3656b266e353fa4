import AuditTestSupport
import CEL
import Testing

struct TimeTests {
    @Test(arguments: [
        // Summer and winter time of the same zone, a zone with half an hour, and one east of midnight.
        ("timestamp('2026-07-01T12:00:00Z').getHours('America/New_York')", "8"),
        ("timestamp('2026-12-01T12:00:00Z').getHours('America/New_York')", "7"),
        ("timestamp('2026-12-01T12:00:00Z').getMinutes('Asia/Kolkata')", "30"),
        ("timestamp('2026-12-31T23:30:00Z').getFullYear('Europe/Berlin')", "2027"),
        ("timestamp('2026-12-31T23:30:00Z').getDayOfYear('UTC')", "364"),
        ("timestamp('2026-11-24T00:30:00Z').getDate('-01:00')", "23"),
        ("timestamp('2026-11-24T23:30:00Z').getDate('02:00')", "25"),
        ("timestamp('2026-11-24T00:00:00Z').getHours('Nowhere/Land')", "!unknown time zone 'Nowhere/Land'"),
        ("timestamp('2024-02-29T00:00:00Z').getDayOfYear()", "59"),
        ("timestamp('2000-03-01T00:00:00Z').getDayOfYear()", "60"),
        ("timestamp('1900-03-01T00:00:00Z').getDayOfYear()", "59"),
        ("timestamp('0001-01-01T00:00:00Z').getDayOfWeek()", "1"),
        ("timestamp('2026-02-29T00:00:00Z')", "!'2026-02-29T00:00:00Z' cannot be converted to timestamp"),
        ("timestamp('2026-11-24T12:00:00.5+02:00')", "2026-11-24T10:00:00.5Z"),
        ("timestamp('2026-11-24T24:00:00Z')", "!'2026-11-24T24:00:00Z' cannot be converted to timestamp"),
        ("timestamp('2026-11-24')", "!'2026-11-24' cannot be converted to timestamp"),
        ("timestamp(0) + duration('1h')", "1970-01-01T01:00:00Z"),
        ("timestamp(0) - duration('1ns')", "1969-12-31T23:59:59.999999999Z"),
        ("timestamp(10) - timestamp(4)", "6s"), ("duration('1h45m47.25s')", "6347.25s"),
        ("duration('-1.5h')", "-5400s"),
        ("duration('0.000000001s')", "0.000000001s"), ("duration('1us') + duration('1µs')", "0.000002s"),
        ("duration('0')", "0s"),
        ("duration('5')", "!'5' cannot be converted to duration"),
        ("duration('1d')", "!'1d' cannot be converted to duration"),
        ("duration('-9223372036854775808ns')", "-9223372036.854775808s"),
        ("duration('0.3333333333333333333h')", "1199.999999999s"),
        ("timestamp(0) - duration('-9223372036854775808ns')", "!overflow in -"),
        ("duration('90061.5s').getMilliseconds()", "500"), ("duration('90061s').getMinutes()", "1501"),
        ("timestamp('9999-12-31T23:59:59Z') + duration('1s')", "!overflow in +"),
    ])
    func `instants and spans are read, added and told`(source: String, expected: String) {
        #expect(outcome(source) == expected)
    }

    @Test func `without a provider there are UTC and offsets`() throws {
        let environment = Environment()
        let noon = "timestamp('2026-11-24T12:00:00Z')"
        #expect(try environment.compile("\(noon).getHours('UTC')").evaluate(variables: [:]).get().isEqual(to: .int(12)))
        #expect(
            try environment.compile("\(noon).getHours('+05:30')").evaluate(variables: [:]).get().isEqual(to: .int(17)))
        #expect(
            try environment.compile("\(noon).getHours('Europe/Berlin')").evaluate(variables: [:]).failureText
                == "unknown time zone 'Europe/Berlin'")
    }

    @Test func `every instant is told so that it reads as the same one`() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            let seconds = Int64.random(in: TimestampValue.secondsRange, using: &generator)
            let nanoseconds =
                Bool.random(using: &generator) ? 0 : Int32.random(in: 0..<1_000_000_000, using: &generator)
            let time = try #require(TimestampValue(seconds: seconds, nanoseconds: nanoseconds))
            #expect(TimestampValue(time.description) == time, "seed \(generator.seed): \(time)")
            let span = DurationValue(nanoseconds: Int64(truncatingIfNeeded: generator.next()))
            #expect(DurationValue(span.description) == span, "seed \(generator.seed): \(span)")
        }
    }
}
