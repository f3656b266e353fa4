public import AuditModel

/// That one destination was told, or was to be told, of one event of a run.
public struct NotificationRecord: Sendable, Hashable {
    /// The run.
    public var run: AuditRun.ID
    /// When the run started.
    public var startedAt: Timestamp
    /// The event, in the words of whoever told it.
    public var event: String
    /// The digest of what was told.
    public var content: Digest
    /// How often it was tried; 1 or more.
    public var attempts: Int
    /// When it was tried last.
    public var attemptedAt: Timestamp
    /// When it arrived last; nil where it never did.
    public var sentAt: Timestamp?

    /// Joins the parts.
    public init(
        run: AuditRun.ID, startedAt: Timestamp, event: String, content: Digest, attempts: Int, attemptedAt: Timestamp,
        sentAt: Timestamp?
    ) {
        self.run = run
        self.startedAt = startedAt
        self.event = event
        self.content = content
        self.attempts = attempts
        self.attemptedAt = attemptedAt
        self.sentAt = sentAt
    }
}
