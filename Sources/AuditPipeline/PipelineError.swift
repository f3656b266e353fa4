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
    /// The log does not go on from its own last checkpoint; the clause says how.
    case logDoesNotContinue(String)
    /// No checkpoint has the run yet.
    case noCheckpoint(AuditRun.ID)
    /// The run has no document of a client's group, so there is nothing to prove.
    case notCaptured(Client.ID, SettingsGroup, AuditRun.ID)
    /// The client's night was pruned, so no more than a hash is left of its captures; the nearest runs that have kept theirs.
    case hashOnly(Client.ID, AuditRun, before: AuditRun?, after: AuditRun?)
    /// A setting cannot be proven; the clause says why.
    case notProvable(String)
    /// A patch was asked for with paths; it is of whole documents.
    case patchOfAPart
    /// A client that a filter names is on neither side.
    case unknownClient(String, suggestion: String?)
    /// A client that was asked for is on the roster of none of the nights that are looked at.
    case clientOfNoNight(String, suggestion: String?)
    /// No rule and client of the nights that are looked at have a finding of this id.
    case unknownFinding(String)
    /// Neither the catalogue nor any document of a place, which the clause names, has such a setting.
    case unknownSetting(SettingPath, place: String, suggestion: String?)
    /// No night that judged the client has such a rule.
    case ruleOfNoNight(String, suggestion: String?)
    /// The run was a fetch without policies, so it has no failures.
    case notJudged(AuditRun.ID)
    /// The policies of the run have no such rule.
    case unknownRule(String, suggestion: String?)

    /// The exit status.
    public var status: ExitStatus {
        switch self {
        case .clockBehind, .differentEnvironments, .unknownClient, .clientOfNoNight, .unknownFinding,
            .ruleOfNoNight, .notJudged, .unknownRule, .unknownSetting:
            .usage
        case .documentMissing, .logDoesNotContinue: .integrity
        case .noCheckpoint, .notCaptured, .hashOnly, .notProvable, .patchOfAPart: .usage
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
        case .logDoesNotContinue(let clause):
            "the log of sealed runs does not go on from its last checkpoint: \(clause). No checkpoint was made of it. 'audit "
                + "verify' tells what was altered; restore the database from a backup and look for who wrote to it."
        case .noCheckpoint(let run):
            "no checkpoint has run \(run.short) yet; 'audit checkpoint' makes one."
        case .notCaptured(let client, let group, let run):
            "run \(run.short) has no document of \(group.rawValue) of client \(client): it failed or was not collected, so "
                + "there is nothing to prove; 'audit report \(run.short)' tells why."
        case .hashOnly(let client, let run, let before, let after):
            "what run \(run.id.short) of \(run.startedAt.rfc3339) captured of client \(client) is in the log as a hash alone: nothing "
                + "had changed, and 'audit snapshot prune' took the row. "
                + Self.kept(before, after)
        case .patchOfAPart:
            "a patch takes one whole document to another, and a part of it would not; leave --path away, and choose by --client "
                + "and --group."
        case .notProvable(let clause): "this cannot be proven: \(clause)."
        case .differentEnvironments(let one, let other):
            "the runs are of different environments (\(one) and \(other)); compare two runs of one."
        case .unknownClient(let text, let suggestion):
            "no client '\(text)' is on either side." + (suggestion.map { " Did you mean '\($0)'?" } ?? "")
        case .clientOfNoNight(let text, let suggestion):
            "no client '\(text)' is on the roster in these nights."
                + (suggestion.map { " Did you mean '\($0)'?" } ?? "")
        case .unknownFinding(let text):
            "no finding '\(text)' is of a client and a rule of these nights; reports print the ids (F- and eight digits)."
        case .notJudged(let run):
            "run \(run.short) was a fetch without policies, so nothing failed in it; 'audit run' judges."
        case .unknownSetting(let path, let place, let suggestion):
            "no setting '\(path.dotted)' is known: it is not documented, and no document of \(place) has it."
                + (suggestion.map { " Did you mean '\($0)'?" } ?? "")
        case .unknownRule(let text, let suggestion):
            "the policies that the run was judged by have no rule '\(text)'."
                + (suggestion.map { " Did you mean '\($0)'?" } ?? "")
        case .ruleOfNoNight(let text, let suggestion):
            "no night that judged this client has a rule '\(text)'."
                + (suggestion.map { " Did you mean '\($0)'?" } ?? "")
        }
    }

    private static func kept(_ before: AuditRun?, _ after: AuditRun?) -> String {
        let kept = [before, after].compactMap { $0 }
        guard !kept.isEmpty else { return "No capture near it is kept." }
        let names = kept.map { "\($0.id.short) of \($0.startedAt.rfc3339)" }.joined(separator: " and ")
        let options = kept.map { "--at \($0.id.short)" }.joined(separator: " or ")
        return
            "The nearest captures that are kept have the same settings and can be proven: run\(kept.count == 1 ? "" : "s") "
            + "\(names) (\(options))."
    }
}
