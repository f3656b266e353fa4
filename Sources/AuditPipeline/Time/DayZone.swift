public import AuditModel
public import Policies

/// The one zone that dates, waivers and file names are told in (decision 13).
///
/// The rules of the zone are handed in, since only the top may ask the system for them.
public struct DayZone: Sendable {
    /// The IANA name.
    public let identifier: String
    /// Other zones by their names, for the expressions of policies that runs recorded.
    public let named: NamedTimeZones?
    private let offsetInSeconds: @Sendable (Timestamp) -> Int

    /// Takes a zone's name and its offset from UTC, in seconds, at each moment.
    public init(
        identifier: String, named: NamedTimeZones? = nil, offsetInSeconds: @escaping @Sendable (Timestamp) -> Int
    ) {
        self.identifier = identifier
        self.named = named
        self.offsetInSeconds = offsetInSeconds
    }

    /// UTC.
    public static let utc = DayZone(identifier: "UTC") { _ in 0 }

    /// The day in which a moment falls.
    public func day(of moment: Timestamp) -> CalendarDay {
        let local = moment.milliseconds + Int64(offsetInSeconds(moment)) * 1000
        let seconds = local >= 0 ? local / 1000 : (local - 999) / 1000
        return CalendarDay(daysSince1970: Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400))
    }

    /// The moment of a day at which its clocks show the same as at another moment.
    ///
    /// A time that a clock change skips on that day is counted on from before it (02:30 becomes 03:30); of one that comes
    /// twice it is the first. Always within the day.
    public func moment(of day: CalendarDay, atTimeOfDayOf other: Timestamp) -> Timestamp {
        func local(_ moment: Int64) -> Int64 {
            moment + Int64(offsetInSeconds(Timestamp(milliseconds: moment))) * 1000
        }
        let otherDay = Int64(self.day(of: other).daysSince1970) * 86_400_000
        let wanted = Int64(day.daysSince1970) * 86_400_000 + local(other.milliseconds) - otherDay
        let start = self.start(of: day).milliseconds
        let end = self.start(of: CalendarDay(daysSince1970: day.daysSince1970 + 1)).milliseconds
        // With the offset of the day's beginning; where the clock changed before that time, with the one after it.
        let early = wanted - Int64(offsetInSeconds(Timestamp(milliseconds: start))) * 1000
        let late = wanted - Int64(offsetInSeconds(Timestamp(milliseconds: early))) * 1000
        let found = local(early) != wanted && local(late) == wanted ? late : early
        return Timestamp(milliseconds: max(start, min(found, end - 1)))
    }

    /// The first moment of a day.
    ///
    /// A day whose midnight was skipped by a clock change begins with its first moment; one whose midnight comes twice
    /// begins with the first.
    public func start(of day: CalendarDay) -> Timestamp {
        let midnight = Int64(day.daysSince1970) * 86_400_000
        // Offsets lie within ±26 hours, and days never go backwards as moments pass, so halving finds the edge.
        var low = midnight - 26 * 3_600_000
        var high = midnight + 26 * 3_600_000
        while low + 1 < high {
            let middle = low + (high - low) / 2
            if self.day(of: Timestamp(milliseconds: middle)) < day { low = middle } else { high = middle }
        }
        return Timestamp(milliseconds: high)
    }
}
