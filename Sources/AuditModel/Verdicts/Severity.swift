/// How bad a failure of a rule is.
public enum Severity: String, CaseIterable, Sendable, Hashable, Codable, Comparable {
    /// Must be mended now.
    case critical
    /// Must be mended soon.
    case high
    /// Should be mended.
    case medium
    /// Worth knowing.
    case low
    /// For information.
    case info

    /// 0 for critical … 4 for info.
    public var rank: Int {
        switch self {
        case .critical: 0
        case .high: 1
        case .medium: 2
        case .low: 3
        case .info: 4
        }
    }

    /// A less severe one comes first in this order, so that `severity >= threshold` reads as it is meant.
    public static func < (left: Self, right: Self) -> Bool { left.rank > right.rank }
}
