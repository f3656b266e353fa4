import AuditModel

extension SampleReports {
    /// Four nights: a partial one between complete ones, then other policies, and the night of ``night``.
    static var trend: [TrendPoint] {
        [
            point("2026-10-29", pass: 230, fail: 12, waived: 2),
            point("2026-10-30", .partial, pass: 190, fail: 11, unknown: 43, collected: 20),
            point("2026-10-31", pass: 226, fail: 16, waived: 2, policies: "other"),
            point(
                "2026-11-01", .partial, pass: 199, fail: 23, waived: 2, unknown: 6, policies: "other", collected: 24),
        ]
    }

    /// A night of 25 clients under ten rules.
    static func point(
        _ day: String, _ state: AuditRun.State = .complete, pass: Int, fail: Int = 0, waived: Int = 0, unknown: Int = 0,
        policies: String = "policies", collected: Int = 25
    ) -> TrendPoint {
        let run = SampleFleet.run("\(day)T02:00:00Z", state: state)
        var counts = VerdictCounts()
        counts.pass = pass
        counts.fail = fail
        counts.waived = waived
        counts.unknown = unknown
        counts.notApplicable = 20
        return TrendPoint(
            runID: run.id, startedAt: run.startedAt, day: SampleFleet.day(day), state: state,
            policySet: Digest(of: policies), clientsExpected: 25, clientsCollected: collected, counts: counts)
    }
}
