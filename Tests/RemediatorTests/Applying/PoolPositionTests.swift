import AuditModel
import Testing

@testable import Remediator

/// Where a pool is on the way of a plan that adds 11 and removes 2 from 1, 2, 3.
struct PoolPositionTests {
    private static let start = JournalRecord(
        number: 1, previous: Digest(of: ""), at: Timestamp(milliseconds: 0), plan: nil, event: .mended(droppedBytes: 1))

    private func plan() throws -> RemediationPlan {
        try RemediationPlan(
            environment: EnvironmentName("na3"), baseURL: "https://x", isSynthetic: false, client: 1, code: "A",
            seen: PoolSeen(
                voices: [1, 2, 3], defaultVoice: nil, knowsDefaultVoice: true, document: Digest(of: ""),
                run: AuditRun.ID("r"), answeredAt: Timestamp(milliseconds: 0)),
            actions: [PlannedWrite(.add, 11), PlannedWrite(.remove, 2)], createdAt: Timestamp(milliseconds: 0),
            expiresAt: Timestamp(milliseconds: 1), toolVersion: "1")
    }

    private func history(_ events: [JournalEvent]) throws -> PlanHistory {
        let plan = try plan()
        let records = events.map { event in
            JournalRecord(
                number: 1, previous: Digest(of: ""), at: Timestamp(milliseconds: 9), plan: plan.digest, event: event)
        }
        return PlanHistory(of: plan, in: records)
    }

    private static let intent0 = JournalEvent.intent(write: 0, PlannedWrite(.add, 11), request: "")
    private static let intent1 = JournalEvent.intent(write: 1, PlannedWrite(.remove, 2), request: "")
    private static let failed0 = JournalEvent.failed(write: 0, CaptureFailure(.timedOut))
    private static let nothing: [JournalEvent] = []
    private static let sent = [intent0]
    private static let unanswered = [intent0, failed0]
    private static let refuted = [intent0, failed0, .settled(write: 0, tookEffect: false)]
    private static let accepted = [intent0, .accepted(write: 0)]
    private static let borneOut = [intent0, failed0, .settled(write: 0, tookEffect: true)]
    private static let secondSent = [intent0, .accepted(write: 0), intent1]
    private static let both = [intent0, .accepted(write: 0), intent1, .accepted(write: 1)]

    @Test(
        arguments: [
            // No intent: the pool must be the one seen; the one wanted means that there is nothing left to do.
            (nothing, [1, 2, 3], .at(0)), (nothing, [1, 3, 11], .at(2)),
            (nothing, [1, 2, 3, 11], .moved(has: [11], lacks: [])), (nothing, [1, 2], .moved(has: [], lacks: [3])),
            (nothing, [1, 2, 4], .moved(has: [4], lacks: [3])), (nothing, [], .moved(has: [], lacks: [1, 2, 3])),
            // An intent without an answer: both are possible.
            (sent, [1, 2, 3], .at(0)), (sent, [1, 2, 3, 11], .at(1)), (sent, [1, 3, 11], .at(2)),
            (sent, [1, 3], .moved(has: [], lacks: [2])), (sent, [1, 2, 3, 4], .moved(has: [4], lacks: [])),
            (unanswered, [1, 2, 3], .at(0)), (unanswered, [1, 2, 3, 11], .at(1)),
            (refuted, [1, 2, 3], .at(0)), (refuted, [1, 2, 3, 11], .at(1)),
            // It took effect: a pool without it was taken back.
            (accepted, [1, 2, 3], .undone(0)), (accepted, [1, 2, 3, 11], .at(1)), (accepted, [1, 3, 11], .at(2)),
            (accepted, [1, 2, 11], .moved(has: [], lacks: [3])),
            (borneOut, [1, 2, 3], .undone(0)), (borneOut, [1, 2, 3, 11], .at(1)),
            (secondSent, [1, 2, 3, 11], .at(1)), (secondSent, [1, 3, 11], .at(2)), (secondSent, [1, 2, 3], .undone(0)),
            (both, [1, 3, 11], .at(2)), (both, [1, 2, 3, 11], .undone(1)), (both, [1, 2, 3], .undone(0)),
            (both, [1, 11], .moved(has: [], lacks: [3])),
        ] as [([JournalEvent], Set<Int>, PoolPosition)])
    func `the pool and the journal tell how far a plan got`(
        events: [JournalEvent], pool: Set<Int>, position: PoolPosition
    ) throws {
        #expect(PoolPosition(of: pool, in: try plan(), knowing: try history(events)) == position)
    }

    @Test func `a history knows intents, outcomes, who began and when it was applied, of its own plan alone`() throws {
        let plan = try plan()
        let beginning = JournalEvent.Beginning(
            client: "na3/1", baseURL: "", by: "J. Doe", process: "", pool: [], defaultVoice: nil, isForced: false,
            toolVersion: "")
        let history = try history([.began(beginning)] + Self.secondSent)
        #expect(history.states == [.done, .open])
        #expect(history.isTouched && history.known == 1)
        #expect(history.beginning?.by == "J. Doe" && history.appliedAt == nil)
        #expect(try self.history(Self.both + [.ended(.applied, pool: [1, 3, 11])]).appliedAt?.milliseconds == 9)
        #expect(try self.history(Self.both + [.ended(.unfinished, pool: [])]).appliedAt == nil)
        #expect(try self.history([.began(beginning)]).isTouched == false)
        var other = JournalRecord(
            number: 1, previous: Digest(of: ""), at: Timestamp(milliseconds: 9), plan: Digest(of: "other"),
            event: Self.intent0)
        #expect(PlanHistory(of: plan, in: [other]).isTouched == false)
        other.plan = nil
        #expect(PlanHistory(of: plan, in: [other]).isTouched == false)
    }
}
