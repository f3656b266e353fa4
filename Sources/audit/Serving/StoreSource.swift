import AuditModel
import AuditPipeline
import Dashboard
import Policies
import SnapshotStore
import Synchronization

/// Answers the dashboard's questions over a store that may be written to at the same time. It writes and locks nothing.
final class StoreSource: DashboardSource {
    /// What stays true as long as the database is the same file: sealed runs do not change.
    private struct Memory {
        var identity: StoreReaders.Identity?
        var ledgers: [EnvironmentName: VerdictLedger] = [:]
        /// By run, the least lately asked for first.
        var reports: [(run: AuditRun.ID, report: AuditReport)] = []
        var causes: [CauseKey: FailureCause?] = [:]
    }

    private struct CauseKey: Hashable {
        var rule: String
        var question: VerdictMoveQuestion
    }

    /// What a state was read from, to tell whether it still holds.
    private struct Watch {
        var identity: StoreReaders.Identity
        var store: SnapshotStore
        var counter: Int64
        var environments: [EnvironmentState]
        var mark: String
    }

    /// How many reports are kept: those of the latest runs of some environments, and what people look at.
    private static let mostReports = 8
    /// How many causes are kept.
    private static let mostCauses = 50_000

    private let readers: StoreReaders
    let zone: DayZone
    private let retired: Set<Client.ID>
    private let clock: @Sendable () -> Timestamp
    private let rulings = RecordedRulings()
    private let watch = Mutex<Watch?>(nil)
    private let memory = Mutex(Memory())
    /// Held while nights are read into a ledger, so that two who ask at once do not both read them.
    private let filling = Mutex(())
    /// Held while a report is made.
    private let making = Mutex(())

    init(path: String, zone: DayZone, retired: Set<Client.ID>, clock: @escaping @Sendable () -> Timestamp) {
        readers = StoreReaders(path: path)
        self.zone = zone
        self.retired = retired
        self.clock = clock
    }

    func now() -> Timestamp { clock() }

    private func chronicle(_ store: SnapshotStore) -> Chronicle {
        Chronicle(store: store, zone: zone, retired: retired, rulings: rulings)
    }

    /// Lends a connection; what the store says is told in its own sentences.
    private func reading<Result>(_ body: (SnapshotStore) throws -> Result) throws -> Result {
        do {
            return try readers.reading(body)
        } catch let problem as DashboardProblem {
            throw problem
        } catch let error as RunSelectionError {
            throw DashboardProblem.notUnderstood(error.description)
        } catch let error as StoredNightsError {
            throw DashboardProblem.notFound(error.description)
        } catch let error as PipelineError {
            switch error {
            case .unknownClient, .clientOfNoNight, .ruleOfNoNight, .unknownFinding, .unknownRule, .unknownSetting:
                throw DashboardProblem.notFound(error.description)
            case .differentEnvironments, .patchOfAPart, .notJudged:
                throw DashboardProblem.notUnderstood(error.description)
            case .clockBehind, .documentMissing, .recordedPoliciesUnreadable, .logDoesNotContinue, .noCheckpoint,
                .notCaptured, .hashOnly, .notProvable:
                throw DashboardProblem.unavailable(error.description)
            }
        } catch {
            throw DashboardProblem.unavailable(Explanation.end(for: error)?.message ?? "\(error)")
        }
    }

    // MARK: State

    func state() throws -> StoreState {
        let today = zone.day(of: clock())
        let (mark, environments) = try watch.withLock { watch in
            do {
                return try current(&watch)
            } catch {
                watch = nil
                throw DashboardProblem.unavailable(Explanation.end(for: error)?.message ?? "\(error)")
            }
        }
        return StoreState(mark: mark, timeZone: zone.identifier, today: today, environments: environments)
    }

