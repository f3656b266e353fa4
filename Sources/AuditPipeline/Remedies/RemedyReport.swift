public import AuditModel
public import Policies

/// What can be done about the failures of one run: by writes to voice pools, and by people.
public struct RemedyReport: Sendable {
    /// The run whose failures they are.
    public var run: AuditRun
    /// Its day.
    public var day: CalendarDay
    /// The clients with failures that nobody has waived, by id.
    public var clients: [ClientRemedies]
    /// How many failures a waiver lies over; they are let be.
    public var waived: Int
    /// How many verdicts could not be told; nothing can be planned for them.
    public var unknown: Int
}

/// What can be done for one client.
public struct ClientRemedies: Sendable {
    /// One failure with what can be done about it.
    public struct Failure: Sendable {
        /// The failure.
        public var finding: Finding
        /// Its rule, with the severity that counts for this client.
        public var rule: RuleFacts
        /// What can be done.
        public var remedy: VoicePoolRemedy
        /// What else the client's rules, this one among them, ask of the settings that its comparisons are about.
        public var demands: [SettingPath: [SettingDemand]]
    }

    /// The client.
    public var client: Client
    /// Its failures: the most severe first, then by rule.
    public var failures: [Failure]
    /// The voices to add to its pool, sorted.
    public var additions: [Int64]
    /// The voices to remove from its pool, sorted.
    public var removals: [Int64]
    /// The pool that the run captured; nil where it has none that writes can be planned for.
    public var pool: CapturedPool?
}

/// A voice pool as a run captured it.
public struct CapturedPool: Sendable, Hashable {
    /// The client's default voice, as far as the run knows.
    public enum DefaultVoice: Sendable, Hashable {
        /// The general settings were not captured, or say something that is no id.
        case notKnown
        /// Null, absent, or 0, which is no real id.
        case none
        /// This voice.
        case voice(Int64)
    }

    /// The ids in it, sorted.
    public var voices: [Int64]
    /// The default voice.
    public var defaultVoice: DefaultVoice
    /// The digest of the captured document.
    public var document: Digest
    /// When it was answered.
    public var answeredAt: Timestamp
}

extension Comparison {
    /// What it asks for, as people read it: `at least 1`, `not 0`.
    public var wanted: String { (isNegated ? "not " : "") + expected }
}
