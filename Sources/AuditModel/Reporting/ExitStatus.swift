/// What a command's exit status means. This enum is the source of the codes, `audit exit-codes`, the README's table and
/// the tests.
///
/// The cases stand in order of precedence: where several hold, the last of them is the status.
public enum ExitStatus: Int32, CaseIterable, Sendable, Hashable, Codable, Comparable {
    /// All that was expected was captured and evaluated; nothing at or above the threshold.
    case success = 0
    /// At least one unwaived failure at or above `--fail-on`.
    case findings = 1
    /// Evidence is incomplete.
    case incomplete = 3
    /// Another run holds the store.
    case busy = 75
    /// A file, the store or a report could not be written.
    case inputOutput = 74
    /// Authentication was refused for every account.
    case authentication = 5
    /// A digest, signature or log check failed.
    case integrity = 4
    /// Usage, configuration or policy invalid.
    case usage = 2
    /// An error of this tool.
    case `internal` = 70
    /// Interrupted by SIGINT.
    case interrupted = 130
    /// Interrupted by SIGTERM.
    case terminated = 143

    /// The meaning, as `audit exit-codes` and the README print it.
    public var meaning: String {
        switch self {
        case .success: "all that was expected was captured and evaluated; nothing at or above the threshold"
        case .findings:
            "at least one unwaived failure at or above --fail-on "
                + "(--exit-code of diff: a change; of forecast: a failure to come)"
        case .incomplete:
            "evidence incomplete: client or group missing, a verdict unknown, nothing evaluated "
                + "(--on-incomplete findings prefers 1)"
        case .busy: "busy: another run holds the store (named)"
        case .inputOutput: "a file, the store or a report could not be written"
        case .authentication: "authentication refused for every account"
        case .integrity: "integrity: a digest, signature or log check failed"
        case .usage: "usage, configuration or policy invalid; nothing was done"
        case .internal: "internal error"
        case .interrupted: "interrupted (SIGINT); the run stays open and can be resumed"
        case .terminated: "interrupted (SIGTERM); the run stays open and can be resumed"
        }
    }

    /// 0 for success; the higher, the more it takes precedence.
    public var precedence: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    public static func < (left: Self, right: Self) -> Bool { left.precedence < right.precedence }
}
