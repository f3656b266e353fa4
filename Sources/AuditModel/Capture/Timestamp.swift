/// A moment in whole milliseconds of UTC since 1970-01-01; what the store keeps and machine formats print.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z; negative before.
    public var milliseconds: Int64

    /// Takes milliseconds since 1970.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    /// The moment so much later.
    public func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        return Timestamp(milliseconds: milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }

    /// RFC 3339 in UTC; with milliseconds only where they are not zero: `2026-11-01T02:00:00Z`.
    public var rfc3339: String {
        let seconds = milliseconds.flooredDivision(by: 1000)
        let fraction = milliseconds - seconds * 1000
        let time = seconds - seconds.flooredDivision(by: 86_400) * 86_400
        let day = CalendarDay(daysSince1970: Int(seconds.flooredDivision(by: 86_400)))
        let clock = [time / 3600, time / 60 % 60, time % 60].map { twoDigits(Int($0)) }.joined(separator: ":")
        let tail = fraction == 0 ? "" : "." + String(String(1000 + fraction).dropFirst())
        return "\(day)T\(clock)\(tail)Z"
    }

    /// Reads RFC 3339 (`2026-11-01T02:00:00Z`, `…+01:00`, with or without a fraction); nil for anything else.
    public init?(rfc3339 text: String) {
        if let milliseconds = Self.milliseconds(ofOwnForm: text) {
            self.init(milliseconds: milliseconds)
            return
        }
        let parts = text.split(separator: "T", maxSplits: 1)
        guard parts.count == 2, let day = CalendarDay(String(parts[0])) else { return nil }
        var clock = parts[1]
        var offsetInSeconds = 0
        if clock.hasSuffix("Z") {
            clock.removeLast()
        } else {
            let sign = clock.dropLast(5).last
            guard sign == "+" || sign == "-", let offset = Self.fields(clock.suffix(5)), offset.count == 2,
                offset[0] < 24, offset[1] < 60
            else { return nil }
            offsetInSeconds = (offset[0] * 3600 + offset[1] * 60) * (sign == "-" ? -1 : 1)
            clock = clock.dropLast(6)
        }
        let pieces = clock.split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.count <= 2, let fields = Self.fields(pieces[0]), fields.count == 3, fields[0] < 24, fields[1] < 60,
            fields[2] < 60
        else { return nil }
        var fraction = 0
        if pieces.count == 2 {
            guard !pieces[1].isEmpty, pieces[1].allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
            fraction = Int((pieces[1] + "00").prefix(3)) ?? 0
        }
        let seconds = day.daysSince1970 * 86_400 + fields[0] * 3600 + fields[1] * 60 + fields[2] - offsetInSeconds
        self.init(milliseconds: Int64(seconds) * 1000 + Int64(fraction))
    }

    /// Reads the form that ``rfc3339`` writes, of years from 1 on, without allocating: exported files are full of it. Nil
    /// for every other text, right or wrong.
    private static func milliseconds(ofOwnForm text: String) -> Int64? {
        text.utf8.withContiguousStorageIfAvailable { bytes -> Int64? in
            guard bytes.count == 20 || bytes.count == 24, bytes[bytes.count - 1] == UInt8(ascii: "Z") else {
                return nil
            }
            func number(_ range: Range<Int>) -> Int? {
                var value = 0
                for index in range {
                    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) else { return nil }
                    value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
                }
                return value
            }
            let marks: [(Int, Unicode.Scalar)] = [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":")]
            for (index, mark) in marks where bytes[index] != UInt8(ascii: mark) { return nil }
            var fraction: Int? = 0
            if bytes.count == 24 { fraction = bytes[19] == UInt8(ascii: ".") ? number(20..<23) : nil }
            guard let year = number(0..<4), let month = number(5..<7), let dayOfMonth = number(8..<10),
                let day = CalendarDay(year: year, month: month, day: dayOfMonth), let hour = number(11..<13),
                let minute = number(14..<16), let second = number(17..<19), let fraction, hour < 24, minute < 60,
                second < 60
            else { return nil }
            return Int64(day.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second) * 1000 + Int64(fraction)
        } ?? nil
    }

    private static func fields(_ text: some StringProtocol) -> [Int]? {
        var fields: [Int] = []
        for part in text.split(separator: ":", omittingEmptySubsequences: false) {
            guard part.count == 2, part.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(part) else {
                return nil
            }
            fields.append(number)
        }
        return fields
    }
}

/// A day of the proleptic Gregorian calendar, without a zone.
public struct CalendarDay: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let daysSince1970: Int

    /// The day so many days after 1970-01-01.
    public init(daysSince1970: Int) { self.daysSince1970 = daysSince1970 }

    /// The moment at which the day starts in UTC.
    public var startInUTC: Timestamp { Timestamp(milliseconds: Int64(daysSince1970) * 86_400_000) }

    /// A day that exists in the calendar; nil for 30 February and its like.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        // Days from civil, after Howard Hinnant's "chrono-compatible low-level date algorithms": years start in March.
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSince1970 = era * 146_097 + dayOfEra - 719_468
        guard fields == (year, month, day) else { return nil }
    }

    /// Reads `YYYY-MM-DD`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }), let year = Int(parts[0]),
            let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Year, month (1…12) and day (1…31).
    public var fields: (year: Int, month: Int, day: Int) {
        let shifted = daysSince1970 + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// `YYYY-MM-DD`.
    public var description: String {
        let fields = fields
        let year = String(fields.year)
        return String(repeating: "0", count: max(0, 4 - year.count)) + year + "-" + twoDigits(fields.month) + "-"
            + twoDigits(fields.day)
    }

    public static func < (left: Self, right: Self) -> Bool { left.daysSince1970 < right.daysSince1970 }
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

extension Int64 {
    /// Division that rounds towards minus infinity, so that moments before 1970 fall on the right day.
    func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
