package import AuditModel

/// Results that cannot be told for one reason: the clients that share it, and their rules.
package struct UnknownGroup {
    private struct Key: Hashable {
        var client: Client
        var reason: String
    }

    private struct Shape: Hashable {
        var ruleIDs: [String]
        var reason: String
    }

    /// By id.
    package var clients: [Client]
    /// Sorted.
    package var ruleIDs: [String]
    /// As a sentence.
    package var reason: String

    /// By the first client, then by reason. What is missing for one client is missing for many of its rules, and an
    /// outage misses the same for many clients.
    package static func grouped(_ unknowns: [Finding]) -> [UnknownGroup] {
        let perClient = Dictionary(grouping: unknowns) { Key(client: $0.client, reason: reason($0)) }.map {
            key, findings in
            (
                key.client,
                Shape(ruleIDs: findings.map(\.result.ruleID).sorted { $0.precedesInUTF16($1) }, reason: key.reason)
            )
        }
        return Dictionary(grouping: perClient, by: \.1).map { shape, entries in
            UnknownGroup(
                clients: entries.map(\.0).sorted { $0.id < $1.id }, ruleIDs: shape.ruleIDs, reason: shape.reason)
        }.sorted { left, right in
            left.clients[0].id == right.clients[0].id
                ? left.reason.precedesInUTF16(right.reason) : left.clients[0].id < right.clients[0].id
        }
    }

    private static func reason(_ finding: Finding) -> String {
        if !finding.result.missing.isEmpty {
            return "Not captured: \(finding.result.missing.map(\.rawValue).joined(separator: ", "))."
        }
        let values = finding.shownComparisons.flatMap { shown -> [String] in
            guard let comparison = shown.comparison else { return [] }
            let value = "\(comparison.path.shown) is \(ValueText.actual(comparison))"
            return [value] + [shown.leftOutWords].compactMap { $0 }
        }
        return values.isEmpty ? "" : "The condition cannot be told: \(values.joined(separator: ", "))."
    }
}

/// Groups that could not be read for one reason: the clients that share it.
package struct FailedGroups {
    private struct Key: Hashable {
        var client: Client
        var words: String
        var lastKnownAt: Timestamp?
    }

    private struct Shape: Hashable {
        var groups: [SettingsGroup]
        var words: String
        var lastKnownAt: Timestamp?
    }

    /// By id.
    package var clients: [Client]
    /// In the order of the groups.
    package var groups: [SettingsGroup]
    /// Why, as a clause.
    package var words: String
    /// When the groups were last read before; nil if never.
    package var lastKnownAt: Timestamp?
    /// What was asked for, of the first of them; empty where nothing was.
    package var request: String

    /// By the first client.
    package static func grouped(_ failures: [Completeness.FailedCapture]) -> [FailedGroups] {
        let perClient = Dictionary(grouping: failures) { failure in
            Key(client: failure.client, words: failure.failure.words, lastKnownAt: failure.lastKnownAt)
        }.map { key, failures in
            let sorted = failures.sorted { $0.group < $1.group }
            let shape = Shape(groups: sorted.map(\.group), words: key.words, lastKnownAt: key.lastKnownAt)
            return (client: key.client, shape: shape, request: sorted[0].failure.request)
        }
        return Dictionary(grouping: perClient, by: \.shape).map { shape, entries in
            let entries = entries.sorted { $0.client.id < $1.client.id }
            return FailedGroups(
                clients: entries.map(\.client), groups: shape.groups, words: shape.words,
                lastKnownAt: shape.lastKnownAt, request: entries[0].request)
        }.sorted { left, right in
            left.clients[0].id == right.clients[0].id
                ? left.groups.lexicographicallyPrecedes(right.groups) : left.clients[0].id < right.clients[0].id
        }
    }
}

/// Groups that cannot be compared for one reason: the clients that share it.
package struct IncomparableGroups {
    private struct Key: Hashable {
        var client: Client
        var before: String
        var after: String
    }

    private struct Shape: Hashable {
        var groups: [SettingsGroup]
        var before: String
        var after: String
    }

    /// By id.
    package var clients: [Client]
    /// In the order of the groups.
    package var groups: [SettingsGroup]
    /// What the earlier side has, as a clause.
    package var before: String
    /// What the later side has, as a clause.
    package var after: String

    /// By the first client, then by groups.
    package static func grouped(_ entries: [DiffReport.Incomparable]) -> [IncomparableGroups] {
        let perClient = Dictionary(grouping: entries) { entry in
            Key(client: entry.client, before: entry.group.before.words, after: entry.group.after.words)
        }.map { key, entries in
            (key.client, Shape(groups: entries.map(\.group.group).sorted(), before: key.before, after: key.after))
        }
        return Dictionary(grouping: perClient, by: \.1).map { shape, entries in
            IncomparableGroups(
                clients: entries.map(\.0).sorted { $0.id < $1.id }, groups: shape.groups, before: shape.before,
                after: shape.after)
        }.sorted { left, right in
            left.clients[0].id == right.clients[0].id
                ? left.groups.lexicographicallyPrecedes(right.groups) : left.clients[0].id < right.clients[0].id
        }
    }
}
