public import AuditModel
public import Evidence
public import Policies
public import SnapshotStore

/// All that a review of a period is made from: two runs, what moved between them, and what proves it.
public struct ReviewMaterial: Sendable {
    /// One night of the period.
    public struct Night: Sendable, Hashable {
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

    /// A waiver that a run of the two recorded.
    public struct RecordedWaiver: Sendable {
        /// The waiver.
        public var waiver: Waiver
        /// For whom it holds, as people read it; the review's one client alone, where it is of one.
        public var subject: String
        /// The day that it is told on: that of the later run which recorded it.
        public var day: CalendarDay
        /// Whether the earlier, and whether the later run recorded it.
        public var isInEarlier: Bool, isInLater: Bool
    }

    /// A policy or waiver file that a run of the two recorded.
    public struct RecordedText: Sendable, Hashable {
        /// The file.
        public var text: PolicyText
        /// Whether it must not be shown, since it names clients that the review is not of.
        public var isLeftOut: Bool
    }

    /// The proof of one setting of one client at one run.
    public struct ProvenSetting: Sendable {
        /// The client.
        public var client: Client.ID
        /// The setting.
        public var path: SettingPath
        /// Whether it is of the earlier run.
        public var isEarlier: Bool
        /// The proof.
        public var proof: SettingProof
    }

    /// The two runs in the log.
    public struct Log: Sendable {
        /// The checkpoint as it is kept.
        public var note: [UInt8]
        /// What it says.
        public var checkpoint: Checkpoint
        /// The checkpoint of the time of the earlier run, as it is kept; nil where it is the same, or none was made.
        public var earlierNote: [UInt8]?
        /// The leaves of the earlier and of the later run.
        public var leaves: [[UInt8]]
        /// That they are in the log.
        public var proofs: [LogProof]
        /// The root of the earlier log.
        public var firstRoot: Digest
        /// That the log goes on from there.
        public var consistency: ConsistencyProof
    }

    /// The earlier run.
    public var from: RunSelection
    /// The later run.
    public var to: RunSelection
    /// The one client that the review is of; nil for all.
    public var client: Client?
    /// The report of the later run.
    public var report: AuditReport
    /// The report of the earlier run.
    public var earlierReport: AuditReport
    /// What differs between the two.
    public var difference: DiffReport
    /// The patches between their documents.
    public var patches: PatchReport
    /// Every sealed run from the earlier to the later one, in time.
    public var nights: [Night]
    /// The days of the period without a sealed run.
    public var daysWithoutRun: [CalendarDay]
    /// The waivers, the next to end first.
    public var waivers: [RecordedWaiver]
    /// The policy and waiver files of both runs, each set once.
    public var textSets: [[RecordedText]]
    /// The log.
    public var log: Log
    /// Proofs of the settings that findings and changes name.
    public var settingProofs: [ProvenSetting]
    /// Sentences on what is not here, and why.
    public var leftOut: [String]
}
