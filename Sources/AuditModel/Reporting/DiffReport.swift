/// All that is told of what differs between two runs of one environment.
public struct DiffReport: Sendable, Hashable, Codable {
    /// One of the two sides.
    public struct Side: Sendable, Hashable, Codable {
        /// What the user asked for: a date, a run id, `latest`, `previous`.
        public var asked: String
        /// The run that it stands for.
        public var run: AuditRun
        /// The day of that run's start.
        public var day: CalendarDay
        /// How the date became that run, where they are not the same day: `3 days earlier`. Nil where nothing is to be said.
        public var note: String?
        /// The clients on its roster.
        public var clientCount: Int
        /// How often each verdict was given; nil for a fetch-only run.
        public var counts: VerdictCounts?

        /// Joins the parts.
        public init(
            asked: String, run: AuditRun, day: CalendarDay, note: String?, clientCount: Int, counts: VerdictCounts?
        ) {
            self.asked = asked
            self.run = run
            self.day = day
            self.note = note
            self.clientCount = clientCount
            self.counts = counts
        }
    }

    /// A group of a client that cannot be compared.
    public struct Incomparable: Sendable, Hashable, Codable {
        /// The client.
        public var client: Client
        /// The group and what each side has.
        public var group: IncomparableGroup

        /// Joins the two.
        public init(client: Client, group: IncomparableGroup) {
            self.client = client
            self.group = group
        }
    }

    /// The earlier side.
    public var from: Side
    /// The later side.
    public var to: Side
    /// The zone that days are told in.
    public var timeZone: String
    /// Settings that changed; those that most clients share come first, then by client and path.
    public var settingsChanges: [SharedChange]
    /// Verdicts that changed, by client and rule.
    public var verdictChanges: [VerdictChange]
    /// Clients that came, left, or are described otherwise.
    public var rosterChanges: [RosterChange]
    /// What cannot be compared.
    public var incomparable: [Incomparable]
    /// The rules that verdict changes name, by id.
    public var rules: [RuleFacts]
    /// Sentences for the reader: the same run on both sides, a fetch-only run, synthetic data.
    public var notes: [String]

    /// Joins the parts.
    public init(
        from: Side, to: Side, timeZone: String, settingsChanges: [SharedChange], verdictChanges: [VerdictChange],
        rosterChanges: [RosterChange], incomparable: [Incomparable], rules: [RuleFacts], notes: [String]
    ) {
        self.from = from
        self.to = to
        self.timeZone = timeZone
        self.settingsChanges = settingsChanges
        self.verdictChanges = verdictChanges
        self.rosterChanges = rosterChanges
        self.incomparable = incomparable
        self.rules = rules
        self.notes = notes
    }

    /// Whether nothing differs (an incomparable group is no difference, but is told).
    public var isEmpty: Bool {
        settingsChanges.isEmpty && verdictChanges.isEmpty && rosterChanges.isEmpty
    }
}
