/// All that is told of one run; every output format is written from this value.
public struct AuditReport: Sendable, Hashable, Codable {
    /// The run.
    public var run: AuditRun
    /// The day of the run's start in ``timeZone``.
    public var day: CalendarDay
    /// The zone that days are told in, by its IANA name.
    public var timeZone: String
    /// The sealed run before it in the same environment, which changes and transitions compare with; nil for a baseline.
    public var previousRun: AuditRun?
    /// How much of what was expected was got.
    public var completeness: Completeness
    /// The policies it was judged by, by id.
    public var policies: [PolicyFacts]
    /// Every rule with its counts, by rule id.
    public var rules: [RuleSummary]
    /// Every failed result that no waiver lies over, by severity, then rule, then client.
    public var failures: [Finding]
    /// Every failed result that a waiver lies over, each with ``Finding/waiver``, in the same order.
    public var waived: [Finding]
    /// Every waiver of the run's waiver files, the next to end first; empty for a part of a run's clients, since a waiver may
    /// name others.
    public var waivers: [WaiverStanding]
    /// Every unknown result, in the same order.
    public var unknowns: [Finding]
    /// Verdicts that moved since the run before, new and fixed and all the others but `still`.
    public var verdictChanges: [VerdictChange]
    /// Settings that changed since the run before; those that most clients share come first.
    public var settingsChanges: [SharedChange]
    /// Clients that came, left or were renamed since the run before.
    public var rosterChanges: [RosterChange]
    /// Undocumented and missing mandatory keys.
    public var deviations: [KeyDeviation]
    /// Sentences on what this run does not show.
    public var notAssessed: [String]
    /// Sentences that the operator must read (clock, synthetic data, passwords about to expire).
    public var warnings: [String]
    /// Each exit status that holds, with its sentence, lowest precedence first; empty means success.
    public var conditions: [ExitCondition]
    /// The newest complete run of the same environment and kind that started when this one did or before, so this run
    /// itself where it is complete; nil where there is none.
    public var lastCompleteRun: AuditRun?

    /// Where the run stands in the log of sealed runs; nil where it is not in one, as for exported files.
    public var log: LogFacts?
    /// The verdict of every rule for every client; empty where nothing was judged.
    public var verdicts: VerdictGrid
    /// The last judged nights of the environment up to this one, the oldest first; empty where nothing was judged.
    public var trend: [TrendPoint]
    /// What was assumed where this is no record but a "what if?"; nil for a record. The first sentence says it.
    public var hypothesis: String?
    /// Whether findings take precedence over incomplete evidence.
    public var prefersFindings: Bool

    /// Joins the parts.
    public init(
        run: AuditRun, day: CalendarDay, timeZone: String, previousRun: AuditRun?, completeness: Completeness,
        policies: [PolicyFacts], rules: [RuleSummary], failures: [Finding], unknowns: [Finding],
        verdictChanges: [VerdictChange], settingsChanges: [SharedChange], rosterChanges: [RosterChange],
        deviations: [KeyDeviation], notAssessed: [String], warnings: [String], conditions: [ExitCondition],
        waived: [Finding] = [], waivers: [WaiverStanding] = [], lastCompleteRun: AuditRun? = nil, log: LogFacts? = nil,
        hypothesis: String? = nil, prefersFindings: Bool = false, verdicts: VerdictGrid = VerdictGrid(),
        trend: [TrendPoint] = []
    ) {
        self.run = run
        self.day = day
        self.timeZone = timeZone
        self.previousRun = previousRun
        self.completeness = completeness
        self.policies = policies
        self.rules = rules
        self.failures = failures
        self.unknowns = unknowns
        self.waivers = waivers
        self.verdictChanges = verdictChanges
        self.settingsChanges = settingsChanges
        self.rosterChanges = rosterChanges
        self.deviations = deviations
        self.notAssessed = notAssessed
        self.warnings = warnings
        self.conditions = conditions
        self.waived = waived
        self.lastCompleteRun = lastCompleteRun
        self.log = log
        self.hypothesis = hypothesis
        self.prefersFindings = prefersFindings
        self.verdicts = verdicts
        self.trend = trend
    }

    /// The status that the process ends with: the condition that takes precedence.
    ///
    /// Where findings are preferred and there are any, incomplete evidence does not take precedence; it stays among the
    /// conditions all the same.
    public var exitStatus: ExitStatus {
        let statuses = conditions.map(\.status)
        let hasFindings = prefersFindings && statuses.contains(.findings)
        return statuses.filter { !(hasFindings && $0 == .incomplete) }.max() ?? .success
    }

    /// The failures that a transition marks as new or seen for the first time after a baseline.
    public var newFailures: [Finding] {
        failures.filter { $0.transition == .new || $0.transition == .firstSeen && previousRun != nil }
    }

    /// The run as a night of a trend: with the verdicts and waivers of this report.
    public var trendPoint: TrendPoint {
        var counts = VerdictCounts()
        for rule in rules {
            counts.pass += rule.counts.pass
            counts.fail += rule.counts.fail
            counts.waived += rule.counts.waived
            counts.unknown += rule.counts.unknown
            counts.notApplicable += rule.counts.notApplicable
        }
        return TrendPoint(
            runID: run.id, startedAt: run.startedAt, day: day, state: run.state, policySet: run.policySet,
            clientsExpected: completeness.clientsExpected, clientsCollected: completeness.clientsCollected,
            counts: counts)
    }

    /// The facts of a rule.
    public func facts(of ruleID: String) -> RuleFacts? {
        rules.first { $0.facts.id == ruleID }?.facts
    }

    /// How bad a finding is: what an override says for its client, else what its rule says; nil where no rule is told of.
    public func severity(of finding: Finding) -> Severity? {
        finding.result.severity ?? facts(of: finding.result.ruleID)?.severity
    }
}

/// One reason for an exit status.
public struct ExitCondition: Sendable, Hashable, Codable {
    /// The status.
    public var status: ExitStatus
    /// What happened, as a sentence.
    public var sentence: String

    /// Joins the two.
    public init(_ status: ExitStatus, _ sentence: String) {
        self.status = status
        self.sentence = sentence
    }
}

/// A client that came, left, or is described otherwise than before.
public struct RosterChange: Sendable, Hashable, Codable {
    /// In which way.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// On the later roster only.
        case joined
        /// On the earlier roster only, and not marked retired.
        case left
        /// On the earlier roster only, and marked retired.
        case retired
        /// Its code or its name in the configuration is another.
        case renamed
        /// It is read through another account.
        case movedAccount
        /// Its labels are others.
        case relabelled
    }

    /// In which way.
    public var kind: Kind
    /// The client, as of the later run that has it.
    public var client: Client
    /// The earlier description (name, account, labels); nil for joined.
    public var before: String?
    /// The later description; nil for left and retired.
    public var after: String?

    /// Joins the parts.
    public init(kind: Kind, client: Client, before: String? = nil, after: String? = nil) {
        self.kind = kind
        self.client = client
        self.before = before
        self.after = after
    }
}
