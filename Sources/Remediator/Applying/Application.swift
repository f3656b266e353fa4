import AuditModel
import Collector
import LiveVoxAPI

/// One application of a plan, within one session.
struct Application {
    private let plan: RemediationPlan
    private let digest: Digest
    private let client: LiveVoxClient
    private let number: ClientNumber
    private let journal: RemediationJournal
    private let clock: CollectorClock
    private let version: APIVersion?
    private var applied: AppliedRemediation

    init(
        _ plan: RemediationPlan, _ client: LiveVoxClient, _ number: ClientNumber, _ journal: RemediationJournal,
        _ clock: CollectorClock, _ version: APIVersion?
    ) {
        self.plan = plan
        digest = plan.digest
        self.client = client
        self.number = number
        self.journal = journal
        self.clock = clock
        self.version = version
        applied = AppliedRemediation(
            plan: plan, result: .unfinished, outcomes: plan.actions.map { _ in .notSent }, isRecovery: false,
            before: nil, after: nil)
    }

    mutating func run(_ order: ApplyOrder) async throws(RemediationError) -> AppliedRemediation {
        try await readDefaultVoice()
        let pool: Set<Int>
        do throws(LiveVoxError) {
            pool = try await readPool()
        } catch {
            throw .notRead(error.failure)
        }
        applied.before = pool.sorted()
        let history = PlanHistory(of: plan, in: journal.records)
        applied.isRecovery = history.isTouched
        let start: Int
        switch PoolPosition(of: pool, in: plan, knowing: history) {
        case .moved(let has, let lacks): throw .moved(has: has, lacks: lacks, isRecovery: history.isTouched)
        case .undone(let write): throw .undone(plan.actions[write])
        case .at(let place): start = place
        }
        for write in 0..<start {
            applied.outcomes[write] = history.states[write] == .untouched ? .doneByOthers : .doneBefore
        }
        let isExpired = clock.now() >= plan.expiresAt
        if !isExpired { try refuseDanger(order, from: start) }
        guard !order.isDryRun else {
            applied.result = .dryRun
            return applied
        }
        try begin(order, pool, history, start)
        if start == plan.actions.count {
            try end(pool)
        } else if isExpired {
            applied.result = .expired
        } else {
            try await write(from: start)
        }
        return applied
    }

    // MARK: Before

    /// Reads the general settings: whose they are, and the default voice.
    private mutating func readDefaultVoice() async throws(RemediationError) {
        let settings: GeneralSettings
        do throws(LiveVoxError) {
            settings = try await client.readGeneralSettings(client: number)
        } catch {
            throw .notRead(error.failure)
        }
        guard let code = settings.clientCode.value, code.isIdentical(to: plan.code) else {
            throw .otherClient(
                plan: plan.code, answered: settings.clientCode.value ?? "no code", of: "settings.clientCode")
        }
        switch settings.defaultVoiceID {
        case .absent, .null: applied.defaultVoice = nil
        // 0 is no real id.
        case .value(let id): applied.defaultVoice = id == 0 ? nil : Int(id)
        case .mistyped: throw .defaultVoiceUnreadable
        }
        if plan.seen.knowsDefaultVoice, applied.defaultVoice != plan.seen.defaultVoice {
            throw .defaultVoiceMoved(from: plan.seen.defaultVoice, to: applied.defaultVoice)
        }
    }

    /// The pool as a set; one that is no list of different ids is a failure, since nobody can tell what writes do to it.
    private func readPool() async throws(LiveVoxError) -> Set<Int> {
        let pool = try await client.readVoicePool(client: number)
        guard let voices = pool.voices.value, pool.ids.count == voices.count else {
            let request = ClientsMethod.readVoicePool(client: number).request(version: version)
            throw LiveVoxError(
                CaptureFailure(
                    .unexpectedShape, status: 200, request: request,
                    detail: "the pool is no list of different voice ids"))
        }
        return Set(pool.ids.map { Int($0) })
    }

