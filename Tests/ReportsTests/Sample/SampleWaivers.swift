import AuditModel

extension SampleReports {
    /// The waivers of the sample's night: one that has ended, one with failures under it, one that lies over nothing, and
    /// one that is still to come.
    static var waivers: [WaiverStanding] {
        func waiver(
            _ id: String, _ rules: [String], _ subject: String, owner: String?, from: String, expires: String,
            failures: Int = 0
        ) -> WaiverStanding {
            WaiverStanding(
                facts: WaiverFacts(
                    id: id, reason: "Accepted for now.", owner: owner, approver: "ciso@example.com", ticket: nil,
                    from: SampleFleet.day(from), expires: SampleFleet.day(expires), on: SampleFleet.day("2026-11-15")),
                ruleIDs: rules, subject: subject, failures: failures)
        }
        return [
            waiver(
                "W-2026-003", ["LV-INT-001"], "na3/4199", owner: "it@example.com", from: "2026-01-01",
                expires: "2026-10-31"),
            waiver(
                "W-2026-014", ["LV-INT-004"], "na3/4126, na3/4127", owner: "identity@example.com", from: "2026-09-01",
                expires: "2026-11-25", failures: 2),
            waiver(
                "W-2026-020", ["LV-INT-005", "LV-INT-006"], "line=care", owner: nil, from: "2026-10-01",
                expires: "2027-03-31"),
            waiver(
                "W-2026-021", ["LV-SET-001"], "na3/4200", owner: nil, from: "2026-12-01", expires: "2027-04-30"),
        ]
    }
}
