import AuditModel

/// The rows of a requirement with all that they say put together: clients that have the same value, for as long, are one
/// row.
struct FindingRow {
    /// The clients with their findings, by client; one or more.
    private(set) var findings: [Finding]
    /// What was compared.
    var shown: ShownComparison
    /// What changed it since the run before; nil where nothing did.
    var change: Change?

    /// What was compared; nil where the rule only has a message.
    var comparison: Comparison? { shown.comparison }

    /// What they have in common.
    var example: Finding { findings[0] }

    private struct Key: Hashable {
        var path: SettingPath?
        var actual: String?
        var leftOut: Int
        var before: String?
        var message: String?
        var transition: Transition?
        var since: Timestamp?
        var waiver: String?
    }

    /// The rows, news first, then those of many clients.
    static func grouped(_ rows: [Requirement.Row], changes: ChangeIndex) -> [FindingRow] {
        var grouped: [FindingRow] = []
        var places: [Key: Int] = [:]
        for row in rows {
            let change = row.comparison.flatMap { changes.change(of: row.finding.client.id, at: $0.path) }
            let key = Key(
                path: row.comparison?.path, actual: row.comparison.map(ValueText.actual), leftOut: row.shown.leftOut,
                before: change.map { ValueText.of($0.before) }, message: row.finding.result.message,
                transition: row.finding.transition, since: row.finding.failingSince, waiver: row.finding.waiver?.id)
            if let place = places[key] {
                grouped[place].findings.append(row.finding)
            } else {
                places[key] = grouped.count
                grouped.append(FindingRow(findings: [row.finding], shown: row.shown, change: change))
            }
        }
        for index in grouped.indices { grouped[index].findings.sort { $0.client.id < $1.client.id } }
        return grouped.sorted { left, right in
            if left.example.isNews != right.example.isNews { return left.example.isNews }
            if left.findings.count != right.findings.count { return left.findings.count > right.findings.count }
            return left.example.client.id < right.example.client.id
        }
    }
}
