import AuditModel
import AuditTestSupport
import Reports
import SnapshotStore
import Testing

@testable import audit

struct NotificationPlanTests {
    private static let environment = EnvironmentName("na3")

    private func run(_ night: Int) -> AuditRun {
        let start = Timestamp(milliseconds: 1_793_498_400_000 + Int64(night) * 86_400_000)
        return AuditRun(
            id: AuditRun.ID(environment: Self.environment, startedAt: start), environment: Self.environment,
            baseURL: "https://api.livevox.com", isSynthetic: false, kind: .full, state: .complete, startedAt: start,
            sealedAt: start, policySet: nil, waiverSet: nil, toolVersion: "1", clientCount: 1)
    }

    private func record(
        _ night: Int, _ event: RunNotification.Event, content: String = "c", attempts: Int = 1, isSent: Bool
    ) -> NotificationRecord {
        let run = run(night)
        return NotificationRecord(
            run: run.id, startedAt: run.startedAt, event: event.rawValue, content: Digest(of: content),
            attempts: attempts, attemptedAt: run.startedAt, sentAt: isSent ? run.startedAt : nil)
    }

    @Test func `what arrived is not told again, and what did not is`() {
        let plan = NotificationPlan(records: [
            record(1, .fixed, attempts: 2, isSent: false), record(1, .new, isSent: true),
        ])
        #expect(plan.untold([.new, .fixed], of: run(1)) == [.fixed])
        #expect(plan.untold([.new, .fixed], of: run(2)) == [.new, .fixed])
        #expect(plan.attempt([.fixed], of: run(1)) == 3)
        #expect(plan.attempt([.new], of: run(1)) == 1)
        #expect(plan.toldAt([.new], of: run(1)) == run(1).startedAt)
        #expect(plan.toldAt([.new, .fixed], of: run(1)) == nil)
    }

    @Test func `late messages are bounded by attempts, age and number, and a sign of life is never late`() {
        let pending = (0..<10).map { record($0, .new, isSent: false) }
        let plan = NotificationPlan(records: pending)
        #expect(plan.late(before: run(10)).map(\.run) == [run(7).id, run(8).id, run(9).id])
        #expect(plan.late(before: run(16)).map(\.run) == [run(9).id])
        #expect(plan.late(before: run(17)).isEmpty)
        #expect(plan.late(before: run(0)).isEmpty)
        let others = NotificationPlan(records: [
            record(1, .new, attempts: 5, isSent: false), record(2, .alive, isSent: false),
            record(3, .fixed, isSent: false), record(3, .new, isSent: false), record(4, .new, isSent: true),
        ])
        #expect(others.late(before: run(5)).map(\.run) == [run(3).id])
        #expect(others.late(before: run(5)).map(\.events) == [[.fixed, .new]])
    }

    @Test func `since when evidence is incomplete counts runs in a row that said the same`() {
        let plan = NotificationPlan(records: [
            record(0, .incomplete, content: "a", isSent: true), record(1, .incomplete, content: "b", isSent: true),
            record(2, .incomplete, content: "a", isSent: false), record(3, .incomplete, content: "a", isSent: true),
        ])
        func standing(_ content: String, runs: Range<Int>) -> RunNotification.Standing? {
            plan.standing(Digest(of: content), before: runs.map { run($0) }) { _ in CalendarDay(daysSince1970: 1) }
        }
        #expect(standing("a", runs: 0..<4)?.run == run(2).id)
        #expect(standing("a", runs: 0..<4)?.nights == 3)
        #expect(standing("b", runs: 0..<4) == nil)
        #expect(standing("a", runs: 0..<5) == nil, "the run before was complete")
    }

    @Test(arguments: [
        ("hooks.slack.com", RunNotification.Format.slack), ("HOOKS.slack.com", .slack), ("hooks.slack-gov.com", .slack),
        ("hooks.slack.com.example.com", .json), ("slack.com", .json), ("127.0.0.1", .json),
    ])
    func `only Slack's own hosts get Slack's form unasked`(host: String, format: RunNotification.Format) {
        #expect(NotificationDestination.format(ofHost: host) == format)
    }

    @Test func `a destination is called by its name, or by where its address is`() {
        let destination = NotificationDestination(webhook: "cmd:echo s3cret", events: [.new])
        #expect(destination.displayName == "webhook cmd:…")
        #expect(NotificationDestination(webhook: "env:HOOK", events: []).displayName == "webhook env:HOOK")
        #expect(NotificationDestination(name: "ops", webhook: "env:HOOK", events: []).displayName == "ops")
    }
}
