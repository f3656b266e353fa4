public import AuditModel

/// What one destination outside is told of one run: an excerpt for whoever is on duty, who finds the rest in the report.
///
/// It follows from the report alone, so a message that did not arrive can be made again later, byte by byte.
public struct RunNotification: Sendable, Hashable {
    /// What may be worth a message. The raw values stand in configurations and are stored.
    public enum Event: String, CaseIterable, Sendable, Hashable {
        /// A failure counts that did not count in the run before: it is new, or its waiver has ended. Never in a baseline.
        case new
        /// A failure is mended.
        case fixed
        /// Evidence is missing, or cannot be trusted: every exit status besides that of findings.
        case incomplete
        /// The run took place, and nothing else is told: so that silence means that something is wrong.
        case alive
    }

    /// For how long evidence has been incomplete in just the same way.
    public struct Standing: Sendable, Hashable {
        /// The first of the runs in a row.
        public var run: AuditRun.ID
        /// The day of its start.
        public var day: CalendarDay
        /// How many runs there are in a row, this one included; 2 or more.
        public var nights: Int

        /// Joins the parts.
        public init(run: AuditRun.ID, day: CalendarDay, nights: Int) {
            self.run = run
            self.day = day
            self.nights = nights
        }
    }

    /// The run.
    public var report: AuditReport
    /// What is told, in the order of the cases.
    public var events: [Event]
    /// The least severity of the findings that are told; nil for all.
    public var minimumSeverity: Severity?
    /// Since when evidence has been incomplete in just this way; nil where the run before was not.
    public var standing: Standing?
    /// Which attempt to deliver this is, from 1.
    public var attempt: Int

    /// Joins the parts.
    public init(
        report: AuditReport, events: [Event], minimumSeverity: Severity? = nil, standing: Standing? = nil,
        attempt: Int = 1
    ) {
        self.report = report
        self.events = Event.allCases.filter(events.contains)
        self.minimumSeverity = minimumSeverity
        self.standing = standing
        self.attempt = attempt
    }

    /// Those of the events asked for that hold for a run, in the order of the cases.
    ///
    /// ``Event/alive`` holds where none of the others that are asked for does: a destination that asks for it gets a message
    /// from each run.
    public static func events(
        of report: AuditReport, among wanted: [Event], minimumSeverity: Severity? = nil
    ) -> [Event] {
        let told = RunNotification(report: report, events: [], minimumSeverity: minimumSeverity)
        let holding = Event.allCases.filter { event in
            switch event {
            case _ where !wanted.contains(event): false
            case .new: !told.newFailures.isEmpty
            case .fixed: !told.fixed.isEmpty
            case .incomplete: !told.gaps.isEmpty
            case .alive: false
            }
        }
        return holding.isEmpty && wanted.contains(.alive) ? [.alive] : holding
    }

    /// What an event says of the run, for telling whether two runs say the same.
    public func content(of event: Event) -> Digest {
        let parts: [String] =
            switch event {
            case .new: newFailures.map { "\($0.id) \($0.cause.rawValue)" }
            case .fixed: fixed.map(\.id)
            case .incomplete:
                gaps.map(\.sentence)
                    + report.completeness.failures.map { "\($0.client.id) \($0.group) \($0.failure.reason.rawValue)" }
            case .alive: []
            }
        return Digest(of: ([event.rawValue] + parts.sorted()).joined(separator: "\n"))
    }

    /// The id of the message: the same for each attempt, so that a receiver can tell one that comes twice.
    public var id: String {
        DerivedUUID.text(
            of: (["notification", report.run.id.rawValue] + events.map(\.rawValue)).joined(separator: "\n"))
    }
}

// MARK: What is told

extension RunNotification {
    /// One finding as a message tells it.
    struct Item {
        /// Why a failure is told.
        enum Cause: String {
            case new, firstSeen, waiverEnded, fixed
        }

        var id: String
        var client: Client
        var ruleID: String
        var rule: RuleFacts?
        var severity: Severity?
        var cause: Cause
        /// What the result says, without client and rule; one line, nothing invisible.
        var statement: String
        var paths: [SettingPath]
    }

    /// The failures that count and did not in the run before, in the report's order.
    var newFailures: [Item] {
        let freed = Set(
            report.verdictChanges.filter { change in
                change.before == .fail && change.after == .fail && change.waiverBefore != nil
                    && change.waiverAfter == nil
            }.map(\.findingID))
        return report.failures.compactMap { finding in
            let cause: Item.Cause
            if finding.transition == .new {
                cause = .new
            } else if finding.transition == .firstSeen, report.previousRun != nil {
                cause = .firstSeen
            } else if freed.contains(finding.id) {
                cause = .waiverEnded
            } else {
                return nil
            }
            let result = ReportedResult(
                client: finding.client, ruleID: finding.result.ruleID, verdict: .fail, finding: finding)
            return item(
                finding.id, finding.client, finding.result.ruleID, report.severity(of: finding), cause,
                ResultSentence.statement(of: result), finding.flippedBy)
        }
    }

    /// The failures that are mended, by severity, rule and client.
    var fixed: [Item] {
        report.verdictChanges.filter { $0.transition == .fixed }.compactMap { change in
            item(
                change.findingID, change.client, change.ruleID, report.facts(of: change.ruleID)?.severity, .fixed,
                "the rule holds again.", change.paths)
        }.sorted { left, right in
            let ranks = (left.severity?.rank ?? 0, right.severity?.rank ?? 0)
            if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
            if left.ruleID != right.ruleID { return left.ruleID < right.ruleID }
            return left.client.id < right.client.id
        }
    }

    /// Why the evidence is incomplete or cannot be trusted.
    var gaps: [ExitCondition] {
        report.conditions.filter { $0.status != .success && $0.status != .findings }
    }

    private func item(
        _ id: String, _ client: Client, _ ruleID: String, _ severity: Severity?, _ cause: Item.Cause,
        _ statement: String, _ paths: [SettingPath]
    ) -> Item? {
        // What no rule is told of is not less than anything.
        if let minimumSeverity, let severity, severity < minimumSeverity { return nil }
        return Item(
            id: id, client: client, ruleID: ruleID, rule: report.facts(of: ruleID), severity: severity, cause: cause,
            statement: statement, paths: paths)
    }
}
