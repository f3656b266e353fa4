import AuditModel
import Drift
import Policies
import SnapshotStore

/// Judges the captures of one run on each of the days to come.
///
/// Only what the days can move is looked at again: rules that read the time, day by day, and failures on the days on which a
/// waiver begins or after one ends. A run of a coming day is taken to start at the time of day at which the last one did.
struct Forecaster {
    /// What there is to say of the run as a whole.
    struct Outcome {
        var moves: [Forecast.Move] = []
        var waiverDates: [Forecast.WaiverDate]
        var unknownCount = 0
    }

    private enum Input { case time, waivers }

    /// A standing as far as it counts.
    private struct Look: Equatable {
        var verdict: Verdict
        var isWaived: Bool
    }

    /// One rule's verdict for one client, day by day.
    private struct Course {
        var result: RuleResult
        /// By position in ``days``; nil for a verdict that no day moves.
        var verdicts: [Verdict]?

        func result(on position: Int) -> RuleResult {
            var result = result
            if let verdicts { result.verdict = verdicts[position] }
            return result
        }
    }

    private let judged: JudgedRun
    private let policies: PolicySet
    private let waivers: WaiverSet
    /// The day of the run, then every day up to the last.
    private let days: [CalendarDay]
    private let moments: [Timestamp]
    /// The positions of the days on which a waiver begins, and of those after a last one.
    private let edges: [Int]
    private let isEdge: Set<Int>
    /// The rules that read the time, each with its place in their list.
    private let timeRules: [String: Int]
    private let severities: [String: Severity]

