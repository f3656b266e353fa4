import AuditModel
import SnapshotStore

/// The last nights of an environment in numbers, from what the store has of them.
///
/// Most clients have the results of the night before, so each different result vector is counted once, and a night costs
/// one pass over its rows. Failures under a waiver are looked up one by one, the newest night first, up to a limit.
struct TrendReader {
    let store: SnapshotStore
    let zone: DayZone
    /// Nights of a trend, with that of the report.
    static let nights = 30
    /// What looking for waivers may cost, in clients' nights whose failures are looked through.
    var waiverLimit = 20_000
    /// The waivers that a run recorded, on its day.
    let waivers: (AuditRun) throws -> WaiversOnDay

    /// What a night costs whose settings have to be read for a waiver's `while`.
    static let costOfReading = 20

    /// The nights before a run, the oldest first.
    ///
    /// - Parameter counted: what result vectors come to that were read already: those of the run itself.
    func points(before run: AuditRun, counted: [ResultsID: VerdictCounts] = [:]) throws -> [TrendPoint] {
        var counted = counted
        var failing: [ResultsID: [RuleResult]] = [:]
        var budget = waiverLimit
        var points: [TrendPoint] = []
        for earlier in try store.sealedRuns(before: run, kind: .full, limit: Self.nights - 1).reversed() {
            let tally = try store.tally(of: earlier.id)
            try count(tally.clientsByResults.map(\.results), into: &counted)
            var counts = VerdictCounts()
            for (results, clients) in tally.clientsByResults { counts.add(counted[results], times: clients) }
            let waived = counts.fail == 0 ? 0 : try waivedCount(of: earlier, failing: &failing, budget: &budget)
            counts.fail -= waived ?? 0
            counts.waived = waived ?? 0
            points.append(
                TrendPoint(
                    runID: earlier.id, startedAt: earlier.startedAt, day: zone.day(of: earlier.startedAt),
                    state: earlier.state, policySet: earlier.policySet, clientsExpected: earlier.clientCount,
                    clientsCollected: tally.clientsCollected, counts: counts, isWaivedApart: waived != nil))
        }
        return points.reversed()
    }

    /// Counts result vectors that were not counted yet; a stretch at a time, since a fleet's can be many.
    private func count(_ results: [ResultsID], into counted: inout [ResultsID: VerdictCounts]) throws {
        let open = results.filter { counted[$0] == nil }
        let stretch = 256
        for start in stride(from: 0, to: open.count, by: stretch) {
            let ids = open[start..<min(start + stretch, open.count)]
            for (id, vector) in try store.verdicts(of: ids) { counted[id] = VerdictCounts(of: vector) }
        }
    }

    /// How many of a run's failures a waiver lies over; nil where they are too many to be looked up.
    private func waivedCount(
        of run: AuditRun, failing: inout [ResultsID: [RuleResult]], budget: inout Int
    ) throws -> Int? {
        let waivers = try waivers(run)
        let concerned = try waivers.areNone ? [] : store.roster(of: run.id).filter(waivers.concern)
        let cost = concerned.count * (waivers.readSettings ? Self.costOfReading : 1)
        guard cost <= budget else {
            budget = 0
            return nil
        }
        budget -= cost
        let clients = Dictionary(concerned.map { ($0.id.number, $0) }, uniquingKeysWith: { first, _ in first })
        var count = 0
        for (number, id) in try store.resultsIDs(of: run.id, clients: concerned.map(\.id.number)) {
            guard let client = clients[number] else { continue }
            if failing[id] == nil { failing[id] = try store.results(id).filter { $0.verdict == .fail } }
            for result in failing[id] ?? [] {
                let waiver = try waivers.facts(over: result, of: client) {
                    let night = try store.night(of: client.id, in: run.id)
                    return Snapshot(
                        client: client,
                        groups: try night.map { try store.content(of: $0) }
                            ?? PerGroup(repeating: .failure(CaptureFailure(.notAttempted))))
                }
                if waiver != nil { count += 1 }
            }
        }
        return count
    }
}

extension VerdictCounts {
    /// How often each verdict is among some results, with no waiver.
    init(of results: [RuleResult]) {
        self.init()
        for result in results { add(result.verdict) }
    }

    /// How often each verdict is in a vector, with no waiver.
    init(of vector: VerdictVector) {
        self.init()
        for verdict in vector.verdicts { add(verdict) }
    }

    /// Adds another's counts, several times.
    fileprivate mutating func add(_ other: VerdictCounts?, times: Int) {
        guard let other else { return }
        pass += other.pass * times
        fail += other.fail * times
        unknown += other.unknown * times
        notApplicable += other.notApplicable * times
    }
}
