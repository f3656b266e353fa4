public import AuditModel
public import Policies

/// Judges exported snapshots without a store, and makes the report that a stored run of them would have.
///
/// A snapshot is judged and let go; only what the report tells of it is kept. ``Part`` is what one worker has judged, so
/// that several can work side by side.
public struct ExportedAudit: Sendable {
    let policies: PolicySet
    let zone: DayZone
    let exitPolicy: ExitPolicy
    let assuming: [SettingPath: SettingValue]
    let waivers: WaiversOnDay?

    /// Judges by a policy set.
    ///
    /// - Parameters:
    ///   - assuming: settings that are taken to have other values (what if?).
    ///   - waivers: what is laid over failures; nil for nothing.
    public init(
        policies: PolicySet, zone: DayZone, exitPolicy: ExitPolicy = ExitPolicy(),
        assuming: [SettingPath: SettingValue] = [:], waivers: WaiversOnDay? = nil
    ) {
        self.waivers = waivers
        self.policies = policies
        self.zone = zone
        self.exitPolicy = exitPolicy
        self.assuming = assuming
    }

    /// What has been judged of the snapshots of one run.
    public struct Part: Sendable {
        struct Deviation: Hashable {
            var kind: KeyDeviation.Kind
            var path: SettingPath
        }

        /// The clients, in the order added.
        var clients: [Client] = []
        /// By the rules' order.
        var counts: [VerdictCounts]
        var failures: [Finding] = []
        var waived: [Finding] = []
        var unknowns: [Finding] = []
        var unassessed: [Client] = []
        var failedCaptures: [Completeness.FailedCapture] = []
        var captured = 0
        var notCollected = 0
        var deviations: [Deviation: [Client.ID]] = [:]
        var verdicts: VerdictGrid
        var memory = DeviationMemory()

        init(ruleIDs: [String]) {
            counts = Array(repeating: VerdictCounts(), count: ruleIDs.count)
            verdicts = VerdictGrid(ruleIDs: ruleIDs)
        }
    }

    /// Nothing judged yet.
    public func emptyPart() -> Part { Part(ruleIDs: policies.facts.map(\.id)) }

    /// Judges one client's snapshot.
    ///
    /// - Parameter now: the start of the run that it is of: what rules call `now`.
    public func judge(_ snapshot: Snapshot, now: Timestamp, into part: inout Part) {
        let client = snapshot.client
        part.clients.append(client)
        for (group, content) in snapshot.groups.pairs {
            switch content {
            case .document(let value, _):
                part.captured += 1
                for (kind, path) in part.memory.deviations(of: value, group: group) {
                    part.deviations[Part.Deviation(kind: kind, path: path), default: []].append(client.id)
                }
            case .notCollected: part.notCollected += 1
            case .failure(let failure):
                part.failedCaptures.append(
                    Completeness.FailedCapture(client: client, group: group, failure: failure, lastKnownAt: nil))
            }
        }
        let judged = assuming.isEmpty ? snapshot : snapshot.assuming(assuming)
        var isAssessed = false
        let results = policies.results(for: judged, now: now)
        part.verdicts.append(client, results)
        // Results come in the order of the rules.
        for (index, result) in results.enumerated() {
            let waiver = waivers?.facts(over: result, of: client) { judged }
            part.counts[index].add(result.verdict, isWaived: waiver != nil)
            switch result.verdict {
            case .pass: isAssessed = true
            case .notApplicable: break
            case .fail:
                isAssessed = true
                let finding = Finding(client: client, result: result, transition: .firstSeen, waiver: waiver)
                if waiver == nil { part.failures.append(finding) } else { part.waived.append(finding) }
            case .unknown:
                isAssessed = true
                part.unknowns.append(Finding(client: client, result: result))
            }
        }
        if !isAssessed { part.unassessed.append(client) }
    }

