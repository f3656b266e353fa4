public import AuditModel
public import Evidence
public import SnapshotStore

/// All that a review of a period is made from: what is told, and what it is told by.
public struct ReviewMaterial: Sendable {
    /// A policy or waiver file that a run of the two recorded.
    public struct RecordedText: Sendable, Hashable {
        /// The file.
        public var text: PolicyText
        /// Whether it must not be shown, since it names clients that the review is not of.
        public var isLeftOut: Bool
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

    /// What the verdicts and changes follow from, as the log has it.
    public struct Basis: Sendable {
        /// The log at the checkpoint, with the runs of the period shown.
        public var log: PrunedLeaves
        /// The captures of the earlier and of the later run.
        public var captures: [PrunedLeaves]
        /// The results of the earlier and of the later run.
        public var results: [PrunedLeaves]
        /// The result vectors that those name, as they are stored.
        public var vectors: [Digest: [UInt8]]
        /// The canonical bytes of the documents that differ between the two.
        public var documents: [Digest: [UInt8]]
    }

    /// What is told.
    public var record: ReviewRecord
    /// The policy and waiver files of both runs, each set once.
    public var textSets: [[RecordedText]]
    /// The log.
    public var log: Log
    /// What it follows from.
    public var basis: Basis
    /// Proofs of the settings that findings and changes name, as ``ReviewRecord/proven`` lists them.
    public var settingProofs: [SettingProof]
}