    init(_ judged: JudgedRun, policies: PolicySet, until last: CalendarDay, zone: DayZone) {
        self.judged = judged
        self.policies = policies
        waivers = judged.waivers.waivers
        let first = judged.waivers.day
        days = (first.daysSince1970...max(first, last).daysSince1970).map(CalendarDay.init(daysSince1970:))
        // The run itself is judged at its own moment.
        moments =
            [judged.run.startedAt] + days.dropFirst().map { zone.moment(of: $0, atTimeOfDayOf: judged.run.startedAt) }
        let changing = Set(waivers.waivers.flatMap { [$0.from.daysSince1970, $0.expires.daysSince1970 + 1] })
        edges = days.indices.dropFirst().filter { [days] in changing.contains(days[$0].daysSince1970) }
        isEdge = Set(edges)
        timeRules = Dictionary(
            policies.rulesReadingNow.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        severities = Dictionary(policies.facts.map { ($0.id, $0.severity) }, uniquingKeysWith: { first, _ in first })
    }

    func outcome() throws -> Outcome {
        var outcome = Outcome(waiverDates: datesWithoutCounts)
        for client in judged.roster {
            let results = try judged.results(of: client)
            outcome.unknownCount += results.count { $0.verdict == .unknown }
            let concerned = !edges.isEmpty && waivers.waivers.contains { $0.concerns(client) }
            guard concerned || !timeRules.isEmpty else { continue }
            var snapshot: Snapshot?
            let courses = try courses(of: client, results, &snapshot)
            for course in courses where course.verdicts != nil || concerned {
                outcome.moves += try moves(of: course, client, &snapshot)
                if concerned { try count(course, client, &snapshot, in: &outcome.waiverDates) }
            }
        }
        outcome.moves.sort {
            if $0.day != $1.day { return $0.day < $1.day }
            if $0.ruleID != $1.ruleID { return $0.ruleID.precedesInUTF16($1.ruleID) }
            return $0.client.id < $1.client.id
        }
        return outcome
    }

    /// The results that a day can move: failures, and those of rules that read the time.
    private func courses(
        of client: Client, _ results: [RuleResult], _ snapshot: inout Snapshot?
    ) throws -> [Course] {
        guard !timeRules.isEmpty else { return results.filter { $0.verdict == .fail }.map { Course(result: $0) } }
        let verdicts = policies.verdictsOfRulesReadingNow(
            for: try content(of: client, &snapshot), at: moments)
        return results.compactMap { result in
            if let place = timeRules[result.ruleID] {
                return Course(result: result, verdicts: verdicts.map { $0[place] })
            }
            return result.verdict == .fail ? Course(result: result) : nil
        }
    }

    private func moves(
        of course: Course, _ client: Client, _ snapshot: inout Snapshot?
    ) throws -> [Forecast.Move] {
        var moves: [Forecast.Move] = []
        var (place, standing) = (0, try self.standing(of: course, client, verdict: 0, day: 0, &snapshot))
        for position in course.verdicts == nil ? edges : Array(days.indices.dropFirst()) {
            // Most verdicts stay, and most days begin and end no waiver.
            if let verdicts = course.verdicts, verdicts[position] == verdicts[place], !isEdge.contains(position) {
                place = position
                continue
            }
            let next = try self.standing(of: course, client, verdict: position, day: position, &snapshot)
            if !next.isLike(standing) {
                var move = Forecast.Move(
                    day: days[position], client: client, ruleID: course.result.ruleID,
                    severity: course.result.severity ?? severities[course.result.ruleID] ?? .info,
                    before: standing, after: next, causes: [])
                try explain(&move, course, from: place, to: position, &snapshot)
                moves.append(move)
            }
            (place, standing) = (position, next)
        }
        return moves
    }

    /// Finds what moved it, by taking the verdict and the waivers' day from the later day one by one.
    private func explain(
        _ move: inout Forecast.Move, _ course: Course, from earlier: Int, to later: Int, _ snapshot: inout Snapshot?
    ) throws {
        let client = move.client
        let sets = try Counterfactual.sufficientSets(of: [Input.time, .waivers]) { inputs in
            let standing = try self.standing(
                of: course, client, verdict: inputs.contains(.time) ? later : earlier,
                day: inputs.contains(.waivers) ? later : earlier, &snapshot)
            return Look(verdict: standing.verdict, isWaived: standing.waiver != nil)
        }
        let inputs = Set(sets.flatMap { $0 })
        if inputs.contains(.time) { move.causes.append(.time) }
        guard inputs.contains(.waivers) else { return }
        move.causes.append(move.after.waiver == nil ? .waiverEnds : .waiverBegins)
        // One that has ended may never have covered the failure: it would have, a day earlier.
        move.waiver =
            try move.after.waiver
            ?? self.standing(of: course, client, verdict: later, day: earlier, &snapshot).waiver
    }

    private func standing(
        of course: Course, _ client: Client, verdict: Int, day: Int, _ snapshot: inout Snapshot?
    ) throws -> Forecast.Standing {
        let result = course.result(on: verdict)
        let waiver = try WaiversOnDay(waivers, on: days[day]).facts(over: result, of: client) {
            try content(of: client, &snapshot)
        }
        return Forecast.Standing(verdict: result.verdict, waiver: waiver)
    }

    private func content(of client: Client, _ snapshot: inout Snapshot?) throws -> Snapshot {
        if let snapshot { return snapshot }
        let own = try judged.snapshot(of: client)
        snapshot = own
        return own
    }

    // MARK: Waivers

    /// The waivers that begin after the run's day, and those whose last day is not before it, in the days looked at.
    private var datesWithoutCounts: [Forecast.WaiverDate] {
        guard let first = days.first, let last = days.last else { return [] }
        return waivers.waivers.flatMap { waiver -> [Forecast.WaiverDate] in
            func date(_ kind: Forecast.WaiverDate.Kind, _ day: CalendarDay) -> Forecast.WaiverDate {
                Forecast.WaiverDate(
                    kind: kind, day: day, waiver: waiver.facts(on: day), ruleIDs: waiver.ruleIDs,
                    subject: waiver.subjectText, failureCount: 0, redCount: 0)
            }
            var dates: [Forecast.WaiverDate] = []
            if waiver.from > first, waiver.from <= last { dates.append(date(.begins, waiver.from)) }
            // The day after the last one is the one that counts.
            if waiver.expires >= first, waiver.expires < last { dates.append(date(.ends, waiver.expires)) }
            return dates.filter { _ in judged.roster.contains(where: waiver.concerns) }
        }.sorted { ($0.day, $0.waiver.id, $0.kind.rawValue) < ($1.day, $1.waiver.id, $1.kind.rawValue) }
    }

    /// Counts a failure under each waiver that covers it on its first or last day.
    private func count(
        _ course: Course, _ client: Client, _ snapshot: inout Snapshot?, in dates: inout [Forecast.WaiverDate]
    ) throws {
        for index in dates.indices where dates[index].ruleIDs.contains(course.result.ruleID) {
            let position = dates[index].day.daysSince1970 - days[0].daysSince1970
            let standing = try standing(of: course, client, verdict: position, day: position, &snapshot)
            guard standing.waiver?.id == dates[index].waiver.id else { continue }
            dates[index].failureCount += 1
            guard dates[index].kind == .ends else { continue }
            let next = try self.standing(of: course, client, verdict: position + 1, day: position + 1, &snapshot)
            if next.isRed { dates[index].redCount += 1 }
        }
    }
}
