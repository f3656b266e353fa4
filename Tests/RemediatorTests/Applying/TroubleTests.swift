import AuditModel
import Collector
import Emulator
import LiveVoxAPI
import Remediator
import Testing

/// Calls that fail while a plan is applied: the pool decides, and nothing is sent twice on suspicion.
struct TroubleTests {
    /// A call that fails, whether it takes effect all the same, and what the application then comes to.
    struct Trouble: Sendable, CustomTestStringConvertible {
        var name: String
        var fault: EmulatorFault
        var takesEffect: Bool
        var reason: CaptureFailure.Reason
        var timeout = Duration.seconds(20)

        var testDescription: String { name }
    }

    /// The writes are +11, −2, −5; the trouble is with the second.
    private static let troubles = [
        Trouble(
            name: "time-out after the write",
            fault: EmulatorFault(kind: .removeVoice, times: 1, latency: .seconds(3600)),
            takesEffect: true, reason: .timedOut, timeout: .milliseconds(400)),
        Trouble(
            name: "reset after the write", fault: EmulatorFault(kind: .removeVoice, times: 1, cut: .beforeAnswer),
            takesEffect: true, reason: .connectionFailed),
        Trouble(
            name: "500 after the write",
            fault: EmulatorFault(kind: .removeVoice, times: 1, status: 500, isCarriedOut: true), takesEffect: true,
            reason: .serverError),
        Trouble(
            name: "503 after the write, with a wish to wait",
            fault: EmulatorFault(kind: .removeVoice, times: 1, status: 503, retryAfter: "1", isCarriedOut: true),
            takesEffect: true, reason: .serverError),
        Trouble(
            name: "500 before the write", fault: EmulatorFault(kind: .removeVoice, times: 1, status: 500),
            takesEffect: false, reason: .serverError),
        Trouble(
            name: "403 for the write alone", fault: EmulatorFault(kind: .removeVoice, times: 1, status: 403),
            takesEffect: false, reason: .forbidden),
        Trouble(
            name: "429 for the write", fault: EmulatorFault(kind: .removeVoice, times: 1, status: 429),
            takesEffect: false, reason: .rateLimited),
        Trouble(
            name: "400 for the write", fault: EmulatorFault(kind: .removeVoice, times: 1, status: 400),
            takesEffect: false, reason: .rejected),
    ]

    @Test(arguments: troubles)
    func `after a call that failed the pool decides: on if it took effect, an end if it did not`(
        _ trouble: Trouble
    ) async throws {
        try await Lab.run { lab in
            let plan = try lab.plan()
            await lab.emulator.add(trouble.fault)
            let applied = try await lab.apply(plan, timeout: trouble.timeout)
            switch applied.outcomes[1] {
            case .writtenThough(let failure) where trouble.takesEffect: #expect(failure.reason == trouble.reason)
            case .failed(let failure) where !trouble.takesEffect: #expect(failure.reason == trouble.reason)
            default: Issue.record("\(trouble.name): \(applied.outcomes)")
            }
            if trouble.takesEffect {
                #expect(applied.result == .applied && applied.status == .success)
                #expect(try await lab.pool() == [1, 3, 11])
                #expect(lab.changes == ["+11", "-2", "-5"])
                #expect(lab.attempts == 3)
            } else {
                #expect(applied.result == .unfinished && applied.status == .incomplete)
                #expect(applied.outcomes[2] == .notSent)
                #expect(applied.after == [1, 2, 3, 5, 11])
                #expect(lab.changes == ["+11"])
                #expect(lab.emulator.statistics.requests(.removeVoice) == 1, "it was not sent again on its own")
                #expect(try lab.events().suffix(4) == ["intent", "failed", "settled", "ended"])
                // Applied again, it goes on with what is left.
                let again = try await lab.apply(plan)
                #expect(again.result == .applied && again.isRecovery)
                #expect(again.outcomes == [.doneBefore, .written, .written])
                #expect(lab.changes == ["+11", "-2", "-5"])
            }
        }
    }

    @Test func `a voice that the platform does not know is told, and the rest stays unsent`() async throws {
        try await Lab.run { lab in
            // There is no voice 7.
            let plan = try lab.plan([PlannedWrite(.add, 7), PlannedWrite(.remove, 2)])
            let applied = try await lab.apply(plan)
            guard case .failed(let failure) = applied.outcomes[0] else {
                Issue.record("\(applied.outcomes)")
                return
            }
            #expect(failure.status == 404)
            #expect(RemediationWords.failure(failure).hasSuffix("The platform does not know such a voice"))
            #expect(applied.outcomes[1] == .notSent && applied.result == .unfinished)
            #expect(try await lab.pool() == Lab.seen)
        }
    }

    @Test func `the sentence of a refused write says which role is needed`() {
        let failure = CaptureFailure(.forbidden, status: 403, request: "DELETE …")
        let sentence = RemediationWords.failure(failure)
        #expect(sentence == "HTTP 403. The user of remediation needs the role Sysadmin or IT User for this client.")
    }

