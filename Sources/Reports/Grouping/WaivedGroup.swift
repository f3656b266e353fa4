import AuditModel

/// The waived failures of one waiver: what is accepted, for whom, until when.
struct WaivedGroup {
    /// The waiver.
    var waiver: WaiverFacts
    /// The failures under it, by rule, then by client.
    var findings: [Finding]

    /// By the waiver's end, the nearest first; then by id.
    static func grouped(_ findings: [Finding]) -> [WaivedGroup] {
        let covered = findings.compactMap { finding in finding.waiver.map { ($0, finding) } }
        return Dictionary(grouping: covered) { $0.0 }.map { waiver, pairs in
            WaivedGroup(
                waiver: waiver,
                findings: pairs.map(\.1).sorted { left, right in
                    left.result.ruleID.isIdentical(to: right.result.ruleID)
                        ? left.client.id < right.client.id
                        : left.result.ruleID.precedesInUTF16(right.result.ruleID)
                })
        }.sorted { left, right in
            left.waiver.expires == right.waiver.expires
                ? left.waiver.id.precedesInUTF16(right.waiver.id) : left.waiver.expires < right.waiver.expires
        }
    }
}

extension WaiverFacts {
    /// `until 2027-03-31, 12 days left`; `until 2027-03-31, its last day`.
    var untilWords: String {
        "until \(expires), " + (daysLeft == 0 ? "its last day" : "\(Words.count(daysLeft, "day")) left")
    }

    /// `owner a@example.com, approved by b@example.com (SEC-1182)`.
    var peopleWords: String {
        (owner.map { "owner \($0)" } ?? "no owner named") + ", approved by \(approver)"
            + (ticket.map { " (\($0))" } ?? "")
    }
}
