import AuditModel

// The sections that a run's report and a diff's have in common.
extension MarkdownPage {
    /// Verdicts that moved: those of clients first, those that moved with the rules apart.
    mutating func writeMoves(_ changes: [VerdictChange]) {
        let moves = Move.grouped(changes)
        write("Verdict changes", moves.filter { !$0.isByRuleAlone })
        write("Verdict changes by the rules or the tool, not by what the clients have", moves.filter(\.isByRuleAlone))
    }

    private mutating func write(_ title: MarkdownText, _ moves: [Move]) {
        guard !moves.isEmpty else { return }
        heading(title)
        table(
            ["move", "rules", "clients", "cause", "settings"],
            moves.map { move in
                [
                    "\(move.words)", "\(move.ruleIDs.joined(separator: ", "))",
                    "\(Words.clients(move.clients, limit: .max - 1))", "\(move.causeWords)",
                    "\(move.paths.map(\.shown).joined(separator: ", "))",
                ]
            })
    }

    /// Each different change once, with the clients that made it.
    mutating func writeSettingsChanges(_ changes: [SharedChange]) {
        guard !changes.isEmpty else { return }
        let total = changes.reduce(0) { $0 + $1.clients.count }
        heading("Settings changes")
        paragraph("\(Words.count(total, "settings change")), \(changes.count) different.")
        table(
            ["", "setting", "before", "after", "clients", "flipped rules"],
            changes.map { entry in
                [
                    "\(entry.change.kind.rawValue)", "\(entry.change.path.shown, .code)",
                    value(entry.change.before), value(entry.change.after),
                    "\(Words.clients(entry.clients, limit: .max - 1))",
                    "\(entry.flippedRules.joined(separator: ", "))",
                ]
            })
    }

    private func value(_ value: SettingValue?) -> MarkdownText {
        value == nil ? "*absent*" : "\(ValueText.of(value), .code)"
    }

    mutating func writeRoster(_ changes: [RosterChange]) {
        guard !changes.isEmpty else { return }
        heading("Roster changes")
        table(
            ["change", "client", "before", "after"],
            changes.map { change in
                [
                    "\(change.kind.words)", "\(Words.label(change.client))", "\(change.before ?? "")",
                    "\(change.after ?? "")",
                ]
            })
    }
}
