public import AuditModel

/// What stored nights tell of one client: its settings as they changed, and for how long rules failed.
public struct ClientHistory: Sendable, Hashable {
    /// A night as it saw something of the client.
    public struct Sight: Sendable, Hashable {
        /// The position among the nights, from 0 for the first.
        public var night: Int
        /// When the group was asked for (of the last night with a value) or answered (of the first).
        public var at: Timestamp
        /// The run, and its day.
        public var run: DatedRun

        /// Joins the parts.
        public init(night: Int, at: Timestamp, run: DatedRun) {
            self.night = night
            self.at = at
            self.run = run
        }
    }

    /// Nights in a row that saw one value.
    public struct Span: Sendable, Hashable {
        /// The value; nil where the setting was not there. What was hidden before it was stored is marked.
        public var value: SettingValue?
        /// The first night that saw it.
        public var first: Sight
        /// The last night that saw it.
        public var last: Sight
        /// The nights between the two that saw nothing, by position.
        public var missedWithin: [Int]

        /// Joins the parts.
        public init(value: SettingValue?, first: Sight, last: Sight, missedWithin: [Int]) {
            self.value = value
            self.first = first
            self.last = last
            self.missedWithin = missedWithin
        }
    }

    /// A verdict that moved.
    public struct Flip: Sendable, Hashable {
        /// The rule.
        public var ruleID: String
        /// The earlier verdict.
        public var before: Verdict
        /// The later verdict.
        public var after: Verdict
        /// The last night with the earlier one.
        public var lastBefore: DatedRun
        /// The first night with the later one.
        public var firstAfter: DatedRun

        /// Joins the parts.
        public init(ruleID: String, before: Verdict, after: Verdict, lastBefore: DatedRun, firstAfter: DatedRun) {
            self.ruleID = ruleID
            self.before = before
            self.after = after
            self.lastBefore = lastBefore
            self.firstAfter = firstAfter
        }
    }

    /// One setting over the nights. Between two spans lies the interval in which one value became the next.
    public struct Setting: Sendable, Hashable {
        /// Where.
        public var path: SettingPath
        /// The values in the order seen; neighbours differ.
        public var spans: [Span]
        /// The verdicts that moved with each change: the first list between the first two spans, and so on.
        public var flips: [[Flip]]

        /// Joins the parts.
        public init(path: SettingPath, spans: [Span], flips: [[Flip]]) {
            self.path = path
            self.spans = spans
            self.flips = flips
        }

        /// How often it changed.
        var changeCount: Int { max(0, spans.count - 1) }
    }

    /// How long a rule failed, as two bounds.
    public struct Exposure: Sendable, Hashable {
        /// The rule.
        public var ruleID: String
        /// The days that failing nights enclose.
        public var atLeast: Duration
        /// The days in which it may have failed.
        public var atMost: Duration
        /// Whether it fails in the last night that could tell.
        public var isOpen: Bool
        /// How many nights said that it fails.
        public var nights: Int

        /// Joins the parts.
        public init(ruleID: String, atLeast: Duration, atMost: Duration, isOpen: Bool, nights: Int) {
            self.ruleID = ruleID
            self.atLeast = atLeast
            self.atMost = atMost
            self.isOpen = isOpen
            self.nights = nights
        }
    }

    /// The client, as it was last described.
    public var client: Client
    /// The nights that were looked at, by start; one or more.
    public var nights: [DatedRun]
    /// The settings, by path.
    public var settings: [Setting]
    /// The verdicts that moved, oldest first.
    public var flips: [Flip]
    /// The rules that failed in a night, by id.
    public var exposures: [Exposure]
    /// Sentences on what could not be seen, and on what is not assessed.
    public var notes: [String]

    /// Joins the parts.
    public init(
        client: Client, nights: [DatedRun], settings: [Setting], flips: [Flip], exposures: [Exposure], notes: [String]
    ) {
        self.client = client
        self.nights = nights
        self.settings = settings
        self.flips = flips
        self.exposures = exposures
        self.notes = notes
    }
}

/// One setting as it is now.
public struct CurrentSetting: Sendable, Hashable {
    /// Where.
    public var path: SettingPath
    /// The value. What was hidden before it was stored is marked.
    public var value: SettingValue

    /// Joins the two.
    public init(path: SettingPath, value: SettingValue) {
        self.path = path
        self.value = value
    }
}
