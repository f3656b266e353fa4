import AuditModel
import AuditPipeline
import Policies
import SnapshotStore
import Testing

struct NightlyAuditTests {
    @Test func `a first night is a baseline, and what fails is no flood of news`() async throws {
        var fixture = try PipelineFixture()
        fixture.source.bodies[2] = PipelineFixture.answers(code: "C2", encrypted: false)
        let report = try await fixture.night(1).report
        #expect(report.run.state == .complete)
        #expect(report.failures.map(\.result.ruleID) == ["R-ENC"])
        #expect(report.failures.first?.transition == .firstSeen)
        #expect(report.newFailures.isEmpty)
        #expect(report.exitStatus == .findings)
        #expect(report.completeness.groupsCaptured == 15)
    }

    @Test func `a setting that changes is told with the verdict that it flipped`() async throws {
        var fixture = try PipelineFixture()
        _ = try await fixture.night(1)
        fixture.source.bodies[1] = PipelineFixture.answers(code: "C1", lockout: 9)
        let report = try await fixture.night(2).report
        #expect(
            report.settingsChanges.map { "\($0.change.path) \($0.flippedRules)" } == [
                "internal.maxFailedCcsLoginAttempts [\"R-LOCK\"]"
            ])
        let change = try #require(report.verdictChanges.first)
        #expect(change.transition == .new)
        #expect(change.causes == [.setting])
        #expect(report.newFailures.map(\.client.id.number) == [1])
        let third = try await fixture.night(3).report
        #expect(third.failures.first?.transition == .still)
        #expect(third.failures.first?.failingSince == report.run.startedAt)
        #expect(third.settingsChanges.isEmpty)
    }

    @Test func `a group that cannot be read makes verdicts unknown, and is never fixed by it`() async throws {
        var fixture = try PipelineFixture()
        fixture.source.bodies[1] = PipelineFixture.answers(code: "C1", encrypted: false)
        _ = try await fixture.night(1)
        fixture.source.bodies[1]?[.internal] = .failure(CaptureFailure(.forbidden, status: 403))
        let blind = try await fixture.night(2).report
        #expect(blind.run.state == .partial)
        #expect(blind.exitStatus == .incomplete)
        #expect(Set(blind.unknowns.map(\.result.ruleID)) == ["R-ENC", "R-LOCK"])
        #expect(blind.verdictChanges.allSatisfy { $0.transition == .sightLost })
        #expect(blind.settingsChanges.isEmpty)
        #expect(blind.completeness.failures.first?.lastKnownAt != nil)

        fixture.source.bodies[1] = PipelineFixture.answers(code: "C1", encrypted: false)
        let again = try await fixture.night(3).report
        let failure = try #require(again.failures.first)
        #expect(failure.transition == .still, "the last known verdict was a fail already")
        #expect(failure.failingSince == Timestamp(milliseconds: 1_761_955_200_000 + 86_400_000))
    }

    @Test func `a change behind a night without sight is told when sight returns`() async throws {
        var fixture = try PipelineFixture()
        _ = try await fixture.night(1)
        fixture.source.bodies[1]?[.internal] = .failure(CaptureFailure(.serverError, status: 500))
        #expect(try await fixture.night(2).report.settingsChanges.isEmpty)
        fixture.source.bodies[1] = PipelineFixture.answers(code: "C1", lockout: 9)
        let report = try await fixture.night(3).report
        #expect(report.settingsChanges.map(\.change.path.dotted) == ["internal.maxFailedCcsLoginAttempts"])
        let change = try #require(report.verdictChanges.first { $0.ruleID == "R-LOCK" })
        #expect(change.transition == .new)
        #expect(change.causes.contains(.setting))
    }

    @Test func `another client's answer fails all five groups`() async throws {
        var fixture = try PipelineFixture()
        _ = try await fixture.night(1)
        fixture.source.bodies[1]?[.settings] = .success(#"{"clientCode":"C2","displayName":"x"}"#)
        let report = try await fixture.night(2).report
        #expect(report.completeness.failures.count == 5)
        #expect(report.completeness.failures.allSatisfy { $0.failure.reason == .wrongClient })
        // A body that was accepted for C2 is known by now; it must not pass for C1's.
        let third = try await fixture.night(3).report
        #expect(third.completeness.failures.count == 5)
    }

    @Test func `a run that was cut off is gone on with, and asks only for what is missing`() async throws {
        var fixture = try PipelineFixture(clients: Array(1...200))
        fixture.source.stopsAfter = 130
        await #expect(throws: ScriptedSource.Stopped.self) { try await fixture.night(1) }
        let open = try #require(try fixture.store.openRun(in: PipelineFixture.environment))
        #expect(try fixture.store.nights(of: open.id).count == 130)
        fixture.source.stopsAfter = 70
        let outcome = try await fixture.night(1)
        #expect(outcome.remarks.count == 1)
        #expect(outcome.report.run.id == open.id)
        #expect(outcome.report.run.state == .complete)
        #expect(outcome.report.completeness.clientsCollected == 200)
    }

    @Test func `an open run that is too old is sealed as it was, and a new one started`() async throws {
        var fixture = try PipelineFixture(clients: Array(1...70))
        fixture.source.stopsAfter = 65
        await #expect(throws: ScriptedSource.Stopped.self) { try await fixture.night(1) }
        fixture.source.stopsAfter = .max
        let outcome = try await fixture.night(2)
        #expect(outcome.report.run.state == .complete)
        let runs = try fixture.store.runs(in: PipelineFixture.environment)
        #expect(runs.map(\.state) == [.partial, .complete])
        #expect(outcome.report.previousRun?.id == runs.first?.id)
        let old = try Chronicle(store: fixture.store, zone: .utc).report(of: runs[0], judgedBy: .recorded)
        #expect(old.completeness.groupsFailed == 25)
        #expect(old.unknowns.count == 10)
    }

    @Test func `a clock that goes backwards stops the night before anything is stored`() async throws {
        let fixture = try PipelineFixture()
        _ = try await fixture.night(2)
        await #expect(throws: PipelineError.self) { try await fixture.night(1) }
        #expect(try fixture.store.runs(in: PipelineFixture.environment).count == 1)
    }

    @Test func `a client that vanishes from the roster is a gap, one that is retired is not`() async throws {
        var fixture = try PipelineFixture()
        _ = try await fixture.night(1)
        let gone = fixture.clients.removeLast()
        let report = try await fixture.night(2).report
        #expect(report.completeness.vanishedClients.map(\.id) == [gone.id])
        #expect(report.exitStatus == .incomplete)
        fixture.clients.append(gone)
        _ = try await fixture.night(3)
        fixture.clients.removeLast()
        let retired = try await fixture.night(4, retired: [gone.id]).report
        #expect(retired.rosterChanges.map(\.kind) == [.retired])
        #expect(retired.exitStatus == .success)
    }

    @Test func `no client, no rule, and a client that no rule assesses are never green`() async throws {
        var fixture = try PipelineFixture(clients: [])
        #expect(try await fixture.night(1).report.exitStatus == .incomplete)
        fixture = try PipelineFixture()
        fixture.clients[0].labels = [:]
        let report = try await fixture.night(1).report
        #expect(report.completeness.unassessedClients.map(\.id.number) == [1])
        #expect(report.exitStatus == .incomplete)
        fixture = try PipelineFixture()
        fixture.policies = PolicyLoader.load([]).policySet
        #expect(try await fixture.night(1).report.exitStatus == .incomplete)
    }

    @Test func `a fetch-only night has no verdicts, and its snapshots can be judged later`() async throws {
        var fixture = try PipelineFixture()
        fixture.source.bodies[1] = PipelineFixture.answers(code: "C1", encrypted: false)
        let policies = fixture.policies
        fixture.policies = nil
        let fetched = try await fixture.night(1).report
        #expect(fetched.run.kind == .fetchOnly)
        #expect(fetched.exitStatus == .success)
        #expect(fetched.rules.isEmpty)
        let set = try #require(policies)
        let judged = try Chronicle(store: fixture.store, zone: .utc)
            .report(of: fetched.run, judgedBy: .policies(set))
        #expect(judged.failures.map(\.result.ruleID) == ["R-ENC"])
    }

    @Test func `a rule that changes is named as the cause, apart from the client's own changes`() async throws {
        var fixture = try PipelineFixture()
        let first = try await fixture.night(1).report
        fixture.policies = try PipelineFixture.policySet(limit: 3)
        let second = try await fixture.night(2).report
        #expect(second.verdictChanges.count == 3)
        #expect(second.verdictChanges.allSatisfy { $0.ruleID == "R-LOCK" && $0.causes == [.rule] })
        // What was recorded stays as it was judged.
        let again = try Chronicle(store: fixture.store, zone: .utc).report(of: first.run, judgedBy: .recorded)
        #expect(again.failures.isEmpty)
    }

    @Test func `what if: assumed settings are judged and nothing is stored`() async throws {
        let fixture = try PipelineFixture()
        let run = try await fixture.night(1).report.run
        let before = try fixture.store.statistics()
        let path = SettingPath(.internal, key: "encryptCcsPassword")
        let set = try #require(fixture.policies)
        let report = try Chronicle(store: fixture.store, zone: .utc)
            .report(of: run, judgedBy: .policies(set, assuming: [path: false]))
        #expect(report.failures.count == 3)
        #expect(try fixture.store.statistics() == before)
    }
}
