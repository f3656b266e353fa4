public import AuditModel

/// Since when a rule fails for a client. A night is a sample: the failure began after ``lastBefore`` and up to ``first``.
public struct FailureSpell: Sendable, Hashable {
    /// The first night of the series in which it fails.
    public var first: DatedRun
    /// The last night before that which says otherwise; nil where it fails as far back as is known.
    public var lastBefore: DatedRun?
    /// What that night says.
    public var before: Verdict?
    /// Nights of the series, those that could not tell not counted.
    public var nights: Int

    /// Joins the parts.
    public init(first: DatedRun, lastBefore: DatedRun?, before: Verdict?, nights: Int) {
        self.first = first
        self.lastBefore = lastBefore
        self.before = before
        self.nights = nights
    }
}

/// What made a failure begin.
public struct FailureCause: Sendable, Hashable {
    /// In words, each once: `a setting changed`, `the rule changed`.
    public var causes: [String]
    /// The settings that changed.
    public var changes: [Change]

    /// Joins the two.
    public init(causes: [String], changes: [Change]) {
        self.causes = causes
        self.changes = changes
    }
}

/// A waiver with how it stands today.
public struct WaiverEntry: Sendable, Hashable {
    /// How it stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Its first day is yet to come.
        case notYet
        /// It holds.
        case inForce
        /// It holds, and ends within the days in which people are warned.
        case endsSoon
        /// Its last day is past.
        case ended
    }

    /// What the file says of it, with the days left from today.
    public var facts: WaiverFacts
    /// How it stands today.
    public var state: State
    /// The ids of the rules it covers.
    public var rules: [String]
    /// For whom it is, as the file says it.
    public var subject: String

    /// Joins the parts.
    public init(facts: WaiverFacts, state: State, rules: [String], subject: String) {
        self.facts = facts
        self.state = state
        self.rules = rules
        self.subject = subject
    }
}
