public import AuditModel

/// What ends a night or a comparison as a whole; one client's failure never does.
public enum PipelineError: Error, Sendable, Hashable {
    /// The clock is behind the newest run.
    case clockBehind(now: Timestamp, newest: AuditRun)
    /// A run names a document that the store does not have.
    case documentMissing(SettingsGroup)
    /// The policies or waivers that a run recorded cannot be compiled by this version.
    case recordedPoliciesUnreadable(AuditRun.ID, message: String)
    /// The two sides are of different environments.
    case differentEnvironments(EnvironmentName, EnvironmentName)
    /// A client that a filter names is on neither side.
    case unknownClient(String, suggestion: String?)
    /// A client that was asked for is on the roster of none of the nights that are looked at.
    case clientOfNoNight(String, suggestion: String?)
    /// No rule and client of the nights that are looked at have a finding of this id.
    case unknownFinding(String)
    /// No night that judged the client has such a rule.
    case ruleOfNoNight(String, suggestion: String?)

    /// The exit status.
    public var status: ExitStatus {
        switch self {
        case .clockBehind, .differentEnvironments, .unknownClient, .clientOfNoNight, .unknownFinding,
            .ruleOfNoNight:
            .usage
        case .documentMissing: .integrity
        case .recordedPoliciesUnreadable: .usage
        }
    }
}

extension PipelineError: CustomStringConvertible {
    /// The sentence: what happened, where, and how to mend it.
    public var description: String {
        switch self {
        case .clockBehind(let now, let newest):
            "the clock says \(now.rfc3339), but the newest run (\(newest.id.short)) started at \(newest.startedAt.rfc3339). "
                + "Set the clock right; a run that seems older than its predecessor would be compared the wrong way round."
        case .documentMissing(let group):
            "the store names a document of \(group.rawValue) that it does not have; 'audit doctor' checks the database."
        case .recordedPoliciesUnreadable(let run, let message):
            "the policies or waivers that run \(run.short) recorded cannot be read by this version: \(message)"
        case .differentEnvironments(let one, let other):
            "the runs are of different environments (\(one) and \(other)); compare two runs of one."
        case .unknownClient(let text, let suggestion):
            "no client '\(text)' is on either side." + (suggestion.map { " Did you mean '\($0)'?" } ?? "")
        case .clientOfNoNight(let text, let suggestion):
            "no client '\(text)' is on the roster in these nights."
                + (suggestion.map { " Did you mean '\($0)'?" } ?? "")
        case .unknownFinding(let text):
            "no finding '\(text)' is of a client and a rule of these nights; reports print the ids (F- and eight digits)."
        case .ruleOfNoNight(let text, let suggestion):
            "no night that judged this client has a rule '\(text)'."
                + (suggestion.map { " Did you mean '\($0)'?" } ?? "")
        }
    }
}
