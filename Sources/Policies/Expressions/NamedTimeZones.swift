internal import CEL

/// Time zones by their names, for expressions such as `now.getHours("America/New_York")`.
///
/// Their rules are handed in, since only the top may ask the system for them. Without them an expression knows `UTC` and
/// offsets such as `+02:00`.
public struct NamedTimeZones: Sendable {
    private let lookUp: @Sendable (_ name: String, _ secondsSince1970: Int64) -> Int?

    /// - Parameter secondsFromUTC: the offset of a zone, by its IANA name, at a moment; nil where there is no such zone.
    public init(secondsFromUTC: @escaping @Sendable (_ name: String, _ secondsSince1970: Int64) -> Int?) {
        lookUp = secondsFromUTC
    }

    /// The same as expressions ask for it.
    var provider: any TimeZoneProvider { Provider(lookUp: lookUp) }

    private struct Provider: TimeZoneProvider {
        let lookUp: @Sendable (String, Int64) -> Int?

        func secondsFromUTC(in name: String, at seconds: Int64) -> Int? { lookUp(name, seconds) }
    }
}