    private func refuseDanger(_ order: ApplyOrder, from start: Int) throws(RemediationError) {
        let remaining = plan.actions[start...]
        guard remaining.count <= order.maximumWrites else {
            throw .tooManyWrites(remaining.count, limit: order.maximumWrites)
        }
        guard !order.isForced, let voice = applied.defaultVoice,
            remaining.contains(where: { $0.kind == .remove && $0.voice == voice })
        else { return }
        throw .removesDefaultVoice(voice)
    }

    /// Records who begins with what, and what became of the writes of an attempt that was cut off.
    private func begin(
        _ order: ApplyOrder, _ pool: Set<Int>, _ history: PlanHistory, _ start: Int
    ) throws(RemediationError) {
        try record(
            .began(
                JournalEvent.Beginning(
                    client: "\(plan.environment)/\(plan.client)", baseURL: plan.baseURL, by: order.by,
                    process: order.process, pool: pool.sorted(), defaultVoice: applied.defaultVoice,
                    isForced: order.isForced, toolVersion: order.toolVersion)))
        for (write, state) in history.states.enumerated() where state == .open {
            try record(.settled(write: write, tookEffect: write < start))
        }
    }

    // MARK: Writing

    private mutating func write(from start: Int) async throws(RemediationError) {
        for write in start..<plan.actions.count {
            let action = plan.actions[write]
            let voice: VoiceID
            let request: String
            do throws(InvalidIdentifier) {
                voice = try VoiceID(action.voice)
                request = try action.method(client: number.rawValue).request(version: version)
            } catch {
                throw .planUnreadable(path: digest.hex)
            }
            try record(.intent(write: write, action, request: request))
            guard let failure = await send(action, voice) else {
                try record(.accepted(write: write))
                applied.outcomes[write] = .written
                continue
            }
            try record(.failed(write: write, failure))
            guard try await settle(write, failure) else { return }
        }
        let pool: Set<Int>
        do throws(LiveVoxError) {
            pool = try await readPool()
        } catch {
            return try unread(error.failure)
        }
        try end(pool)
    }

    /// Reads the pool after a call that failed; whether it took effect after all, so that the next may be sent.
    private mutating func settle(_ write: Int, _ failure: CaptureFailure) async throws(RemediationError) -> Bool {
        let pool: Set<Int>
        do throws(LiveVoxError) {
            pool = try await readPool()
        } catch {
            applied.outcomes[write] = .unclear(failure)
            try unread(error.failure)
            return false
        }
        let action = plan.actions[write]
        let tookEffect = pool.contains(action.voice) == (action.kind == .add)
        try record(.settled(write: write, tookEffect: tookEffect))
        applied.outcomes[write] = tookEffect ? .writtenThough(failure) : .failed(failure)
        if tookEffect, pool == plan.pools[write + 1] { return true }
        try end(pool)
        return false
    }

    private func send(_ action: PlannedWrite, _ voice: VoiceID) async -> CaptureFailure? {
        do throws(LiveVoxError) {
            switch action.kind {
            case .add: try await client.addVoice(voice, client: number)
            case .remove: try await client.removeVoice(voice, client: number)
            }
            return nil
        } catch {
            return error.failure
        }
    }

    // MARK: After

    /// Holds the pool that was read last against the plan.
    private mutating func end(_ pool: Set<Int>) throws(RemediationError) {
        applied.after = pool.sorted()
        // An answer is one thing, what is there another.
        for (write, action) in plan.actions.enumerated() where applied.outcomes[write] == .written {
            if pool.contains(action.voice) != (action.kind == .add) { applied.outcomes[write] = .withoutEffect }
        }
        let ending: JournalEvent.Ending =
            pool == plan.wanted ? .applied : plan.pools.contains(pool) ? .unfinished : .strayed
        switch ending {
        case .applied: applied.result = .applied
        case .unfinished: applied.result = .unfinished
        case .strayed: applied.result = .strayed
        }
        try record(.ended(ending, pool: pool.sorted()))
    }

    private mutating func unread(_ failure: CaptureFailure) throws(RemediationError) {
        applied.result = .unread(failure)
        try record(.unread(failure))
    }

    private func record(_ event: JournalEvent) throws(RemediationError) {
        try journal.append(event, of: digest, at: clock.now())
    }
}
