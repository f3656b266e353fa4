package import AuditModel

// The sections that a run's page and a diff's have in common.
extension Components {
    /// Verdicts that moved: by the clients first, by rules, waivers or the tool apart.
    package static func moves(_ changes: [VerdictChange], facts: (String) -> RuleFacts?) -> HTML {
        let moves = Move.grouped(changes)
        let tables = [
            ("Verdicts that moved with the clients", moves.filter { !$0.isByRuleAlone }),
            (
                "Verdicts that moved by rules, waivers or the tool, not by what the clients have",
                moves.filter(\.isByRuleAlone)
            ),
        ]
        return .joined(
            tables.filter { !$0.1.isEmpty }.map { caption, moves in
                table(
                    caption, ["Move", "Rule", "Clients", "Cause"],
                    moves.map { move in [self.move(move), rule(move, facts), clients(move), cause(move)] })
            })
    }

    private static func move(_ move: Move) -> HTML {
        HTML("span", [move.badgeClass, .init("title", move.transition?.meaning ?? "")]) {
            HTML("span", [.init("aria-hidden", "true")]) { move.glyph + " " }
            move.words
        }
    }

    private static func rule(_ move: Move, _ facts: (String) -> RuleFacts?) -> HTML {
        .joined(
            move.ruleIDs.map { id in
                HTML("div") {
                    code(id)
                    if let facts = facts(id) {
                        " "
                        pill(facts.severity)
                        HTML("div", [.class("muted")]) { VisibleText.prose(facts.title) }
                    }
                }
            })
    }

    private static func clients(_ move: Move) -> HTML {
        HTML("div") {
            if move.clients.count > 1 { HTML("b") { Words.count(move.clients.count, "client") + ": " } }
            clients(move.clients)
        }
    }

    private static func cause(_ move: Move) -> HTML {
        HTML("div") {
            move.causeWords
            HTML("div") { move.paths.prefix(4).map { path in HTML("div") { code(path.shown) } } }
            if move.paths.count > 4 { muted("and \(Words.number(move.paths.count - 4)) more") }
        }
    }

    /// Settings changes: those of several clients, each once, then those of single clients.
    package static func settingsChanges(_ changes: [SharedChange]) -> HTML {
        let groups = ChangesByClient(changes)
        return HTML("div") {
            if !groups.shared.isEmpty {
                table(
                    "Changes that several clients share", ["Setting", "Change", "Clients", "Flipped"],
                    groups.shared.map { entry in
                        [setting(entry.change), sides(entry.change), sharers(entry), flipped(entry)]
                    })
            }
            if !groups.single.isEmpty {
                table(
                    "Changes of single clients", ["Client", "Setting", "Change", "Flipped"],
                    groups.single.flatMap { client, changes in
                        changes.map { entry in
                            [self.client(client), setting(entry.change), sides(entry.change), flipped(entry)]
                        }
                    })
            }
        }
    }

    private static func setting(_ change: Change) -> HTML {
        HTML("div", [.class("setting")]) {
            HTML("span", [change.kind.signClass]) { change.kind.glyph }
            HTML("span") {
                code(change.path.shown)
                HTML("span", [.class("muted")]) { " " + change.kind.rawValue }
                if let meaning = meaning(of: change.path) { HTML("div") { meaning } }
            }
        }
    }

    private static func sharers(_ entry: SharedChange) -> HTML {
        HTML("div") {
            HTML("b") { Words.count(entry.clients.count, "client") + ": " }
            clients(entry.clients)
        }
    }

    private static func flipped(_ entry: SharedChange) -> HTML {
        entry.flippedRules.isEmpty ? muted("–") : .joined(entry.flippedRules.map { id in HTML("div") { code(id) } })
    }

    package static func roster(_ changes: [RosterChange]) -> HTML {
        table(
            "Clients that came, left or are described otherwise", ["Client", "What", "Before", "After"],
            changes.map { change in
                [client(change.client), text(change.kind.words), side(change.before), side(change.after)]
            })
    }

    private static func side(_ text: String?) -> HTML {
        guard let text else { return muted("–") }
        return text.isEmpty ? muted("none") : HTML(text: text)
    }
}

extension Move {
    package var glyph: String {
        switch transition {
        case .firstSeen, .new, .still: "✗"
        case .fixed: "✓"
        case .sightLost: "?"
        case .noLongerApplicable, .ruleRetired, .clientLeft, nil: "–"
        }
    }

    fileprivate var badgeClass: HTML.Attribute {
        switch transition {
        case .firstSeen, .new, .still: .class("badge bad")
        case .fixed: .class("badge good")
        case .sightLost: .class("badge doubtful")
        case .noLongerApplicable, .ruleRetired, .clientLeft, nil: .class("badge")
        }
    }
}

extension Change.Kind {
    fileprivate var signClass: HTML.Attribute {
        switch self {
        case .added: .class("sign added")
        case .removed: .class("sign removed")
        case .modified: .class("sign modified")
        }
    }
}
