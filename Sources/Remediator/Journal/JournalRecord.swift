public import AuditModel

/// One line of the journal: what was about to be done, or what came of it. Nothing in it is secret.
public struct JournalRecord: Sendable, Hashable {
    /// 1, 2, … without a gap.
    public var number: Int
    /// The digest of the line before; 32 zero bytes for the first.
    public var previous: Digest
    /// When it was written, by this machine's clock.
    public var at: Timestamp
    /// The plan; nil for what concerns the file itself.
    public var plan: Digest?
    /// What it tells.
    public var event: JournalEvent

    /// Joins the parts.
    public init(number: Int, previous: Digest, at: Timestamp, plan: Digest?, event: JournalEvent) {
        self.number = number
        self.previous = previous
        self.at = at
        self.plan = plan
        self.event = event
    }
}

/// What a record of the journal tells. Writes are counted from 0, in the plan's order.
public enum JournalEvent: Sendable, Hashable {
    /// Somebody began to apply the plan, and this is what was read before any write.
    case began(Beginning)
    /// The call that comes next; on the disk before it is sent.
    case intent(write: Int, PlannedWrite, request: String)
    /// The platform accepted the call.
    case accepted(write: Int)
    /// The call failed; whether it took effect only the pool can tell.
    case failed(write: Int, CaptureFailure)
    /// The pool was read, and tells whether a write that failed, or whose answer was never seen, is in effect.
    case settled(write: Int, tookEffect: Bool)
    /// The pool as it was read after the last call, and what that means for the plan.
    case ended(Ending, pool: [Int])
    /// The pool could not be read after the last call.
    case unread(CaptureFailure)
    /// The last line was cut off by a crash, so the record that it was to be counts for nothing; so many bytes were dropped.
    case mended(droppedBytes: Int)

    /// Who applies a plan to what.
    public struct Beginning: Sendable, Hashable {
        /// The client, as `environment/number`.
        public var client: String
        /// The environment's base URL.
        public var baseURL: String
        /// Who is said to apply it.
        public var by: String
        /// The system's user, host and process.
        public var process: String
        /// The pool before, sorted.
        public var pool: [Int]
        /// The client's default voice, if it has one.
        public var defaultVoice: Int?
        /// Whether the default voice may be removed.
        public var isForced: Bool
        /// The version of the tool.
        public var toolVersion: String

        /// Joins the parts.
        public init(
            client: String, baseURL: String, by: String, process: String, pool: [Int], defaultVoice: Int?,
            isForced: Bool, toolVersion: String
        ) {
            self.client = client
            self.baseURL = baseURL
            self.by = by
            self.process = process
            self.pool = pool
            self.defaultVoice = defaultVoice
            self.isForced = isForced
            self.toolVersion = toolVersion
        }
    }

    /// How far a plan got.
    public enum Ending: String, Sendable, Hashable {
        /// The pool is as the plan wants it.
        case applied
        /// The pool is on the way, and the plan can be gone on with.
        case unfinished
        /// The pool is another than any on the plan's way: somebody else writes, too.
        case strayed
    }
}
