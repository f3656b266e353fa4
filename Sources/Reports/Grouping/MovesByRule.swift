import AuditModel

/// Verdict changes that are alike (move, cause, settings, clients), told once with their rules and clients.
struct Move {
    private struct Key: Hashable {
        var transition: Transition?
        var before: Verdict?
        var after: Verdict?
        var causes: [TransitionCause]
        var waiverBefore: String?
        var waiverAfter: String?
    }

    private struct Shape: Hashable {
        var key: Key
        var clients: [Client]
        var paths: [SettingPath]
    }

    var transition: Transition?
    var before: Verdict?
    var after: Verdict?
    var causes: [TransitionCause]
    /// The ids of the waivers over the failure, before and after.
    var waiverBefore: String?
    var waiverAfter: String?
    /// Sorted.
    var ruleIDs: [String]
    /// By id.
    var clients: [Client]
    /// The settings that changed and are compared by the rules, for any of the clients; sorted.
    var paths: [SettingPath]
    /// Whether it moved because of the rules or the tool, and not because the clients did.
    var isByRuleAlone: Bool

    /// `fixed`, or `pass → not applicable` where the move has no name; `new, waived (W-1)`, `fail → waived (W-1)`.
    var words: String {
        let after = waiverAfter.map { "waived (\(VisibleText.of($0)))" }
        if let transition { return transition.words + (after.map { ", " + $0 } ?? "") }
        let before = waiverBefore.map { "waived (\(VisibleText.of($0)))" } ?? self.before?.words
        return "\(before ?? "not judged") → \(after ?? self.after?.words ?? "not judged")"
    }

    var causeWords: String {
        causes.isEmpty ? "nothing that is recorded differs" : causes.map(\.words).joined(separator: ", ")
    }

    /// In the order of the transitions, moves without a name last; then by rule.
    ///
    /// Clients that moved alike by one rule become one move; rules by which the same clients moved alike, too (a client
    /// that could not be read is unknown by many rules at once).
    static func grouped(_ changes: [VerdictChange]) -> [Move] {
        let byRule = Dictionary(grouping: changes, by: \.ruleID).flatMap { ruleID, changes in
            Dictionary(grouping: changes) { change in
                Key(
                    transition: change.transition, before: change.before, after: change.after, causes: change.causes,
                    waiverBefore: change.waiverBefore, waiverAfter: change.waiverAfter)
            }.map { key, changes in
                let clients = changes.map(\.client).sorted { $0.id < $1.id }
                let paths = Set(changes.flatMap(\.paths)).sorted()
                return (ruleID, Shape(key: key, clients: clients, paths: paths))
            }
        }
        return Dictionary(grouping: byRule, by: \.1).map { shape, rules in
            Move(
                transition: shape.key.transition, before: shape.key.before, after: shape.key.after,
                causes: shape.key.causes, waiverBefore: shape.key.waiverBefore, waiverAfter: shape.key.waiverAfter,
                ruleIDs: rules.map(\.0).sorted { $0.precedesInUTF16($1) },
                clients: shape.clients, paths: shape.paths,
                isByRuleAlone: TransitionCause.areOfTheRulesAlone(shape.key.causes))
        }.sorted(by: precedes)
    }

    private static func precedes(_ left: Move, _ right: Move) -> Bool {
        func rank(_ move: Move) -> Int {
            move.transition.flatMap { Transition.allCases.firstIndex(of: $0) } ?? Transition.allCases.count
        }
        if rank(left) != rank(right) { return rank(left) < rank(right) }
        if left.ruleIDs != right.ruleIDs {
            return left.ruleIDs.lexicographicallyPrecedes(right.ruleIDs) { $0.precedesInUTF16($1) }
        }
        if left.words != right.words { return left.words.precedesInUTF16(right.words) }
        return left.causeWords.precedesInUTF16(right.causeWords)
    }
}

extension TransitionCause {
    /// Whether what moved a verdict is ours and not the client's: decision 14 wants it told apart.
    static func areOfTheRulesAlone(_ causes: [TransitionCause]) -> Bool {
        let ours: Set<TransitionCause> = [.rule, .tool, .waiver]
        return !causes.isEmpty && ours.isSuperset(of: causes)
    }
}

extension [VerdictChange] {
    /// How many took a move because of the client, not because of the rules.
    func count(of transition: Transition) -> Int {
        count { $0.transition == transition && !TransitionCause.areOfTheRulesAlone($0.causes) }
    }

    /// How many moved because of the rules or the tool alone, new failures aside, which are counted as failures.
    var countByRulesAlone: Int {
        count {
            TransitionCause.areOfTheRulesAlone($0.causes) && $0.transition != .new && $0.transition != .firstSeen
                && !$0.causes.contains(.waiver)
        }
    }
}

/// The changes of single clients at single paths: what a finding's value was before.
struct ChangeIndex {
    private struct Key: Hashable {
        var client: Client.ID
        var path: SettingPath
    }

    private var changes: [Key: Change] = [:]

    init(_ shared: [SharedChange]) {
        for entry in shared {
            for client in entry.clients { changes[Key(client: client.id, path: entry.change.path)] = entry.change }
        }
    }

    /// The change of a client at just this path.
    func change(of client: Client.ID, at path: SettingPath) -> Change? {
        changes[Key(client: client, path: path)]
    }
}

/// Settings changes: those of several clients, then those of single clients by client.
struct ChangesByClient {
    var shared: [SharedChange]
    var single: [(client: Client, changes: [SharedChange])]

    init(_ changes: [SharedChange]) {
        shared = changes.filter { $0.clients.count > 1 }
        let groups = Dictionary(grouping: changes.filter { $0.clients.count == 1 }) { $0.clients[0].id }
        single = groups.sorted { $0.key < $1.key }.map { _, changes in
            (changes[0].clients[0], changes.sorted { $0.change.path < $1.change.path })
        }
    }
}
