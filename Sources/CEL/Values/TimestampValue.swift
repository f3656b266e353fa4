/// An instant from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z.
public struct TimestampValue: Sendable, Hashable, Comparable {
    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    public let seconds: Int64
    /// Nanoseconds on top of the seconds, 0 to 999,999,999.
    public let nanoseconds: Int32

    /// The range of ``seconds``.
    public static let secondsRange: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// An instant; nil where it is out of range.
    public init?(seconds: Int64, nanoseconds: Int32 = 0) {
        guard Self.secondsRange.contains(seconds), (0..<1_000_000_000).contains(nanoseconds) else { return nil }
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// The instant a duration later; nil where that is out of range.
    func adding(_ duration: DurationValue) -> TimestampValue? {
        // Neither sum can overflow: seconds are within 38 bits, and a duration's within 34.
        let (wholeSeconds, rest) = duration.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        var sum = seconds + wholeSeconds
        var fraction = Int64(nanoseconds) + rest
        if fraction < 0 {
            fraction += 1_000_000_000
            sum -= 1
        } else if fraction >= 1_000_000_000 {
            fraction -= 1_000_000_000
            sum += 1
        }
        return TimestampValue(seconds: sum, nanoseconds: Int32(fraction))
    }

    /// The time from another instant to this one; nil where it is out of a duration's range.
    func duration(since other: TimestampValue) -> DurationValue? {
        let (nanoseconds, overflow) = (seconds - other.seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflowToo) = nanoseconds.addingReportingOverflow(
            Int64(self.nanoseconds) - Int64(other.nanoseconds))
        return overflow || overflowToo ? nil : DurationValue(nanoseconds: sum)
    }
}

/// A span of time of at most ±2^63 nanoseconds, about 292 years, as the reference implementation has it.
public struct DurationValue: Sendable, Hashable, Comparable {
    /// The whole span in nanoseconds.
    public let nanoseconds: Int64

    /// A span of nanoseconds.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    public static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }
}
