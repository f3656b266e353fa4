import AuditModel

extension AuditText {
    /// The clients for which each rule holds, and those that it does not apply to: nothing to act on, so only where all is
    /// asked for.
    mutating func writeOthers() {
        for (verdict, title) in [(ReportedVerdict.pass, "PASSES"), (.notApplicable, "NOT APPLICABLE")] {
            let results = report.results.filter { $0.verdict == verdict }
            guard !results.isEmpty else { continue }
            page.heading(title, "\(Words.count(results.count, "result"))")
            let byRule = Dictionary(grouping: results, by: \.ruleID)
            for rule in report.rules.map(\.facts) {
                for group in Self.byReason(byRule[rule.id] ?? []) {
                    let reason = group.reason.map { ", \(VisibleText.prose($0))" } ?? ""
                    let glyph = VerdictMapping.of(verdict).glyph
                    page.line(
                        "\(glyph, .dim) \(rule.id, .bold)  \(Words.count(group.clients.count, "client"))\(reason): \(group.clients.map(Words.short).joined(separator: ", "))",
                        indent: 2, hanging: 6)
                }
            }
        }
    }

    private static func byReason(_ results: [ReportedResult]) -> [(reason: String?, clients: [Client])] {
        Dictionary(grouping: results, by: \.notApplicableReason).map { ($0.key, $0.value.map(\.client)) }
            .sorted { ($0.reason ?? "").precedesInUTF16($1.reason ?? "") }
    }
}
