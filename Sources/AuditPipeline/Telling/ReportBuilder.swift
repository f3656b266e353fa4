import AuditModel
import Drift
import Policies
import SnapshotStore

/// Puts a run's report together.
struct ReportBuilder {
    let own: JudgedRun
    let previous: JudgedRun?
    let zone: DayZone
    let retired: Set<Client.ID>
    /// Whether it is looked up since when each failure lasts.
    let datesFailures: Bool
    /// What the run's recorded result vectors come to, once the report is made.
    private(set) var counted: [ResultsID: VerdictCounts] = [:]

    /// How many look-backs for "failing since" one report may cost; beyond, the sentence is left out rather than the
    /// report made slow.
    private static let lookBackLimit = 2_000
    static let partSentence =
        "This report is of a part of the run's clients; the run's own notes and warnings are left out, since they may tell of "
        + "others."

    init(own: JudgedRun, previous: JudgedRun?, zone: DayZone, retired: Set<Client.ID>, datesFailures: Bool) {
        self.own = own
        self.previous = previous
        self.zone = zone
        self.retired = retired
        self.datesFailures = datesFailures
    }

    mutating func report(exitPolicy: ExitPolicy, everyLoginWasRefused: Bool) throws -> AuditReport {
        var entries: [RunComparison.Entry] = []
        if let previous {
            var comparison = RunComparison(from: previous, to: own, bridgesGaps: true)
            entries = try comparison.entries()
        }
        let verdictChanges = entries.flatMap(\.verdictChanges)
        let settingsChanges = SharedChanges.grouped(
            entries.map { ($0.client, $0.difference.changes) }, verdictChanges: verdictChanges)
        let roster =
            previous.map { RosterChanges.between(before: $0.roster, after: own.roster, retired: retired) } ?? []
        var tally = try Tally(own, verdictChanges: verdictChanges, isBaseline: previous == nil)
        counted = tally.counted
        try dateFailures(&tally)
        // Of a part of the clients, neither the run's notes nor warnings of waivers are told: they may name others.
        let warnings =
            own.isPart
            ? [Self.partSentence]
            : try own.store.notes(of: own.run.id)
                + tally.warnings.sentences(of: own, isOnlyEnvironment: try own.store.environments().count <= 1)
        let completeness = try completeness(tally, roster: roster)
        let conditions = ExitAssessment.conditions(
            completeness: completeness, rules: tally.rules, failures: tally.failures, unknowns: tally.unknowns,
            everyLoginWasRefused: everyLoginWasRefused, isFetchOnly: own.policies == nil, policy: exitPolicy)
        return AuditReport(
            run: own.run, day: zone.day(of: own.run.startedAt), timeZone: zone.identifier, previousRun: previous?.run,
            completeness: completeness, policies: own.policies?.policies ?? [], rules: tally.rules,
            failures: tally.failures, unknowns: tally.unknowns,
            verdictChanges: verdictChanges.filter { $0.transition != .still }, settingsChanges: settingsChanges,
            rosterChanges: roster, deviations: try Deviations.of(own), notAssessed: notAssessed(completeness),
            warnings: warnings, conditions: conditions,
            waived: tally.waived, waivers: own.isPart ? [] : own.waivers.standings(over: tally.waived),
            lastCompleteRun: try own.store.latestCompleteRun(
                in: own.run.environment, startedAtOrBefore: own.run.startedAt, kind: own.run.kind),
            prefersFindings: exitPolicy.prefersFindings, verdicts: tally.verdicts)
    }

    /// Whether no login succeeded, as far as the stored failures tell.
    func everyCaptureLacksALogin() throws -> Bool {
        !own.nights.isEmpty
            && own.nights.values.allSatisfy { night in
                night.captures.pairs.allSatisfy { pair in
                    switch pair.value {
                    case .failure(let failure): failure.reason == .loginRefused
                    case .notCollected: true
                    case .document: false
                    }
                }
            }
    }

    private func dateFailures(_ tally: inout Tally) throws {
        guard datesFailures, tally.failingClients.count <= Self.lookBackLimit, own.isRecorded else { return }
        let lookBack = LookBack(store: own.store, before: own.run)
        var since: [Client.ID: [String: Timestamp]] = [:]
        for (client, rules) in tally.failingClients {
            since[client] = try lookBack.failingSince(rules, of: client, upTo: own.run)
        }
        for index in tally.failures.indices {
            let finding = tally.failures[index]
            tally.failures[index].failingSince = since[finding.client.id]?[finding.result.ruleID]
        }
        for index in tally.waived.indices {
            let finding = tally.waived[index]
            tally.waived[index].failingSince = since[finding.client.id]?[finding.result.ruleID]
        }
    }

