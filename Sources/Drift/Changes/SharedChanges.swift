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
            for client in shared[index].clients {
                rules.formUnion(flipped[Flip(client: client.id, path: shared[index].change.path)] ?? [])
            }
            shared[index].flippedRules = rules.sorted { $0.precedesInUTF16($1) }
        }
        return shared.sorted(by: precedes)
    }

    private struct Flip: Hashable {
        var client: Client.ID
        var path: SettingPath
    }

    private static func flippedRules(_ verdictChanges: [VerdictChange]) -> [Flip: [String]] {
        var rules: [Flip: [String]] = [:]
        for verdictChange in verdictChanges {
            for path in verdictChange.paths {
                rules[Flip(client: verdictChange.client.id, path: path), default: []].append(verdictChange.ruleID)
            }
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