    /// The report of all parts together.
    ///
    /// - Parameters:
    ///   - run: the run that the snapshots are of.
    ///   - clientsExpected: how many were exported together; those that are not in the parts are missing.
    public func report(of run: AuditRun, clientsExpected: Int, parts: [Part]) -> AuditReport {
        let clients = parts.flatMap(\.clients).sorted { $0.id < $1.id }
        let expected = max(clientsExpected, clients.count)
        let failedCaptures = parts.flatMap(\.failedCaptures).sorted {
            ($0.client.id, $0.group) < ($1.client.id, $1.group)
        }
        let withFailures = Set(failedCaptures.map(\.client.id)).count
        let rules = policies.facts.enumerated().map { index, facts in
            RuleSummary(facts: facts, counts: parts.map(\.counts[index]).reduce(VerdictCounts(), +))
        }
        let order = FindingOrder(policies)
        let completeness = Completeness(
            clientsExpected: expected, clientsCollected: clients.count - withFailures, groupsExpected: expected * 5,
            groupsCaptured: parts.reduce(0) { $0 + $1.captured }, groupsFailed: failedCaptures.count,
            groupsNotCollected: parts.reduce(0) { $0 + $1.notCollected }, failures: failedCaptures,
            unassessedClients: parts.flatMap(\.unassessed).sorted { $0.id < $1.id })
        let failures = order.sorted(parts.flatMap(\.failures))
        let unknowns = order.sorted(parts.flatMap(\.unknowns))
        let waived = order.sorted(parts.flatMap(\.waived))
        var conditions = ExitAssessment.conditions(
            completeness: completeness, rules: rules, failures: failures, unknowns: unknowns,
            everyLoginWasRefused: false, isFetchOnly: false, policy: exitPolicy)
        if clients.count < expected {
            conditions.append(
                ExitCondition(
                    .incomplete,
                    "\(ExitAssessment.count(expected - clients.count, "file")) of the \(expected) that were exported "
                        + "together \(expected - clients.count == 1 ? "is" : "are") missing from the folder."))
        }
        var report = AuditReport(
            run: run, day: zone.day(of: run.startedAt), timeZone: zone.identifier, previousRun: nil,
            completeness: completeness, policies: policies.policies, rules: rules, failures: failures,
            unknowns: unknowns, verdictChanges: [], settingsChanges: [], rosterChanges: [],
            deviations: deviations(parts),
            notAssessed: notAssessed(run, clients, expected: expected, completeness.groupsNotCollected), warnings: [],
            conditions: conditions, waived: waived,
            waivers: waivers?.standings(over: waived) ?? [],
            prefersFindings: exitPolicy.prefersFindings, verdicts: .joined(parts.map(\.verdicts)))
        // Files are one night, and know of no other.
        if assuming.isEmpty, !rules.isEmpty { report.trend = [report.trendPoint] }
        return report
    }

    private func deviations(_ parts: [Part]) -> [KeyDeviation] {
        var found: [Part.Deviation: [Client.ID]] = [:]
        for part in parts { found.merge(part.deviations) { $0 + $1 } }
        return found.map { KeyDeviation(kind: $0.key.kind, path: $0.key.path, clients: $0.value.sorted()) }
            .sorted { ($0.path, $0.kind.rawValue) < ($1.path, $1.kind.rawValue) }
    }

    private func notAssessed(_ run: AuditRun, _ clients: [Client], expected: Int, _ notCollected: Int) -> [String] {
        var sentences = [NotAssessed.earlierRunsOfExportedFiles]
        if expected < run.clientCount {
            sentences.append(NotAssessed.clientsNotExported(run.clientCount - expected, of: run.clientCount))
        }
        return sentences + NotAssessed.sentences(notCollected: notCollected, clients: clients, policies: policies)
    }
}

extension VerdictCounts {
    fileprivate static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.pass += right.pass
        sum.fail += right.fail
        sum.waived += right.waived
        sum.unknown += right.unknown
        sum.notApplicable += right.notApplicable
        return sum
    }
}