    @Test func `a pool that cannot be read again is no success, and the next application learns the rest`() async throws
    {
        try await Lab.run { lab in
            let plan = try lab.plan()
            // The first reading passes, the one at the end fails for good.
            await lab.emulator.add(EmulatorFault(kind: .voicePool, skip: 1, status: 500))
            let applied = try await lab.apply(plan)
            guard case .unread(let failure) = applied.result else {
                Issue.record("\(applied.result)")
                return
            }
            #expect(failure.reason == .serverError && applied.status == .incomplete)
            #expect(applied.outcomes == [.written, .written, .written] && applied.after == nil)
            await lab.emulator.removeFaults()
            let again = try await lab.apply(plan)
            #expect(again.result == .applied && again.isRecovery)
            #expect(again.outcomes == [.doneBefore, .doneBefore, .doneBefore])
            #expect(lab.attempts == 3)
        }
    }

    @Test func `a call that failed and a pool that cannot be read leave it open`() async throws {
        try await Lab.run { lab in
            let plan = try lab.plan()
            await lab.emulator.add(EmulatorFault(kind: .addVoice, times: 1, cut: .beforeAnswer))
            await lab.emulator.add(EmulatorFault(kind: .voicePool, skip: 1, status: 500))
            let applied = try await lab.apply(plan)
            guard case .unclear(let failure) = applied.outcomes[0], case .unread = applied.result else {
                Issue.record("\(applied)")
                return
            }
            #expect(failure.reason == .connectionFailed && applied.status == .incomplete)
            #expect(lab.changes == ["+11"])
            await lab.emulator.removeFaults()
            let again = try await lab.apply(plan)
            #expect(again.outcomes == [.doneBefore, .written, .written] && again.result == .applied)
            #expect(lab.changes == ["+11", "-2", "-5"])
        }
    }

    @Test func `somebody who writes meanwhile makes the end another than wanted, which is told`() async throws {
        try await Lab.run { lab in
            // The pool that is read at the end has a voice more than anybody planned.
            await lab.emulator.add(
                EmulatorFault(
                    kind: .voicePool, skip: 1, times: 1, body: #"{"voice":[{"id":1},{"id":3},{"id":11},{"id":8}]}"#))
            let plan = try lab.plan()
            let applied = try await lab.apply(plan)
            #expect(applied.result == .strayed && applied.status == .incomplete)
            #expect(applied.after == [1, 3, 8, 11])
            // Seen as wanted the next time, it counts as applied.
            #expect(try await lab.apply(plan).result == .applied)
        }
    }

    @Test func `a write that was taken back is not done twice`() async throws {
        try await Lab.run { lab in
            let plan = try lab.plan()
            await lab.emulator.add(EmulatorFault(kind: .removeVoice, times: 1, status: 500))
            _ = try await lab.apply(plan)
            try await lab.write(PlannedWrite(.remove, 11))
            let refusal = try #require(try await lab.refusal(plan))
            #expect(refusal == .undone(PlannedWrite(.add, 11)) && refusal.status == .usage)
            #expect(refusal.description.hasPrefix("adding voice 11 was done when this plan was applied before, "))
            #expect(lab.changes == ["+11", "-11"])
        }
    }

    @Test func `an unfinished plan that has expired is looked at, told, and not gone on with`() async throws {
        try await Lab.run { lab in
            let plan = try lab.plan()
            await lab.emulator.add(EmulatorFault(kind: .removeVoice, times: 1, status: 500))
            _ = try await lab.apply(plan)
            let late = try await lab.apply(plan, now: plan.expiresAt)
            #expect(late.result == .expired && late.status == .usage && late.isRecovery)
            #expect(late.outcomes == [.doneBefore, .notSent, .notSent])
            #expect(lab.changes == ["+11"])
        }
    }

    @Test(arguments: [1, 2])
    func `a write that is accepted and not done is told, and is no success`(writes: Int) async throws {
        try await Lab.run { lab in
            await lab.emulator.add(EmulatorFault(kind: .addVoice, times: 1, status: 204))
            let plan = try lab.plan(Array([PlannedWrite(.add, 11), PlannedWrite(.remove, 2)].prefix(writes)))
            let applied = try await lab.apply(plan)
            #expect(applied.outcomes[0] == .withoutEffect && applied.status == .incomplete)
            // Alone, the pool is where it was; with the other write done, it is nowhere on the plan's way.
            #expect(applied.result == (writes == 1 ? .unfinished : .strayed))
            #expect(applied.after == (writes == 1 ? [1, 2, 3, 5] : [1, 3, 5]))
            #expect(try await lab.refusal(plan)?.status == .usage, "it is not sent again on its own")
            #expect(lab.changes == (writes == 1 ? [] : ["-2"]))
        }
    }

    @Test func `a session that ends on the way is renewed, since a 401 comes before anything is done`() async throws {
        try await Lab.run { lab in
            await lab.emulator.add(EmulatorFault(kind: .removeVoice, times: 1, deed: .endSession))
            let applied = try await lab.apply(try lab.plan())
            #expect(applied.result == .applied && applied.outcomes == [.written, .written, .written])
            #expect(lab.changes == ["+11", "-2", "-5"])
            #expect(lab.emulator.statistics.requests(.removeVoice, status: 401) == 1)
        }
    }
}
