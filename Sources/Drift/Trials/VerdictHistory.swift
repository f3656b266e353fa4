public import AuditModel

/// Nights in a row in which a client was judged alike by every rule.
public struct VerdictStretch: Sendable, Hashable {
    /// The nights by position, from 0 for the first that is looked at. A night in which the client was not on the roster
    /// is in no stretch.
    public var nights: Range<Int>
    /// One verdict a rule, in the order of the rules.
    public var verdicts: [Verdict]

    /// Joins the two.
    public init(nights: Range<Int>, verdicts: [Verdict]) {
        self.nights = nights
        self.verdicts = verdicts
    }
}

/// What one rule says of one client over some nights.
public struct VerdictHistory: Sendable, Hashable {
    /// In how many nights each verdict was given.
    public private(set) var counts = VerdictCounts()
    /// The first night in which the rule fails; nil where it never does.
    public private(set) var firstFailure: Int?
    /// The last night in which the rule fails; nil where it never does.
    public private(set) var lastFailure: Int?
    /// How often the rule came back to failing after it had passed: fail → pass → fail is one.
    ///
    /// Unknown and not applicable are no pass: fail → unknown → fail is one failure that could not be seen for a while.
    public private(set) var flaps = 0
    /// The verdict of ``lastNight``; nil where there is no night.
    public private(set) var lastVerdict: Verdict?
    /// The last night in which the client was judged; nil where there is none.
    public private(set) var lastNight: Int?
    private var hasPassedSinceFailure = false

    /// No night.
    public init() {}

    /// Adds nights in a row with one verdict; they come after all that were added before.
    public mutating func add(_ verdict: Verdict, nights: Range<Int>) {
        guard let last = nights.last else { return }
        counts.add(verdict, times: nights.count)
        lastVerdict = verdict
        lastNight = last
        switch verdict {
        case .fail:
            if firstFailure == nil { firstFailure = nights.lowerBound }
            if hasPassedSinceFailure { flaps += 1 }
            hasPassedSinceFailure = false
            lastFailure = last
        case .pass: hasPassedSinceFailure = firstFailure != nil
        case .unknown, .notApplicable: break
        }
    }
}
