/// One of the five groups of settings that the vendor's Clients API reads.
///
/// The raw values are the API's own path words, so they also head every dotted path (`internal.callRecordingDays`).
public enum SettingsGroup: String, CaseIterable, Sendable, Hashable, Codable, Comparable {
    /// The "Internal Settings" tab of the Client Editor: passwords, lockout, recordings.
    case `internal`
    /// The "General" and "Settings" tabs.
    case settings
    /// The "Messaging" tab: a list of key-value properties.
    case messaging
    /// The voices that campaigns of the client may use.
    case voicePool
    /// The countries that the client may dial.
    case countries

    /// The position in declaration order, which is the order of every list of groups that is printed.
    public var ordinal: Int {
        switch self {
        case .internal: 0
        case .settings: 1
        case .messaging: 2
        case .voicePool: 3
        case .countries: 4
        }
    }

    public static func < (left: Self, right: Self) -> Bool { left.ordinal < right.ordinal }
}
