public import AuditModel

/// The one sentence that says it all; the first line of every report.
public enum DigestSentence {
    /// `38 of 40 clients collected; 3 new failures (1 critical) in 2 clients; 2 fixed; 9 still failing; exit status 1.`
    ///
    /// Synthetic data is said first, a baseline and a fetch-only run where the failures would stand. Every exit status
    /// that holds is named, the one that takes precedence first.
    public static func text(for report: AuditReport) -> String {
        var clauses = [collected(report.completeness)]
        switch report.run.kind {
        case .fetchOnly where report.rules.isEmpty: clauses.append("fetched only, nothing was judged")
        // "No failures" would be true, and would sound green.
        case .full where report.rules.isEmpty: clauses.append("no rule was evaluated")
        case .full where report.completeness.groupsCaptured == 0: clauses.append("nothing could be judged")
        // A fetch-only run has rules where it was judged afterwards.
        case .full where report.previousRun == nil, .fetchOnly where report.previousRun == nil:
            clauses.append(
                "baseline: " + failures(report.failures.map { (severity(of: $0, in: report), $0.client.id) }))
        case .full, .fetchOnly:
            let new = report.newFailures.map { (severity(of: $0, in: report), $0.client.id) }
            clauses.append(failures(new, adjective: "new"))
            // What lost sight is among the unknown, which are counted below.
            clauses += moves(report.verdictChanges.filter { $0.transition != .sightLost })
            let still = report.failures.count - report.newFailures.count
            if still > 0 { clauses.append("\(Words.number(still)) still failing") }
        }
        clauses += waived(report.waived.compactMap(\.waiver))
        if !report.unknowns.isEmpty {
            let clients = Set(report.unknowns.map(\.client.id)).count
            clauses.append("\(Words.number(report.unknowns.count)) unknown in \(Words.count(clients, "client"))")
        }
        if report.run.state == .open { clauses.append("the run is still open") }
        clauses += exit(report.exitStatus, report.conditions)
        let hypothesis = report.hypothesis.map { "What if \(VisibleText.of($0))? " } ?? ""
        return mark(report.run.isSynthetic) + hypothesis + clauses.joined(separator: "; ") + "."
    }

    /// `na3, 2026-10-29 → 2026-11-01: 31 settings changes (4 different) in 16 clients; 1 new failure in 1 client; 2 fixed.`
    public static func text(for report: DiffReport) -> String {
        let sides = "\(VisibleText.of(report.to.run.environment.rawValue)), \(report.from.day) → \(report.to.day): "
        var clauses: [String] = []
        if report.settingsChanges.isEmpty {
            clauses.append("no settings changes")
        } else {
            let total = report.settingsChanges.reduce(0) { $0 + $1.clients.count }
            let different = report.settingsChanges.count
            let clients = Set(report.settingsChanges.flatMap { $0.clients.map(\.id) }).count
            clauses.append(
                Words.count(total, "settings change")
                    + (total == different ? "" : " (\(Words.number(different)) different)")
                    + " in \(Words.count(clients, "client"))")
        }
        let severities = Dictionary(report.rules.map { ($0.id, $0.severity) }, uniquingKeysWith: { first, _ in first })
        let new = report.verdictChanges.filter { $0.transition == .new || $0.transition == .firstSeen }
        if new.isEmpty {
            clauses.append(report.verdictChanges.isEmpty ? "no verdict changes" : "no new failures")
        } else {
            clauses.append(failures(new.map { (severities[$0.ruleID], $0.client.id) }, adjective: "new"))
        }
        clauses += moves(report.verdictChanges)
        if !report.rosterChanges.isEmpty { clauses.append(Words.count(report.rosterChanges.count, "roster change")) }
        if !report.incomparable.isEmpty {
            clauses.append("\(Words.count(report.incomparable.count, "group")) not comparable")
        }
        let isSynthetic = report.from.run.isSynthetic || report.to.run.isSynthetic
        return mark(isSynthetic) + sides + clauses.joined(separator: "; ") + "."
    }

    private static func mark(_ isSynthetic: Bool) -> String {
        isSynthetic ? "Synthetic data (emulator): " : ""
    }

    private static func collected(_ completeness: Completeness) -> String {
        completeness.clientsExpected == 0
            ? "no clients on the roster"
            : "\(Words.number(completeness.clientsCollected)) of \(Words.count(completeness.clientsExpected, "client")) collected"
    }

    private static func severity(of finding: Finding, in report: AuditReport) -> Severity? {
        report.severity(of: finding)
    }

    /// `3 new failures (1 critical, 1 high) in 2 clients`; only the two severities that someone is woken for are told.
    private static func failures(_ failures: [(severity: Severity?, client: Client.ID)], adjective: String? = nil)
        -> String
    {
        let noun = adjective.map { $0 + " failure" } ?? "failure"
        guard !failures.isEmpty else { return "no \(Words.plural(noun))" }
        let severe = [Severity.critical, .high].compactMap { severity in
            let count = failures.count { $0.severity == severity }
            return count == 0 ? nil : "\(Words.number(count)) \(severity.rawValue)"
        }
        return Words.count(failures.count, noun) + (severe.isEmpty ? "" : " (\(severe.joined(separator: ", ")))")
            + " in \(Words.count(Set(failures.map(\.client)).count, "client"))"
    }

    private static func moves(_ changes: [VerdictChange]) -> [String] {
        Transition.allCases.compactMap { transition in
            switch transition {
            case .firstSeen, .new, .still: return nil
            case .fixed, .noLongerApplicable, .sightLost, .ruleRetired, .clientLeft:
                let count = changes.count(of: transition)
                return count == 0 ? nil : "\(Words.number(count)) \(transition.words)"
            }
        } + waiverMoves(changes)
            + (changes.countByRulesAlone == 0 ? [] : ["\(Words.number(changes.countByRulesAlone)) moved by the rules"])
    }

    /// `8 waived; 1 waiver ends within 14 days`: one clause for each failure under a waiver, one for what ends soon.
    private static func waived(_ waivers: [WaiverFacts]) -> [String] {
        guard !waivers.isEmpty else { return [] }
        let ending = Set(waivers.filter { $0.daysLeft <= 14 }.map(\.id)).count
        let end = ending == 1 ? "1 waiver ends" : "\(Words.number(ending)) waivers end"
        return ["\(Words.number(waivers.count)) waived"] + (ending == 0 ? [] : [end + " within 14 days"])
    }

    /// A failure that a waiver came over, or that none lies over any more; it failed before and fails still.
    private static func waiverMoves(_ changes: [VerdictChange]) -> [String] {
        let moved = changes.filter { $0.causes.contains(.waiver) }
        let ended = moved.count { $0.waiverAfter == nil }
        return [(moved.count - ended, "newly waived"), (ended, "no longer waived")].compactMap { count, words in
            count == 0 ? nil : "\(Words.number(count)) \(words)"
        }
    }

    private static func exit(_ status: ExitStatus, _ conditions: [ExitCondition]) -> [String] {
        guard !conditions.isEmpty else { return [] }
        let others = Set(conditions.map(\.status)).subtracting([status]).sorted(by: >).map { String($0.rawValue) }
        return [
            "exit status \(status.rawValue)" + (others.isEmpty ? "" : " (also \(others.joined(separator: ", ")))")
        ]
    }
}
