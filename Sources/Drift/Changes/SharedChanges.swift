public import AuditModel

/// Changes that several clients made alike, each told once.
public enum SharedChanges {
    /// The distinct changes with the clients that made them: most shared first, then by path, then by client.
    ///
    /// - Parameter verdictChanges: the verdict changes between the same two runs; those that name a change's path for
    ///   one of its clients become its ``SharedChange/flippedRules``.
    public static func grouped(
        _ differences: [(client: Client, changes: [Change])], verdictChanges: [VerdictChange] = []
    ) -> [SharedChange] {
        var places: [Change: Int] = [:]
        var shared: [SharedChange] = []
        for (client, changes) in differences {
            for change in changes {
                if let place = places[change] {
                    shared[place].clients.append(client)
                } else {
                    places[change] = shared.count
                    shared.append(SharedChange(change: change, clients: [client]))
                }
            }
        }
        let flipped = flippedRules(verdictChanges)
        for index in shared.indices {
            shared[index].clients.sort { $0.id < $1.id }
            guard !flipped.isEmpty else { continue }
            var rules: Set<String> = []
            let path = shared[index].change.path
            for client in shared[index].clients {
                for flip in flipped[client.id] ?? [] where flip.path == path { rules.insert(flip.ruleID) }
            }
            shared[index].flippedRules = rules.sorted { $0.precedesInUTF16($1) }
        }
        return shared.sorted(by: precedes)
    }

    /// The paths that verdict changes name, by client: of each there are a few.
    private static func flippedRules(_ verdictChanges: [VerdictChange]) -> [Client.ID: [(
        path: SettingPath, ruleID: String
    )]] {
        var rules: [Client.ID: [(path: SettingPath, ruleID: String)]] = [:]
        for change in verdictChanges where !change.paths.isEmpty {
            rules[change.client.id, default: []] += change.paths.map { ($0, change.ruleID) }
        }
        return rules
    }

    private static func precedes(_ left: SharedChange, _ right: SharedChange) -> Bool {
        if left.clients.count != right.clients.count { return left.clients.count > right.clients.count }
        if left.change.path != right.change.path { return left.change.path < right.change.path }
        if let one = left.clients.first?.id, let other = right.clients.first?.id, one != other { return one < other }
        // One client has at most one change at a path, so only a caller's repeated client comes here.
        return text(of: left.change).precedesInUTF16(text(of: right.change))
    }

    private static func text(of change: Change) -> String {
        CanonicalJSON.text(of: change.before ?? .null) + "\n" + CanonicalJSON.text(of: change.after ?? .null)
    }
}
