public import AuditModel

/// How a plan is to be applied.
public struct ApplyOrder: Sendable, Hashable {
    /// The most writes that may be made.
    public var maximumWrites: Int
    /// Whether the client's default voice may be removed.
    public var isForced: Bool
    /// Whether all is read and told, and nothing written.
    public var isDryRun: Bool
    /// Who is said to apply it.
    public var by: String
    /// The system's user, host and process.
    public var process: String
    /// The version of the tool.
    public var toolVersion: String

    /// Joins the parts.
    public init(
        maximumWrites: Int, isForced: Bool = false, isDryRun: Bool = false, by: String, process: String,
        toolVersion: String
    ) {
        self.maximumWrites = maximumWrites
        self.isForced = isForced
        self.isDryRun = isDryRun
        self.by = by
        self.process = process
        self.toolVersion = toolVersion
    }
}

/// What applying a plan came to.
public struct AppliedRemediation: Sendable, Hashable {
    /// What became of one write.
    public enum Outcome: Sendable, Hashable {
        /// It was sent now and accepted.
        case written
        /// It was sent now; the call failed, but the pool has it.
        case writtenThough(CaptureFailure)
        /// It was sent now; the call failed, and the pool does not have it.
        case failed(CaptureFailure)
        /// It was sent now and accepted, and the pool, read again, does not have it.
        case withoutEffect
        /// It was sent now; the call failed, and the pool could not be read.
        case unclear(CaptureFailure)
        /// It had taken effect when an earlier attempt was cut off, or was recorded by it.
        case doneBefore
        /// The pool had it though this plan never sent it: somebody else has done it.
        case doneByOthers
        /// It was not sent.
        case notSent
    }

    /// Where the plan now stands.
    public enum Result: Sendable, Hashable {
        /// The pool is as the plan wants it.
        case applied
        /// The plan was applied before, at this moment and by this person; nothing was read.
        case appliedBefore(Timestamp, by: String)
        /// The pool is on the way, and not at the end: a call failed, or was accepted without effect.
        case unfinished
        /// An earlier attempt did not get to the end, and now the plan has expired; nothing was written.
        case expired
        /// After the writes the pool is another than any on the plan's way.
        case strayed
        /// After the writes the pool could not be read.
        case unread(CaptureFailure)
        /// Nothing was to be written.
        case dryRun
    }

    /// The plan.
    public var plan: RemediationPlan
    /// Where it stands.
    public var result: Result
    /// One a write, in the plan's order.
    public var outcomes: [Outcome]
    /// Whether an earlier attempt had been cut off.
    public var isRecovery: Bool
    /// The pool before the first write of this time, sorted; nil where it was not read.
    public var before: [Int]?
    /// The pool as it was read last, sorted; nil where it was not read after a write.
    public var after: [Int]?
    /// The client's default voice as read; nil where it has none.
    public var defaultVoice: Int?

    /// The exit status.
    public var status: ExitStatus {
        switch result {
        case .applied, .appliedBefore, .dryRun: .success
        case .unfinished, .strayed, .unread: .incomplete
        case .expired: .usage
        }
    }
}
