import AuditModel
import Collector
import Emulator
import LiveVoxAPI
import Remediator
import Testing

/// Plans applied to the emulator's voice pools, and what they are refused for.
struct ApplyingTests {
    @Test func `a plan is applied by the form with the client's id, and the journal tells all of it`() async throws {
        try await Lab.run { lab in
            let applied = try await lab.apply(try lab.plan())
            #expect(applied.result == .applied && applied.status == .success)
            #expect(applied.outcomes == [.written, .written, .written])
            #expect(applied.before == [1, 2, 3, 5] && applied.after == [1, 3, 11])
            #expect(try await lab.pool() == [1, 3, 11])
            #expect(lab.changes == ["+11", "-2", "-5"])
            #expect(lab.emulator.trail.allSatisfy { $0.clientID == lab.account.clientId })
            #expect(Set(lab.emulator.trail.map(\.userName)) == [try #require(lab.account.user(.itUser)).userName])
            let records = try RemediationJournal.records(in: lab.folder)
            let names = records.map(\.event.name)
            #expect(
                names == ["began", "intent", "accepted", "intent", "accepted", "intent", "accepted", "ended"])
            guard case .began(let beginning) = records[0].event else { return }
            #expect(beginning.by == "J. Doe" && beginning.pool == [1, 2, 3, 5] && beginning.defaultVoice == 1)
            #expect(beginning.client == "lab/4199" && beginning.baseURL == lab.emulator.manifest.baseURL)
            #expect(records.last?.event == .ended(.applied, pool: [1, 3, 11]))
            guard case .intent(0, _, let request) = records[1].event else { return }
            #expect(request == "POST /configuration/clients/4199/voicePool/11")
        }
    }

    @Test func `nothing of a credential or a session gets into the journal`() async throws {
        try await Lab.run { lab in
            await lab.emulator.add(EmulatorFault(kind: .removeVoice, times: 1, status: 403))
            _ = try await lab.apply(try lab.plan())
            let text = try RemediationJournal.records(in: lab.folder).map { CanonicalJSON.text(of: $0.json) }.joined()
            let user = try #require(lab.account.user(.itUser))
            for secret in [user.password, lab.account.accessToken] + lab.emulator.sessionIDs {
                #expect(!text.contains(secret))
            }
        }
    }

    @Test func `a plan that was applied is not applied again, and nobody is asked`() async throws {
        try await Lab.run { lab in
            let plan = try lab.plan()
            _ = try await lab.apply(plan)
            await lab.emulator.resetStatistics()
            // Not even when it has expired, or somebody has put a voice back.
            try await lab.write(PlannedWrite(.add, 2))
            let attempts = lab.attempts
            await lab.emulator.resetStatistics()
            let again = try await lab.apply(plan, now: Lab.now.advanced(by: .seconds(100_000)))
            #expect(again.result == .appliedBefore(Lab.now, by: "J. Doe") && again.status == .success)
            #expect(lab.emulator.statistics.total == 0 && lab.attempts == attempts)
        }
    }

    @Test func `a pool that is as wanted already needs no write`() async throws {
        try await Lab.run { lab in
            try await lab.write(PlannedWrite(.add, 11), PlannedWrite(.remove, 2), PlannedWrite(.remove, 5))
            let applied = try await lab.apply(try lab.plan())
            #expect(applied.result == .applied && applied.status == .success)
            #expect(applied.outcomes == [.doneByOthers, .doneByOthers, .doneByOthers])
            #expect(lab.attempts == 3)
            #expect(try lab.events() == ["began", "ended"])
        }
    }

    @Test(
        arguments: [
            ([PlannedWrite(.add, 4)], [4], []), ([PlannedWrite(.remove, 3)], [], [3]),
            ([PlannedWrite(.add, 11)], [11], []), ([PlannedWrite(.remove, 2), PlannedWrite(.remove, 5)], [], [2, 5]),
        ] as [([PlannedWrite], [Int], [Int])])
    func `a pool that moved is refused, also one that is half way without this plan's doing`(
        by others: [PlannedWrite], has: [Int], lacks: [Int]
    ) async throws {
        try await Lab.run { lab in
            for write in others { try await lab.write(write) }
            let refusal = try #require(try await lab.refusal(try lab.plan()))
            #expect(refusal == .moved(has: has, lacks: lacks, isRecovery: false))
            #expect(refusal.status == .usage)
            #expect(refusal.description.contains("the voice pool is not the one that the plan saw: it "))
            #expect(lab.attempts == others.count)
            #expect(try lab.events().isEmpty)
        }
    }

    @Test func `what is out of date, out of place or too much is refused with nothing written`() async throws {
        try await Lab.run { lab in
            let plan = try lab.plan()
            let end = plan.expiresAt
            #expect(try await lab.refusal(plan, now: end) == .expired(at: end))
            #expect(try await lab.refusal(plan, maximumWrites: 2) == .tooManyWrites(3, limit: 2))
            var elsewhere = plan
            elsewhere.baseURL = "https://api.livevox.com"
            #expect(
                try await lab.refusal(elsewhere)
                    == .otherEnvironment(
                        plan: "https://api.livevox.com", now: lab.emulator.manifest.baseURL, name: Lab.environment))
            elsewhere = plan
            elsewhere.environment = EnvironmentName("other")
            #expect(try await lab.refusal(elsewhere)?.status == .usage)
            let other = try lab.login(account: lab.emulator.manifest.accounts[1])
            #expect(
                try await lab.refusal(plan, login: other)
                    == .otherClient(plan: "4199", answered: "4200", of: "the session"))
            var wrongCode = plan
            wrongCode.code = "SOMEBODY"
            #expect(
                try await lab.refusal(wrongCode)
                    == .otherClient(plan: "SOMEBODY", answered: lab.account.clientName, of: "settings.clientCode"))
            #expect(lab.attempts == 0)
            #expect(try lab.events().isEmpty)
            #expect(try await lab.pool() == Lab.seen)
            // The last moment before the end is early enough.
            let last = end.advanced(by: .milliseconds(-1))
            #expect(try await lab.apply(plan, maximumWrites: 3, now: last).result == .applied)
        }
    }

    @Test func `the default voice is removed only by force`() async throws {
        try await Lab.run { lab in
            let plan = try lab.plan([PlannedWrite(.remove, 1)])
            let refusal = try #require(try await lab.refusal(plan))
            #expect(refusal == .removesDefaultVoice(1) && refusal.status == .usage)
            #expect(refusal.description.contains("say --force"))
            // Also where the plan did not know which voice that is.
            let blind = try lab.plan([PlannedWrite(.remove, 1)], defaultVoice: nil, knowsDefaultVoice: false)
            #expect(try await lab.refusal(blind) == .removesDefaultVoice(1))
            #expect(lab.attempts == 0)
            let applied = try await lab.apply(plan, isForced: true)
            #expect(applied.result == .applied && applied.defaultVoice == 1 && applied.after == [2, 3, 5])
        }
    }

    @Test func `a default voice that is another than the plan saw is refused`() async throws {
        try await Lab.run { lab in
            let plan = try lab.plan(defaultVoice: 3)
            #expect(try await lab.refusal(plan, isForced: true) == .defaultVoiceMoved(from: 3, to: 1))
            let none = try lab.plan(defaultVoice: nil)
            #expect(try await lab.refusal(none) == .defaultVoiceMoved(from: nil, to: 1))
            #expect(lab.attempts == 0)
        }
    }

    @Test(arguments: [EmulatorRole.manager, .superuser])
    func `a user without the role is refused before any write, with what it needs`(role: EmulatorRole) async throws {
        try await Lab.run { lab in
            let refusal = try #require(try await lab.refusal(try lab.plan(), login: try lab.login(role: role)))
            #expect(refusal.status == .incomplete)
            #expect(
                refusal.description.hasSuffix(
                    "Nothing was written. The user of remediation needs the role Sysadmin or IT User for this client."),
                "\(refusal)")
            #expect(lab.attempts == 0)
        }
    }

    @Test func `a refused login is told apart from one that could not be carried out`() async throws {
        try await Lab.run { lab in
            let wrong = try lab.login(password: "wrong")
            let refused = try #require(try await lab.refusal(try lab.plan(), login: wrong))
            #expect(refused.status == .authentication)
            #expect(refused.description.hasPrefix("the login for remediation was refused: HTTP 401 from POST "))
            #expect(lab.emulator.statistics.requests(.login, status: 401) == 1)
            await lab.emulator.add(EmulatorFault(kind: .login, status: 500))
            let failed = try #require(try await lab.refusal(try lab.plan()))
            #expect(failed.status == .incomplete)
            #expect(failed.description.hasPrefix("the login for remediation could not be carried out: HTTP 500 from "))
        }
    }

    @Test func `a dry run reads and tells, and writes nothing anywhere`() async throws {
        try await Lab.run { lab in
            let applied = try await lab.apply(try lab.plan(), isDryRun: true)
            #expect(applied.result == .dryRun && applied.status == .success)
            #expect(applied.outcomes == [.notSent, .notSent, .notSent])
            #expect(applied.before == [1, 2, 3, 5] && applied.after == nil)
            #expect(lab.attempts == 0)
            #expect(try lab.events().isEmpty)
        }
    }

    @Test(arguments: [EmulatorFault.Payload.nulls, .empty, .truncated, .html, .textNumbers])
    func `a pool that cannot be read as one is not written to`(payload: EmulatorFault.Payload) async throws {
        try await Lab.run { lab in
            await lab.emulator.add(EmulatorFault(kind: .voicePool, payload: payload))
            if payload == .textNumbers {
                // Numbers as text are numbers to this reader.
                #expect(try await lab.apply(try lab.plan()).status == .success)
                return
            }
            let refusal = try #require(try await lab.refusal(try lab.plan()))
            #expect(refusal.status == .incomplete, "\(refusal)")
            #expect(refusal.description.hasPrefix("what must be read before any write could not be read: "))
            #expect(lab.attempts == 0)
        }
    }

    @Test func `a pool with a voice twice is not written to`() async throws {
        try await Lab.run { lab in
            await lab.emulator.replaceBody(
                ofClient: lab.account.clientId, group: .voicePool,
                with: Array(#"{"voice":[{"id":1},{"id":2},{"id":3},{"id":5},{"id":2}]}"#.utf8))
            let refusal = try #require(try await lab.refusal(try lab.plan()))
            #expect(refusal.description.contains("the pool is no list of different voice ids"), "\(refusal)")
            #expect(lab.attempts == 0)
        }
    }
}
