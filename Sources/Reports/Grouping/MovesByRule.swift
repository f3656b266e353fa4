import AuditModel

/// Verdict changes that are alike (rule, move, cause), told once with their clients.
struct Move {
    struct Key: Hashable {
        var transition: Transition?
        var ruleID: String
        var before: Verdict?
        var after: Verdict?
        var causes: [TransitionCause]
    }

    var key: Key
    /// By client.
    var changes: [VerdictChange]

    var clients: [Client] { changes.map(\.client) }

    /// The settings that changed and are compared by the rule, for any of the clients; sorted.
    var paths: [SettingPath] { Set(changes.flatMap(\.paths)).sorted() }

    /// Whether it moved because of the rules or the tool, and not because the client did.
    var isByRuleAlone: Bool {
        let ours: Set<TransitionCause> = [.rule, .tool]
        return !key.causes.isEmpty && ours.isSuperset(of: key.causes)
    }

    /// `fixed`, or `pass → not applicable` where the move has no name.
    var words: String {
        key.transition?.words ?? "\(key.before?.words ?? "not judged") → \(key.after?.words ?? "not judged")"
    }

    var causeWords: String {
        key.causes.isEmpty ? "nothing that is recorded differs" : key.causes.map(\.words).joined(separator: ", ")
    }

    /// In the order of the transitions, moves without a name last; then by rule.
    static func grouped(_ changes: [VerdictChange]) -> [Move] {
        let groups = Dictionary(grouping: changes) { change in
            Key(
                transition: change.transition, ruleID: change.ruleID, before: change.before, after: change.after,
                causes: change.causes)
        }
        return groups.map { Move(key: $0, changes: $1.sorted { $0.client.id < $1.client.id }) }.sorted(by: precedes)
    }

    private static func precedes(_ left: Move, _ right: Move) -> Bool {
        func rank(_ move: Move) -> Int {
            move.key.transition.flatMap { Transition.allCases.firstIndex(of: $0) } ?? Transition.allCases.count
        }
        if rank(left) != rank(right) { return rank(left) < rank(right) }
        if left.key.ruleID != right.key.ruleID { return left.key.ruleID.precedesInUTF16(right.key.ruleID) }
        if left.words != right.words { return left.words.precedesInUTF16(right.words) }
        return left.causeWords.precedesInUTF16(right.causeWords)
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
