public import AuditModel

/// The header `Retry-After` in both of its forms (RFC 9110 section 10.2.3): seconds, or an HTTP date.
public enum RetryAfter: Sendable, Hashable {
    /// So many seconds from the answer on.
    case seconds(Int)
    /// Until this moment.
    case date(Timestamp)

    /// Reads a header's value; nil for anything else, which is then as good as absent.
    public init?(_ text: String) {
        let text = text.trimmingSpaces
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            // More seconds than an Int can hold are still more than anybody waits.
            self = .seconds(Int(text) ?? .max)
        } else if let date = HTTPDate.timestamp(of: text) {
            self = .date(date)
        } else {
            return nil
        }
    }

    /// The wait from `now` on; never negative.
    public func delay(from now: Timestamp) -> Duration {
        switch self {
        // A year is the most that is told, so that no sum can overflow.
        case .seconds(let seconds): .seconds(min(seconds, 31_536_000))
        case .date(let date): .milliseconds(min(max(0, date.milliseconds - now.milliseconds), 31_536_000_000))
        }
    }
}

/// The three date forms that a reader of HTTP must accept (RFC 9110 section 5.6.7).
public enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or `Sun Nov  6 08:49:37 1994`.
    public static func timestamp(of text: String) -> Timestamp? {
        let words = text.split(separator: " ").map(String.init)
        switch words.count {
        case 6 where words[0].hasSuffix(",") && words[5] == "GMT":
            return timestamp(day: words[1], month: words[2], year: words[3], clock: words[4])
        case 4 where words[0].hasSuffix(",") && words[3] == "GMT":
            let parts = words[1].split(separator: "-").map(String.init)
            guard parts.count == 3, parts[2].utf8.count == 2, let short = number(parts[2]) else { return nil }
            // Two digits of a year: the century that makes it neither long past nor far ahead, as POSIX has it.
            return timestamp(
                day: parts[0], month: parts[1], year: String(short < 69 ? 2000 + short : 1900 + short), clock: words[2])
        case 5:
            return timestamp(day: words[2], month: words[1], year: words[4], clock: words[3])
        default: return nil
        }
    }

    private static func timestamp(day: String, month: String, year: String, clock: String) -> Timestamp? {
        let fields = clock.split(separator: ":", omittingEmptySubsequences: false).map { number(String($0)) }
        guard let month = months.firstIndex(of: month), year.utf8.count == 4, let year = number(year),
            let day = number(day), let calendarDay = CalendarDay(year: year, month: month + 1, day: day),
            fields.count == 3, let hour = fields[0], let minute = fields[1], let second = fields[2], hour < 24,
            minute < 60, second <= 60
        else { return nil }
        let seconds = calendarDay.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second
        return Timestamp(milliseconds: Int64(seconds) * 1000)
    }

    private static func number(_ text: String) -> Int? {
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}

extension String {
    var trimmingSpaces: String {
        var text = self[...]
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }
}
