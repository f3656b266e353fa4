public import AuditModel

/// Everything that the files of a review for people are rendered from, as one value that can be written down and read again
/// without loss: so that whoever checks a pack can render each of them again, and hold the record itself to the log.
public struct ReviewRecord: Sendable, Hashable, Codable {
    /// One of the two runs between which the period lies.
    public struct Side: Sendable, Hashable, Codable {
        /// What was asked for: a date, a run id, `latest`, `previous`.
        public var asked: String
        /// The day of the run's start.
        public var day: CalendarDay
        /// Its clients as they were configured; of a review of one client, that one alone.
        public var roster: [Client]
        /// The sentences kept with it; none in a review of one client, since they may name others.
        public var notes: [String]
        /// Its report.
        public var report: AuditReport

        /// The run.
        public var run: AuditRun { report.run }
    }

    /// One night of the period.
    public struct Night: Sendable, Hashable, Codable {
        /// The run.
        public var run: AuditRun
        /// The day of its start.
        public var day: CalendarDay
        /// Its place in the log; nil where it is in none.
        public var logIndex: Int?
        /// The clients that are told of: all on its roster, or the one that the review is of.
        public var clients: Int
        /// Their groups with a document.
        public var documents: Int
        /// Their groups that failed.
        public var failures: Int
        /// Their groups that were not asked for, by configuration.
        public var notCollected: Int
    }

    /// A setting that a proof is of.
    public struct ProvenPlace: Sendable, Hashable, Codable {
        /// The client.
        public var client: Client.ID
        /// The run.
        public var run: AuditRun.ID
        /// The setting, dotted.
        public var path: String
        /// What stood there; nil for nothing.
        public var value: SettingValue?

        /// Joins the parts.
        public init(client: Client.ID, run: AuditRun.ID, path: String, value: SettingValue?) {
            self.client = client
            self.run = run
            self.path = path
            self.value = value
        }
    }

    /// The form of the record; another number where a member changes its meaning.
    public static let currentSchema = "audit-review-record/1"

    /// The form.
    public var schema = Self.currentSchema
    /// The version of the tool that made the review.
    public var toolVersion: String
    /// The one client that the review is of; nil for all.
    public var client: Client?
    /// The earlier run.
    public var from: Side
    /// The later run.
    public var to: Side
    /// What differs between the two.
    public var difference: DiffReport
    /// The patches between their documents.
    public var patches: PatchReport
    /// Every sealed run from the earlier to the later one, in time.
    public var nights: [Night]
    /// The days of the period without a sealed run.
    public var daysWithoutRun: [CalendarDay]
    /// The waivers, the next to end first.
    public var waivers: [LedgerEntry]
    /// The settings that are proven, in the order of their files.
    public var proven: [ProvenPlace]
    /// Sentences on what is not here, and why.
    public var leftOut: [String]

    /// The earlier and the later side.
    public var sides: [Side] { [from, to] }
    /// The environment.
    public var environment: EnvironmentName { to.run.environment }
    /// The zone that days are told in.
    public var timeZone: String { to.report.timeZone }
}
