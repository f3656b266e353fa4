import AuditModel
import AuditPipeline
import Policies
import SnapshotStore
import Testing

/// What `diff` and the report of a night say of a rule that reads the time.
struct TimeCauseTests {
    /// Two nights of one client, judged by a rule that fails from the third of November on.
    private func change(
        _ lockouts: (Int, Int), limits: (Int, Int) = (5, 5), deadline: String = "2025-11-03T00:00:00Z"
    ) async throws -> VerdictChange {
        var fixture = try PipelineFixture(clients: [1])
        var runs: [AuditRun] = []
        for (day, lockout, limit) in [(1, lockouts.0, limits.0), (2, lockouts.1, limits.1)] {
            fixture.policies = try PipelineFixture.policySet(limit: limit, deadline: deadline)
            fixture.source.bodies[1] = PipelineFixture.answers(code: "C1", lockout: lockout)
            let report = try await fixture.night(day).report
            runs.append(report.run)
            #expect(day == 1 || report.verdictChanges.count == 1)
        }
        let sides = runs.map { RunSelection(asked: "", run: $0, day: DayZone.utc.day(of: $0.startedAt)) }
        let report = try Chronicle(store: fixture.store, zone: .utc).difference(from: sides[0], to: sides[1])
        return try #require(report.verdictChanges.first)
    }

    @Test func `a verdict that the time alone moved names the time`() async throws {
        let change = try await change((5, 5))
        #expect(change.transition == .new)
        #expect(change.causes == [.time])
        #expect(change.paths.isEmpty)
    }

    @Test func `a setting that changed and made no difference is no cause, and flipped nothing`() async throws {
        let change = try await change((5, 4))
        #expect(change.causes == [.time])
        #expect(change.paths.isEmpty)
    }

    @Test func `a setting that would have done it alone is named beside the time, and alone where no moment counts`()
        async throws
    {
        let both = try await change((5, 9))
        #expect(both.causes == [.setting, .time])
        #expect(both.paths.map(\.dotted) == ["internal.maxFailedCcsLoginAttempts"])
        let setting = try await change((5, 9), deadline: "2026-06-01T00:00:00Z")
        #expect(setting.causes == [.setting])
    }

    @Test func `a rule that changed is told apart from the time that it reads`() async throws {
        let rule = try await change((5, 5), limits: (5, 3), deadline: "2026-06-01T00:00:00Z")
        #expect(rule.causes == [.rule])
        let time = try await change((5, 5), limits: (5, 6))
        #expect(time.causes == [.time])
    }
}