    private func current(_ watch: inout Watch?) throws -> (String, [EnvironmentState]) {
        let identity = try readers.identity()
        if watch?.identity != identity { watch = nil }
        let store = try watch?.store ?? SnapshotStore.open(at: readers.path, access: .readOnly)
        // Asked before the runs: what is written between the two is seen at the next request.
        let counter = try store.changeCounter()
        if let watch, watch.counter == counter { return (watch.mark, watch.environments) }
        let runs = try store.runs()
        let environments = Dictionary(grouping: runs, by: \.environment).map { name, runs in
            EnvironmentState(name: name, runs: runs.map { DatedRun(run: $0, day: zone.day(of: $0.startedAt)) })
        }.sorted { $0.name < $1.name }
        let text = runs.map { "\($0.id) \($0.state.rawValue) \($0.sealedAt?.milliseconds ?? 0)" }
        let mark = Digest(of: Array("\(identity.device) \(identity.file)\n\(text.joined(separator: "\n"))".utf8)).hex
        watch = Watch(identity: identity, store: store, counter: counter, environments: environments, mark: mark)
        return (mark, environments)
    }

    // MARK: Memory

    /// What is remembered of the database that is there now.
    private func remembering<Result: Sendable>(_ body: (inout sending Memory) -> sending Result) throws -> Result {
        let identity = try readers.identity()
        return memory.withLock { memory in
            if memory.identity != identity { memory = Memory(identity: identity) }
            return body(&memory)
        }
    }

    func report(of run: AuditRun) throws -> AuditReport {
        guard run.state.isSealed else { return try made(run) }
        if let known = try remembered(run) { return known }
        // One at a time, so that two who ask for the same do not both make it.
        return try making.withLock { _ in
            if let known = try remembered(run) { return known }
            let report = try made(run)
            try remembering { memory in
                memory.reports.append((run.id, report))
                if memory.reports.count > Self.mostReports { memory.reports.removeFirst() }
            }
            return report
        }
    }

    private func remembered(_ run: AuditRun) throws -> AuditReport? {
        try remembering { memory -> AuditReport? in
            guard let place = memory.reports.firstIndex(where: { $0.run == run.id }) else { return nil }
            let entry = memory.reports.remove(at: place)
            memory.reports.append(entry)
            return entry.report
        }
    }

    /// A report whose failures are dated by the ledger, which has all nights at hand.
    private func made(_ run: AuditRun) throws -> AuditReport {
        var report = try reading { try chronicle($0).report(of: run, judgedBy: .recorded, datesFailures: false) }
        let ledger = try ledger(of: run.environment)
        guard let night = ledger.nights.firstIndex(where: { $0.run.id == run.id }) else { return report }
        func date(_ finding: inout Finding) {
            let spell = ledger.spell(of: finding.result.ruleID, for: finding.client.id.number, at: night)
            finding.failingSince = spell.map { ledger.nights[$0.first].run.startedAt }
        }
        for index in report.failures.indices { date(&report.failures[index]) }
        for index in report.waived.indices { date(&report.waived[index]) }
        return report
    }

    private func ledger(of environment: EnvironmentName) throws -> VerdictLedger {
        try filling.withLock { _ in
            var ledger = try remembering { $0.ledgers[environment] } ?? VerdictLedger()
            try reading { try ledger.follow($0.runs(in: environment), in: chronicle($0)) }
            let filled = ledger
            try remembering { $0.ledgers[environment] = filled }
            return filled
        }
    }

    /// Reads what the first pages are made of, so that nobody has to wait for it. What cannot be read is told to who asks.
    func warmUp() {
        guard let state = try? state() else { return }
        for environment in state.environments {
            _ = try? ledger(of: environment.name)
            if let latest = environment.runs.last(where: { $0.run.state.isSealed && $0.run.kind == .full }) {
                _ = try? report(of: latest.run)
            }
        }
    }

    // MARK: Questions

    func trend(of environment: EnvironmentName) throws -> [TrendPoint] {
        try ledger(of: environment).nights.map { night in
            TrendPoint(
                runID: night.run.id, startedAt: night.run.startedAt, day: night.day, state: night.run.state,
                policySet: night.run.policySet, clientsExpected: night.run.clientCount,
                clientsCollected: night.clientsCollected, counts: night.counts,
                isWaivedApart: night.run.waiverSet == nil)
        }
    }

