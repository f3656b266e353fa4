/// What one waiver came to in a run, whether or not a failure lies under it.
public struct WaiverStanding: Sendable, Hashable, Codable {
    /// Whether it holds on the run's day.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// Its first day is still to come.
        case notYet = "not yet"
        /// From its first day to its last, both included.
        case inForce = "in force"
        /// Its last day is over.
        case ended
    }

    /// The waiver, with the days that remain after the run's day (negative once it has ended).
    public var facts: WaiverFacts
    /// The ids of the rules that it covers, in the order of its file.
    public var ruleIDs: [String]
    /// For whom it holds, as its file says: `na3/4199, na3/4200`, or `env=prod`.
    public var subject: String
    /// How many failures of the run lie under it.
    public var failures: Int

    /// Joins the parts.
    public init(facts: WaiverFacts, ruleIDs: [String], subject: String, failures: Int) {
        self.facts = facts
        self.ruleIDs = ruleIDs
        self.subject = subject
        self.failures = failures
    }

    /// Whether it holds on the run's day.
    public var state: State {
        if facts.daysLeft < 0 { return .ended }
        let day = facts.expires.daysSince1970 - facts.daysLeft
        return facts.from.daysSince1970 > day ? .notYet : .inForce
    }
}
