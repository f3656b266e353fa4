import AuditModel
import Testing

@testable import audit

struct LastCompleteTests {
    private let now = Timestamp(rfc3339: "2026-11-23T12:00:00Z")!  // a constant that is plainly a date

    private func runs(_ starts: (String, AuditRun.State)...) throws -> [AuditRun] {
        try starts.map { start, state in
            let startedAt = try #require(Timestamp(rfc3339: start))
            let environment = EnvironmentName("na3")
            return AuditRun(
                id: AuditRun.ID(environment: environment, startedAt: startedAt), environment: environment, baseURL: "x",
                isSynthetic: false, kind: .full, state: state, startedAt: startedAt, sealedAt: nil, policySet: nil,
                waiverSet: nil, toolVersion: "1", clientCount: 1)
        }
    }

    @Test func `a complete run of this night is in order, whatever is still open`() throws {
        let runs = try runs(("2026-11-22T02:00:00Z", .partial), ("2026-11-23T02:00:00Z", .complete))
        let last = LastComplete(of: runs, at: now)
        #expect(last.isInOrder)
        #expect(last.sentence == "\(runs[1].id.short) of 2026-11-23T02:00:00Z.")
        let open = try self.runs(("2026-11-23T02:00:00Z", .complete), ("2026-11-23T11:59:00Z", .open))
        #expect(LastComplete(of: open, at: now).isInOrder)
    }

    @Test func `one that is older than a night and a half is told with its days`() throws {
        #expect(LastComplete(of: try runs(("2026-11-22T00:00:00Z", .complete)), at: now).isInOrder)
        let runs = try runs(("2026-11-20T12:00:00Z", .complete), ("2026-11-23T02:00:00Z", .open))
        let last = LastComplete(of: runs, at: now)
        #expect(!last.isInOrder)
        #expect(last.sentence.contains("of 2026-11-20T12:00:00Z, 3 days ago; no run has ended since"))
    }

    @Test func `later runs that are not complete are counted, and so is a store without a complete one`() throws {
        let runs = try runs(
            ("2026-11-22T12:00:00Z", .complete), ("2026-11-23T02:00:00Z", .partial), ("2026-11-23T03:00:00Z", .partial))
        let last = LastComplete(of: runs, at: now)
        #expect(!last.isInOrder)
        #expect(last.sentence.contains(", 1 day ago; 2 later runs are not complete"))
        let never = LastComplete(of: Array(runs.dropFirst()), at: now)
        #expect(!never.isInOrder && never.sentence.hasPrefix("there is none among 2 runs"))
    }
}