    func spells(of ruleID: String, in environment: EnvironmentName) throws -> [Client.ID: FailureSpell] {
        let ledger = try ledger(of: environment)
        func dated(_ night: Int) -> DatedRun { DatedRun(run: ledger.nights[night].run, day: ledger.nights[night].day) }
        var spells: [Client.ID: FailureSpell] = [:]
        for (number, spell) in ledger.spells(of: ruleID) {
            spells[Client.ID(environment: environment, number: number)] = FailureSpell(
                first: dated(spell.first), lastBefore: spell.lastBefore.map(dated), before: spell.before,
                nights: spell.nights)
        }
        return spells
    }

    func causes(of ruleID: String, for spells: [Client.ID: FailureSpell]) throws -> [Client.ID: FailureCause] {
        let keys = spells.compactMap { client, spell -> CauseKey? in
            guard let before = spell.lastBefore else { return nil }
            return CauseKey(
                rule: ruleID,
                question: VerdictMoveQuestion(client: client, before: before.run, after: spell.first.run))
        }
        var causes = try remembering { memory in
            Dictionary(uniqueKeysWithValues: keys.compactMap { key in memory.causes[key].map { (key, $0) } })
        }
        let open = keys.filter { causes[$0] == nil }
        if !open.isEmpty {
            let moves = try reading { try chronicle($0).moves(of: ruleID, open.map(\.question)) }
            for key in open { causes[key] = .some(moves[key.question.client].map(Self.cause)) }
            let found = causes
            try remembering { memory in
                if memory.causes.count > Self.mostCauses { memory.causes = [:] }
                memory.causes.merge(found) { $1 }
            }
        }
        return Dictionary(
            uniqueKeysWithValues: causes.compactMap { key, cause in cause.map { (key.question.client, $0) } })
    }

    private static func cause(_ move: VerdictStory.Move) -> FailureCause {
        FailureCause(
            causes: move.causes.map(DashboardWords.cause),
            changes: move.changes.map { change in
                Change(
                    path: change.path, before: change.before.map(HistoryWords.shown),
                    after: change.after.map(HistoryWords.shown))
            })
    }

    func history(of client: Client.ID, path: SettingPath?) throws -> ClientHistory {
        try reading { store in
            let nights = try StoredNights(among: store.runs(in: client.environment), zone: zone)
            let report = try chronicle(store).history(
                of: client.description, over: nights, filter: DiffFilter(paths: path.map { [$0] } ?? []))
            return ClientHistory(HistoryPresentation(report: report, zone: zone))
        }
    }

    func settings(of client: Client.ID) throws -> [CurrentSetting] {
        try reading { store in
            let latest = try store.latestSealedRun(
                in: client.environment, startedAtOrBefore: Timestamp(milliseconds: .max))
            guard let latest, let night = try store.night(of: client, in: latest.id) else { return [] }
            return try store.content(of: night).pairs.flatMap { group, content in
                content.value.map { SettingLeaves.of($0, in: group) } ?? []
            }
        }
    }

    func difference(_ question: DiffQuestion) throws -> DiffReport {
        try reading { store in
            let runs = try store.runs(in: question.environment)
            let now = clock()
            let (from, to) = (
                try RunSelection.resolve(question.from, among: runs, zone: zone, now: now),
                try RunSelection.resolve(question.to, among: runs, zone: zone, now: now)
            )
            if let disorder = RunSelection.disorder(from: from, to: to) {
                throw DashboardProblem.notUnderstood("\(disorder); swap the two sides.")
            }
            return try chronicle(store).difference(
                from: from, to: to,
                filter: DiffFilter(
                    clients: question.client.map { [$0] } ?? [], groups: question.group.map { [$0] } ?? []))
        }
    }

    func waivers(of environment: EnvironmentName) throws -> [WaiverEntry] {
        let today = zone.day(of: clock())
        return try reading { store in
            let present = try store.runs(in: environment).last { $0.state.isSealed && $0.kind == .full }
            guard let present else { return [] }
            return try chronicle(store).waivers(of: present).waivers.waivers.map { waiver in
                WaiverEntry(
                    facts: waiver.facts(on: today), state: DashboardWords.state(of: waiver, on: today),
                    rules: waiver.ruleIDs, subject: waiver.subjectText)
            }.sorted { ($0.facts.expires, $0.facts.id) < ($1.facts.expires, $1.facts.id) }
        }
    }
}
