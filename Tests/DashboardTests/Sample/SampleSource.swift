import AuditModel
import Synchronization

@testable import Dashboard

/// A source that has everything that a page can show, with one text wherever text can come from outside.
final class SampleSource: DashboardSource {
    static let nightly: Int64 = 86_400_000
    static let start: Int64 = 1_793_498_400_000

    /// What stands for every name, value and message.
    let text: String
    private let counter = Mutex(0)
    private let isBroken = Mutex(false)
    private let moment = Mutex(Timestamp(milliseconds: start + 3 * nightly))
    /// How often a report was asked for.
    var reportCount: Int { reports.withLock { $0 } }
    private let reports = Mutex(0)

    /// Whether the latest run read nothing, so that no rule can tell.
    private let isBlind: Bool

    init(_ text: String = "plain", isBlind: Bool = false) {
        self.text = text
        self.isBlind = isBlind
    }

    /// Seals a run, as far as pages can tell.
    func seal() { counter.withLock { $0 += 1 } }
    /// Makes the store unreadable.
    func breakDown() { isBroken.withLock { $0 = true } }
    func advance(by duration: Duration) { moment.withLock { $0 = $0.advanced(by: duration) } }

    // MARK: Values

    var environment: EnvironmentName { EnvironmentName("env\(text)") }
    var client: Client {
        Client(
            id: Client.ID(environment: environment, number: 4199), code: "A\(text)", name: text, account: text,
            labels: [text: text])
    }
    var other: Client {
        Client(id: Client.ID(environment: environment, number: 4200), code: "", name: "", labels: ["env": "prod"])
    }
    var ruleID: String { "R-1\(text)" }
    var path: SettingPath { SettingPath(.internal, key: "k\(text)") }

    func run(_ night: Int) -> AuditRun {
        let start = Timestamp(milliseconds: Self.start + Int64(night) * Self.nightly)
        return AuditRun(
            id: AuditRun.ID(environment: EnvironmentName("env"), startedAt: start), environment: environment,
            baseURL: text, isSynthetic: true, kind: .full, state: night == 1 ? .partial : .complete, startedAt: start,
            sealedAt: start.advanced(by: .seconds(60)), policySet: Digest(of: "p"), waiverSet: Digest(of: "w"),
            toolVersion: text, clientCount: 2)
    }

    func dated(_ night: Int) -> DatedRun {
        DatedRun(
            run: run(night),
            day: CalendarDay(daysSince1970: Int((Self.start + Int64(night) * Self.nightly) / Self.nightly)))
    }

    var facts: RuleFacts {
        RuleFacts(
            id: ruleID, title: text, severity: .critical, rationale: text, remediation: text,
            controls: [ControlReference(reference: text, caveat: text)], policyID: text)
    }

    var waiver: WaiverFacts {
        WaiverFacts(
            id: text, reason: text, owner: text, approver: text, ticket: text, from: dated(0).day,
            expires: CalendarDay(daysSince1970: dated(0).day.daysSince1970 + 9), on: dated(3).day, condition: text)
    }

    private func result(_ verdict: Verdict) -> RuleResult {
        RuleResult(
            ruleID: ruleID, verdict: verdict,
            comparisons: [
                Comparison(path: path, expected: text, actual: .string(text), reason: .violated, note: text)
            ], missing: verdict == .unknown ? [.internal] : [], message: text)
    }

    var difference: [SharedChange] {
        [
            SharedChange(
                change: Change(path: path, before: .string(text), after: [text: .string(text)]),
                clients: [client, other], flippedRules: [ruleID]),
            SharedChange(change: Change(path: path, before: nil, after: .string(text)), clients: [client]),
        ]
    }

    private var move: VerdictChange {
        VerdictChange(
            client: client, ruleID: ruleID, before: .pass, after: .fail, transition: .new, causes: [.setting],
            paths: [path])
    }

    private var counts: VerdictCounts {
        var counts = VerdictCounts()
        counts.fail = 1
        counts.waived = 1
        counts.unknown = 1
        counts.pass = 4
        return counts
    }

    private var blindCounts: VerdictCounts {
        var counts = VerdictCounts()
        counts.unknown = 1
        return counts
    }

    // MARK: DashboardSource

    func now() -> Timestamp { moment.withLock { $0 } }

    func state() throws -> StoreState {
        if isBroken.withLock({ $0 }) { throw DashboardProblem.unavailable("damaged \(text)") }
        return StoreState(
            mark: "mark \(counter.withLock { $0 })", timeZone: text, today: dated(3).day,
            environments: [EnvironmentState(name: environment, runs: (0...2).map(dated))])
    }

