import AuditModel

// The sections that a run's report and a diff's have in common.
extension TextPage {
    mutating func writeSentences(_ title: String, _ sentences: [String]) {
        guard !sentences.isEmpty else { return }
        heading(title)
        for sentence in sentences { line("- \(VisibleText.prose(sentence))", indent: 2, hanging: 4) }
    }

    /// Verdicts that moved: those of clients first, those that moved with the rules apart.
    mutating func writeMoves(_ changes: [VerdictChange], since run: AuditRun?, showsAll: Bool) {
        let moves = Move.grouped(changes)
        let ofClients = moves.filter { !$0.isByRuleAlone }
        let ofRules = moves.filter(\.isByRuleAlone)
        if !ofClients.isEmpty {
            heading("VERDICT CHANGES", run.map { "since run \($0.id.short)" } ?? "")
            for move in ofClients { write(move, showsAll: showsAll) }
        }
        if !ofRules.isEmpty {
            heading("VERDICT CHANGES BY RULES, WAIVERS OR THE TOOL", "not by what the clients have")
            for move in ofRules { write(move, showsAll: showsAll) }
        }
    }

    private mutating func write(_ move: Move, showsAll: Bool) {
        let clients = Words.clients(move.clients, limit: showsAll ? .max - 1 : 4)
        let count = move.clients.count > 1 ? "\(Words.count(move.clients.count, "client")): " : ""
        let rules = Words.list(move.ruleIDs, limit: showsAll ? .max - 1 : 4)
        var text: TerminalText =
            "\(move.words, move.style)  \(rules, .bold)  \(count)\(clients)  \("(\(move.causeWords))", .dim)"
        if !move.paths.isEmpty {
            let paths = Words.list(move.paths.map(\.shown), limit: showsAll ? .max - 1 : 3)
            text += "  \(paths, .cyan)"
        }
        line(text, indent: 2, hanging: 6)
    }

    /// Changes that several clients share first, each told once; then those of single clients, by client.
    mutating func writeSettingsChanges(_ changes: [SharedChange], showsAll: Bool) {
        guard !changes.isEmpty else { return }
        let total = changes.reduce(0) { $0 + $1.clients.count }
        heading("SETTINGS CHANGES", "\(total), of which \(changes.count) different")
        let groups = ChangesByClient(changes)
        for entry in groups.shared {
            write(entry)
            let names = Words.list(entry.clients.map(Words.short), limit: showsAll ? .max - 1 : 3)
            line("\(Words.count(entry.clients.count, "client"), .bold): \(names)", indent: 6)
        }
        for (client, changes) in groups.single {
            line("\(Words.label(client), .bold)", indent: 2)
            for entry in changes { write(entry, indent: 4) }
        }
    }

    private mutating func write(_ entry: SharedChange, indent: Int = 2) {
        let change = entry.change
        var text: TerminalText = "\(change.kind.glyph, change.kind.style) \(change.path.shown, .cyan)  "
        switch change.kind {
        case .added: text += "\(ValueText.of(change.after))"
        case .removed: text += "\(ValueText.of(change.before))"
        case .modified: text += "\(ValueText.of(change.before)) → \(ValueText.of(change.after))"
        }
        if !entry.flippedRules.isEmpty {
            text += "  \("flipped \(entry.flippedRules.joined(separator: ", "))", .yellow)"
        }
        line(text, indent: indent, hanging: indent + 4)
    }

    mutating func writeRoster(_ changes: [RosterChange]) {
        guard !changes.isEmpty else { return }
        heading("ROSTER CHANGES")
        rows(
            changes.map { change in
                let sides = [change.before, change.after].compactMap { $0 }.map { $0.isEmpty ? "(none)" : $0 }
                return [
                    "\(change.kind.words)", "\(Words.label(change.client))", "\(sides.joined(separator: " → "), .dim)",
                ]
            }, indent: 2)
    }
}

extension Move {
    fileprivate var style: TerminalText.Style {
        switch transition {
        case .firstSeen, .new, .still: .red
        case .fixed: .green
        case .sightLost: .yellow
        case .noLongerApplicable, .ruleRetired, .clientLeft, nil: .blue
        }
    }
}

extension Change.Kind {
    fileprivate var style: TerminalText.Style {
        switch self {
        case .added: .green
        case .removed: .red
        case .modified: .yellow
        }
    }
}
