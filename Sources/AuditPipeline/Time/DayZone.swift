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