    func report(of run: AuditRun) throws -> AuditReport {
        reports.withLock { $0 += 1 }
        var grid = VerdictGrid(ruleIDs: [ruleID])
        grid.append(client, [result(isBlind ? .unknown : .fail)])
        grid.append(other, [RuleResult(ruleID: ruleID, verdict: .notApplicable, notApplicableReason: text)])
        return AuditReport(
            run: run, day: dated(2).day, timeZone: text, previousRun: self.run(1),
            completeness: Completeness(
                clientsExpected: 2, clientsCollected: 1, groupsExpected: 10, groupsCaptured: 8, groupsFailed: 2,
                groupsNotCollected: 0,
                failures: [
                    .init(
                        client: client, group: .internal,
                        failure: CaptureFailure(.rejected, status: 400, request: text, detail: text), lastKnownAt: nil)
                ], vanishedClients: [client], unassessedClients: [other]),
            policies: [], rules: [RuleSummary(facts: facts, counts: isBlind ? blindCounts : counts)],
            failures: isBlind
                ? []
                : [Finding(client: client, result: result(.fail), transition: .new, failingSince: run.startedAt)],
            unknowns: [Finding(client: isBlind ? client : other, result: result(.unknown))], verdictChanges: [move],
            settingsChanges: difference, rosterChanges: [], deviations: [], notAssessed: [text], warnings: [text],
            conditions: [ExitCondition(.incomplete, text)],
            waived: isBlind ? [] : [Finding(client: other, result: result(.fail), transition: .still, waiver: waiver)],
            verdicts: grid, trend: (0...2).map(point))
    }

    func run(named text: String, in environment: EnvironmentState) throws -> AuditRun {
        if text == "latest" { return run(2) }
        if text == "ffff" { throw DashboardProblem.notUnderstood("2 runs begin with 'ffff'.") }
        let found = environment.runs.filter { $0.run.id.rawValue.hasPrefix(text) }
        guard let first = found.first else { throw DashboardProblem.notFound("no run '\(text)'") }
        guard found.count == 1 else { throw DashboardProblem.notUnderstood("several runs '\(text)'") }
        return first.run
    }

    private func point(_ night: Int) -> TrendPoint {
        TrendPoint(
            runID: run(night).id, startedAt: run(night).startedAt, day: dated(night).day, state: run(night).state,
            clientsExpected: 2, clientsCollected: 1, counts: counts)
    }

    func trend(of environment: EnvironmentName) throws -> [TrendPoint] { (0...2).map(point) }

    func spells(of ruleID: String, in environment: EnvironmentName) throws -> [Client.ID: FailureSpell] {
        [client.id: FailureSpell(first: dated(2), lastBefore: dated(0), before: .pass, nights: 1)]
    }

    func causes(of ruleID: String, for spells: [Client.ID: FailureSpell]) throws -> [Client.ID: FailureCause] {
        [client.id: FailureCause(causes: [text], changes: difference.map(\.change))]
    }

    func history(of client: Client.ID, path: SettingPath?) throws -> ClientHistory {
        guard client == self.client.id else { throw DashboardProblem.notFound("no client \(client)") }
        func sight(_ night: Int) -> ClientHistory.Sight {
            .init(night: night, at: run(night).startedAt, run: dated(night))
        }
        let flip = ClientHistory.Flip(
            ruleID: ruleID, before: .pass, after: .fail, lastBefore: dated(0), firstAfter: dated(2))
        return ClientHistory(
            client: self.client, nights: (0...2).map(dated),
            settings: [
                .init(
                    path: path ?? self.path,
                    spans: [
                        .init(value: .string(text), first: sight(0), last: sight(0), missedWithin: []),
                        .init(value: nil, first: sight(2), last: sight(2), missedWithin: []),
                    ], flips: [[flip]])
            ], flips: [flip],
            exposures: [
                .init(ruleID: ruleID, atLeast: .seconds(1), atMost: .seconds(90_000), isOpen: true, nights: 1)
            ], notes: [text])
    }

    func settings(of client: Client.ID) throws -> [CurrentSetting] {
        [CurrentSetting(path: SettingPath(.settings, key: "s\(text)"), value: .string(text))]
    }

    func difference(_ question: DiffQuestion) throws -> DiffReport {
        if question.from == "2026-02-30" { throw DashboardProblem.notUnderstood("'2026-02-30' is no date.") }
        func side(_ night: Int) -> DiffReport.Side {
            DiffReport.Side(
                asked: text, run: run(night), day: dated(night).day, note: text, clientCount: 2, counts: counts)
        }
        return DiffReport(
            from: side(0), to: side(2), timeZone: text, settingsChanges: difference, verdictChanges: [move],
            rosterChanges: [RosterChange(kind: .renamed, client: client, before: text, after: text)],
            incomparable: [
                .init(
                    client: client,
                    group: IncomparableGroup(
                        group: .internal, before: .document(Digest(of: "d")),
                        after: .failure(CaptureFailure(.rejected, request: text, detail: text))))
            ], rules: [facts], notes: [text])
    }

    func waivers(of environment: EnvironmentName) throws -> [WaiverEntry] {
        [WaiverEntry(facts: waiver, state: .endsSoon, rules: [ruleID], subject: text)]
    }
}
