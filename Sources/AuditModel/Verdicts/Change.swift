/// One setting that differs between two snapshots of a client.
public struct Change: Sendable, Hashable, Codable {
    /// In which way.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Only the later snapshot has it.
        case added
        /// Only the earlier snapshot has it.
        case removed
        /// Both have it, with different values.
        case modified
    }

    /// Where; elements of keyed lists by their key.
    public var path: SettingPath
    /// The earlier value; nil for an added one.
    public var before: SettingValue?
    /// The later value; nil for a removed one.
    public var after: SettingValue?

    /// Joins the parts.
    public init(path: SettingPath, before: SettingValue?, after: SettingValue?) {
        self.path = path
        self.before = before
        self.after = after
    }

    /// In which way it differs.
    public var kind: Kind {
        switch (before, after) {
        case (nil, _): .added
        case (_, nil): .removed
        case (_?, _?): .modified
        }
    }
}

/// A group that cannot be compared between two snapshots, and why.
public struct IncomparableGroup: Sendable, Hashable, Codable {
    /// The group.
    public var group: SettingsGroup
    /// What the earlier snapshot has.
    public var before: Capture
    /// What the later snapshot has.
    public var after: Capture

    /// Joins the parts.
    public init(group: SettingsGroup, before: Capture, after: Capture) {
        self.group = group
        self.before = before
        self.after = after
    }
}

/// How a verdict of (client, rule) moved against the last known one (decision 15).
public enum Transition: String, CaseIterable, Sendable, Hashable, Codable {
    /// Never judged before, and fails.
    case firstSeen
    /// Was passing (or did not apply), and fails now.
    case new
    /// Failed before and fails still.
    case still
    /// Failed before and passes now.
    case fixed
    /// Failed before, and the rule no longer applies to this client.
    case noLongerApplicable
    /// Was known before, and is unknown now.
    case sightLost
    /// Failed before, and the rule is no longer in the policy set.
    case ruleRetired
    /// Failed before, and the client is no longer on the roster.
    case clientLeft
}

/// Why a verdict moved.
public enum TransitionCause: String, CaseIterable, Sendable, Hashable, Codable {
    /// The client's settings changed.
    case setting
    /// The rule, its parameters or its scope changed, or it was added or retired.
    case rule
    /// A waiver came into force, ended, or no longer fits the value.
    case waiver
    /// The evidence came or went: a group could not be read, or can be read again.
    case evidence
    /// The client's facts (labels, roster) changed.
    case client
    /// The rule reads the time, and it went by.
    case time
    /// The tool's evaluator changed.
    case tool
}
