import AuditModel

extension AuditPage {
    /// What failed when it was last judged and passes now; what other rules made pass is not fixed.
    var fixedChanges: [VerdictChange] { FilterKeys.fixes(report) }

    /// The same by rule, with the settings that did it.
    var fixed: HTML {
        Components.section(
            "fixed", "Fixed", count: fixedChanges.count,
            remark: "These failed when they were last judged, and pass now."
        ) {
            Components.table(
                "What passes now", ["Clients", "Rule", "Severity", "What changed"],
                FixedRow.grouped(fixedChanges, changes: changes).map(row))
        }
    }

    private func row(_ row: FixedRow) -> Components.FindingsRow {
        (
            keys.attributes([row.ruleID], .fixed), row.clients.map { ($0, nil) },
            [
                HTML("div") {
                    Components.code(ValueText.shortened(row.ruleID))
                    HTML("div", [.class("muted")]) {
                        VisibleText.prose(facts(of: row.ruleID)?.title ?? "")
                    }
                },
                facts(of: row.ruleID).map { Components.pill($0.severity) } ?? Components.muted("–"),
                HTML("div") {
                    row.changes.map { change in
                        HTML("div") {
                            Components.code(change.path.shown)
                            " "
                            Components.sides(change)
                        }
                    }
                    if row.changes.isEmpty { row.causes.map(\.words).joined(separator: ", ") }
                },
            ]
        )
    }
}

/// Clients for which a rule was fixed by the same changes.
private struct FixedRow: Hashable {
    var ruleID: String
    var causes: [TransitionCause]
    var changes: [Change]
    /// By id; one or more.
    var clients: [Client] = []

    /// By rule, then by the first client.
    static func grouped(_ moves: [VerdictChange], changes: ChangeIndex) -> [FixedRow] {
        let rows = Dictionary(grouping: moves) { move in
            FixedRow(
                ruleID: move.ruleID, causes: move.causes,
                changes: move.paths.compactMap { changes.change(of: move.client.id, at: $0) })
        }.map { shape, moves in
            var row = shape
            row.clients = moves.map(\.client).sorted { $0.id < $1.id }
            return row
        }
        return rows.sorted { left, right in
            left.ruleID.isIdentical(to: right.ruleID)
                ? left.clients[0].id < right.clients[0].id : left.ruleID.precedesInUTF16(right.ruleID)
        }
    }
}
