/// One night of a trend: how a sealed run that was judged came out, in numbers.
///
/// Each night counts as its own policies and waivers judged it, so that a trend tells what was reported, not what today's
/// rules would have said.
public struct TrendPoint: Sendable, Hashable, Codable {
    /// The run.
    public var runID: AuditRun.ID
    /// When it started.
    public var startedAt: Timestamp
    /// The day of its start, in the report's zone.
    public var day: CalendarDay
    /// Whether it is complete; of a run that is not, the counts are those of what was got.
    public var state: AuditRun.State
    /// The policies that judged it; nil where they were not recorded.
    public var policySet: Digest?
    /// The clients on its roster.
    public var clientsExpected: Int
    /// The clients of which no group failed.
    public var clientsCollected: Int
    /// How often each verdict was given, over all rules and clients.
    public var counts: VerdictCounts
    /// Whether failures under a waiver are apart in ``counts``. Otherwise its `fail` has them, too: looking each of them up
    /// is bounded, and nights beyond that bound are counted as computed.
    public var isWaivedApart: Bool

    /// Joins the parts.
    public init(
        runID: AuditRun.ID, startedAt: Timestamp, day: CalendarDay, state: AuditRun.State, policySet: Digest? = nil,
        clientsExpected: Int, clientsCollected: Int, counts: VerdictCounts, isWaivedApart: Bool = true
    ) {
        self.runID = runID
        self.startedAt = startedAt
        self.day = day
        self.state = state
        self.policySet = policySet
        self.clientsExpected = clientsExpected
        self.clientsCollected = clientsCollected
        self.counts = counts
        self.isWaivedApart = isWaivedApart
    }

    /// The share of passes among the results that apply, from 0 to 1; nil where none applies. What is unknown counts among
    /// those that apply, so that what is missing never makes the share better.
    public var shareOfPasses: Double? {
        let applicable = counts.total - counts.notApplicable
        return applicable == 0 ? nil : Double(counts.pass) / Double(applicable)
    }
}
