public import AuditModel
import SnapshotStore

/// The story of one rule's verdict for one client: what it is, since when, and what made it so.
public struct VerdictStory: Sendable {
    /// A verdict together with whether a waiver lies over it; the verdict is nil where the run has no such rule.
    public struct Standing: Sendable, Hashable {
        /// The recorded verdict.
        public var verdict: Verdict?
        /// The waiver over it; nil for none.
        public var waiver: WaiverFacts?

        /// Whether two standings are the same to those who read them; which waiver it is does not count.
        func isLike(_ other: Standing) -> Bool {
            verdict == other.verdict && (waiver == nil) == (other.waiver == nil)
        }
    }

    /// A run with what it said.
    public struct Night: Sendable, Hashable {
        /// The run.
        public var run: AuditRun
        /// The day of its start.
        public var day: CalendarDay
        /// What it said.
        public var standing: Standing
        /// The recorded result; nil where the run has no such rule.
        public var result: RuleResult?
        var captures: PerGroup<StoredCapture>
    }

    /// One of the things that a verdict follows from.
    public enum Input: Sendable, Hashable {
        /// The capture of one group.
        case group(SettingsGroup)
        /// The policy files.
        case policies
        /// The waiver files.
        case waivers
        /// The day that waivers are asked for.
        case day
        /// The client's labels.
        case client
        /// The moment that rules read.
        case now
    }

    /// What made the verdict another.
    public enum Cause: String, Sendable, Hashable, CaseIterable {
        /// The client's settings changed.
        case setting
        /// A group could not be read, or could be read again.
        case evidence
        /// The rule changed, came or went.
        case rule
        /// A waiver was written, changed or taken away.
        case waiver
        /// A waiver ended.
        case waiverExpired
        /// A waiver that was written earlier came into force.
        case waiverBegan
        /// The client's labels changed.
        case client
        /// A rule reads the time, and it went by.
        case time
        /// The tool judges otherwise than the version that recorded the verdict.
        case tool
    }

    /// A field of the rule that differs; nil on the side that does not say it.
    public struct FieldChange: Sendable, Hashable {
        /// `check`, `severity`, `params.limit` and so on.
        public var name: String
        /// Earlier, as people read it.
        public var before: String?
        /// Later.
        public var after: String?
    }

    /// The last move of the verdict.
    public struct Move: Sendable {
        /// The last run with the earlier verdict.
        public var before: Night
        /// The first run with the present one.
        public var after: Night
        /// The runs between the two that could not tell or did not judge the client.
        public var missed: [CalendarDay]
        /// The inputs that differ between the two runs.
        public var differing: [Input]
        /// The smallest sets of inputs that make the move alone, found by putting them in the place of the earlier ones.
        /// Empty where the tool made it.
        public var sufficient: [[Input]]
        /// What made the move, each once, in the order of the cases; several where several inputs were needed or each did it.
        public var causes: [Cause]
        /// The settings that changed and are compared by the rule, in the groups that made the move.
        public var changes: [Change]
        /// The groups that made the move by coming or going.
        public var evidence: [IncomparableGroup]
        /// The rule's fields that changed, where the rule made the move.
        public var fields: [FieldChange]
    }

    /// The client, as the latest night describes it.
    public var client: Client
    /// The rule.
    public var ruleID: String
    /// What the latest policies that have the rule say of it; nil where none can be read.
    public var facts: RuleFacts?
    /// The latest night that judged the client.
    public var current: Night
    /// The first night of the present verdict: the later side of ``lastMove``, or the first night that judged the client.
    public var since: Night
    /// How it came to be so; nil where it never was otherwise.
    public var lastMove: Move?
    /// The number of nights that judged the client, back to the last move.
    public var nightCount: Int

    /// The finding's id.
    public var findingID: String { Finding.id(client: client.id, ruleID: ruleID) }
}
