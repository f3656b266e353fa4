public import AuditModel

/// Whether what rules read is there at all: each path of each rule, held against the snapshots of its clients.
///
/// A path that leads nowhere for any client is a rule that speaks of nothing: a name of a messaging property that no
/// client has, a voice that is in no pool.
public struct PathCoverage: Sendable {
    /// One path of one rule.
    public struct Entry: Sendable, Hashable {
        /// The rule.
        public var ruleID: String
        /// The path as the rule has it.
        public var path: SettingPath
        /// How many clients are in the rule's scope.
        public var clientsInScope = 0
        /// For how many of them the path's group was captured.
        public var clientsCaptured = 0
        /// For how many of them the path leads to a value; `null` is one.
        public var clientsMatched = 0

        /// How it came out.
        public var state: State {
            if clientsInScope == 0 { return .noClientInScope }
            if clientsCaptured == 0 { return .notCaptured }
            return clientsMatched == 0 ? .matchesNothing : .matches
        }
    }

    /// How a path came out.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// It leads to a value for at least one client.
        case matches
        /// It leads to nothing, for every client whose group was captured.
        case matchesNothing
        /// Its group was captured of no client in scope, so it cannot be told.
        case notCaptured
        /// The rule's scope has no client.
        case noClientInScope
    }

    private let rules: [(rule: CompiledRule, entries: Range<Int>)]
    /// Each path of each rule, by rule id and then in the order of the rule.
    public private(set) var entries: [Entry] = []

    /// Starts with no snapshot.
    public init(_ policies: PolicySet) {
        var rules: [(CompiledRule, Range<Int>)] = []
        for rule in policies.rules {
            let start = entries.count
            var seen: Set<SettingPath> = []
            for path in rule.paths where seen.insert(path).inserted {
                entries.append(Entry(ruleID: rule.facts.id, path: path))
            }
            rules.append((rule, start..<entries.count))
        }
        self.rules = rules
    }

    /// Holds the paths against one client's snapshot.
    public mutating func add(_ snapshot: Snapshot) {
        for (rule, range) in rules {
            if let scopes = rule.scopes, !scopes.contains(where: { $0.matches(snapshot.client) }) { continue }
            for index in range {
                entries[index].clientsInScope += 1
                guard let body = snapshot.groups[entries[index].path.group].value else { continue }
                entries[index].clientsCaptured += 1
                if entries[index].path.values(in: body).contains(where: { $0 != nil }) {
                    entries[index].clientsMatched += 1
                }
            }
        }
    }
}