    private func completeness(_ tally: Tally, roster: [RosterChange]) throws -> Completeness {
        var completeness = Completeness(
            clientsExpected: own.roster.count, clientsCollected: 0, groupsExpected: own.roster.count * 5,
            groupsCaptured: 0, groupsFailed: 0, groupsNotCollected: 0, failures: [],
            vanishedClients: roster.filter { $0.kind == .left }.map(\.client),
            unassessedClients: own.policies == nil ? [] : tally.unassessed)
        for client in own.roster {
            guard let night = own.nights[client.id.number] else { continue }
            var failed = 0
            for (group, capture) in night.captures.pairs {
                switch capture {
                case .document: completeness.groupsCaptured += 1
                case .notCollected: completeness.groupsNotCollected += 1
                case .failure(let failure):
                    failed += 1
                    completeness.failures.append(
                        Completeness.FailedCapture(
                            client: client, group: group, failure: failure,
                            lastKnownAt: try own.store.lastKnown(group, of: client.id, before: own.run)?.answeredAt))
                }
            }
            completeness.groupsFailed += failed
            if failed == 0 { completeness.clientsCollected += 1 }
        }
        return completeness
    }

    private func notAssessed(_ completeness: Completeness) -> [String] {
        // A scope or an override that matches none of some clients may match another.
        NotAssessed.sentences(
            notCollected: completeness.groupsNotCollected, clients: own.roster,
            policies: own.isPart ? nil : own.policies)
    }
}

/// Counts and findings of one run.
private struct Tally {
    var rules: [RuleSummary]
    var failures: [Finding] = []
    var waived: [Finding] = []
    var warnings = WaiverWarnings()
    var unknowns: [Finding] = []
    var unassessed: [Client] = []
    var verdicts: VerdictGrid
    /// The rules that fail, for each client that has one.
    var failingClients: [(Client.ID, Set<String>)] = []
    /// Each recorded result vector once.
    var counted: [ResultsID: VerdictCounts] = [:]

    init(_ run: JudgedRun, verdictChanges: [VerdictChange], isBaseline: Bool) throws {
        var counts: [String: VerdictCounts] = [:]
        let changes = Dictionary(verdictChanges.map { ($0.findingID, $0) }) { first, _ in first }
        verdicts = VerdictGrid(clients: run.roster, ruleIDs: (run.policies?.facts ?? []).map(\.id))
        let stretch = 256
        for (row, client) in run.roster.enumerated() {
            if row % stretch == 0 { try run.prepareResults(of: run.roster[row...].prefix(stretch)) }
            var isAssessed = false
            var failing: Set<String> = []
            let results = try run.results(of: client)
            verdicts.record(results, row: row)
            if run.isRecorded, let id = run.nights[client.id.number]?.results, counted[id] == nil {
                counted[id] = VerdictCounts(of: results)
            }
            for result in results {
                let waiver = try run.waiver(over: result, of: client)
                warnings.note(result, of: client, waiver: waiver, in: run.waivers)
                counts[result.ruleID, default: VerdictCounts()].add(result.verdict, isWaived: waiver != nil)
                if result.verdict != .notApplicable { isAssessed = true }
                guard result.verdict == .fail || result.verdict == .unknown else { continue }
                let change = changes[Finding.id(client: client.id, ruleID: result.ruleID)]
                let isFailure = result.verdict == .fail
                let transition = change?.transition ?? (isFailure ? (isBaseline ? .firstSeen : .still) : nil)
                let finding = Finding(
                    client: client, result: result, transition: transition, flippedBy: change?.paths ?? [],
                    waiver: waiver)
                if isFailure {
                    if waiver == nil { failures.append(finding) } else { waived.append(finding) }
                    failing.insert(result.ruleID)
                } else {
                    unknowns.append(finding)
                }
            }
            if !isAssessed { unassessed.append(client) }
            if !failing.isEmpty { failingClients.append((client.id, failing)) }
        }
        rules = (run.policies?.facts ?? []).map { RuleSummary(facts: $0, counts: counts[$0.id] ?? VerdictCounts()) }
        let order = FindingOrder(run.policies)
        failures = order.sorted(failures)
        waived = order.sorted(waived)
        unknowns = order.sorted(unknowns)
    }
}
