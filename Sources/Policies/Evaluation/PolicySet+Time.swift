public import AuditModel

extension PolicySet {
    /// The rules whose verdict can depend on the moment of the run, for any client; by id.
    public var rulesReadingNow: [String] { rules.filter(\.readsNow).map(\.facts.id) }

    /// Whether a rule's verdict can depend on the moment of the run; false for an unknown rule.
    public func readsNow(_ ruleID: String) -> Bool {
        rules.first { $0.facts.id.isIdentical(to: ruleID) }?.readsNow ?? false
    }

    /// What the rules of ``rulesReadingNow``, in that order, say of one snapshot at each of several moments.
    public func verdictsOfRulesReadingNow(for snapshot: Snapshot, at moments: [Timestamp]) -> [[Verdict]] {
        let reading = rules.filter(\.readsNow)
        let first = Evidence(snapshot, slots, now: moments.first)
        return moments.map { moment in
            let evidence = Evidence(first, slots, at: moment)
            return reading.map { $0.result(for: evidence).verdict }
        }
    }
}
