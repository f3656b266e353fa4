public import AuditModel

/// What moves by itself in one environment in the days to come, where nobody changes anything: the captures of its latest
/// run, judged as the nights to come would judge them.
public struct Forecast: Sendable {
    /// What a rule says of a client on one day, with the waiver over it.
    public struct Standing: Sendable, Hashable {
        /// The verdict.
        public var verdict: Verdict
        /// The waiver over a failure; nil for none.
        public var waiver: WaiverFacts?

        /// Whether it is a failure that no waiver covers.
        public var isRed: Bool { verdict == .fail && waiver == nil }

        /// Whether two standings are the same to those who read them; which waiver it is does not count.
        func isLike(_ other: Standing) -> Bool {
            verdict == other.verdict && (waiver == nil) == (other.waiver == nil)
        }
    }

    /// What moves a verdict that nobody touches.
    public enum Cause: String, Sendable, Hashable, CaseIterable {
        /// The rule reads the time.
        case time
        /// The day before was the last one of a waiver.
        case waiverEnds
        /// The first day of a waiver has come.
        case waiverBegins
    }

    /// A verdict that moves by itself.
    public struct Move: Sendable, Hashable {
        /// The first day on which a run would say it.
        public var day: CalendarDay
        /// The client.
        public var client: Client
        /// The rule.
        public var ruleID: String
        /// How bad a failure is for this client.
        public var severity: Severity
        /// The standing on the day before.
        public var before: Standing
        /// The standing on the day.
        public var after: Standing
        /// What moves it; two where it takes both, or each would do it.
        public var causes: [Cause]
        /// The waiver that ends or begins; nil where none has to do with it.
        public var waiver: WaiverFacts?

        /// Whether it becomes a failure that no waiver covers.
        public var turnsRed: Bool { after.isRed && !before.isRed }
        /// The finding's id.
        public var findingID: String { Finding.id(client: client.id, ruleID: ruleID) }
    }

    /// A waiver that begins or ends, whether or not a verdict moves with it.
    public struct WaiverDate: Sendable, Hashable {
        /// In which way.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// ``WaiverDate/day`` is its last day.
            case ends
            /// ``WaiverDate/day`` is its first day.
            case begins
        }

        /// In which way.
        public var kind: Kind
        /// The day in the waiver file.
        public var day: CalendarDay
        /// The waiver, told on that day.
        public var waiver: WaiverFacts
        /// The rules that it covers.
        public var ruleIDs: [String]
        /// For whom it holds, as people read it.
        public var subject: String
        /// How many failures it covers on that day.
        public var failureCount: Int
        /// How many of them no waiver covers on the day after the last one; 0 for one that begins.
        public var redCount: Int
    }

    /// The password of an account of the platform that ends: from then on its clients cannot be read.
    public struct PasswordDate: Sendable, Hashable {
        /// The account, as the configuration names it.
        public var account: String
        /// The day on which it ends, counted from the run that read it.
        public var day: CalendarDay
    }

    /// The run whose captures are judged.
    public var run: AuditRun
    /// The day of its start.
    public var runDay: CalendarDay
    /// Today; what moved after the run and up to today is told too, since no run has shown it.
    public var today: CalendarDay
    /// The last day that is looked at.
    public var lastDay: CalendarDay
    /// How many clients are looked at.
    public var clientCount: Int
    /// The policies that judge.
    public var policies: [PolicyFacts]
    /// What the policies say of their rules.
    public var rules: [RuleFacts]
    /// How many rules read the time.
    public var timeRuleCount: Int
    /// How many verdicts are unknown in the run: what they become cannot be foreseen.
    public var unknownCount: Int
    /// By day, rule and client.
    public var moves: [Move]
    /// By day and waiver.
    public var waiverDates: [WaiverDate]
    /// By day and account.
    public var passwordDates: [PasswordDate]

    /// Whether it moved after the run and up to today: it is so already, and no run has shown it.
    public func isSinceRun(_ move: Move) -> Bool { move.day <= today }

    /// Whether a waiver has ended or begun already. The last day of one is over on the day after.
    public func isSinceRun(_ date: WaiverDate) -> Bool {
        switch date.kind {
        case .ends: date.day < today
        case .begins: date.day <= today
        }
    }

    /// Whether a password has ended already.
    public func isSinceRun(_ date: PasswordDate) -> Bool { date.day <= today }

    /// The moves to a failure that no waiver covers: those to come, and those since the run that still count today.
    public var movesToRed: (coming: [Move], overdue: [Move]) {
        var latest: [String: Move] = [:]
        for move in moves where move.day <= today { latest[move.findingID] = move }
        return (
            moves.filter { $0.turnsRed && $0.day > today },
            moves.filter { $0.turnsRed && latest[$0.findingID] == $0 }
        )
    }
}
