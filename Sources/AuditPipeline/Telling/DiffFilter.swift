public import AuditModel

/// Which clients and settings a difference is told for; empty lists mean all.
public struct DiffFilter: Sendable, Hashable {
    /// Clients by number, code or `environment/number`.
    public var clients: [String]
    /// Groups.
    public var groups: [SettingsGroup]
    /// Paths; what is at or below them.
    public var paths: [SettingPath]

    /// Joins the three.
    public init(clients: [String] = [], groups: [SettingsGroup] = [], paths: [SettingPath] = []) {
        self.clients = clients
        self.groups = groups
        self.paths = paths
    }

    /// The ids of the clients meant, or nil where all are.
    ///
    /// - Throws: ``PipelineError/unknownClient(_:suggestion:)`` for a text that none of these clients answers to.
    func ids(among known: [Client]) throws -> Set<Client.ID>? {
        if clients.isEmpty { return nil }
        var ids: Set<Client.ID> = []
        for text in clients {
            let found = known.filter {
                String($0.id.number) == text || $0.code.isIdentical(to: text) || $0.id.description == text
            }
            guard !found.isEmpty else {
                throw PipelineError.unknownClient(text, suggestion: NearestName.to(text, among: known.map(\.code)))
            }
            ids.formUnion(found.map(\.id))
        }
        return ids
    }

    /// Whether a change at a path is told.
    func accepts(_ path: SettingPath) -> Bool {
        guard groups.isEmpty || groups.contains(path.group) else { return false }
        return paths.isEmpty || paths.contains { Self.contains($0, path) }
    }

    /// Whether something in a group can be told.
    func accepts(group: SettingsGroup) -> Bool {
        (groups.isEmpty || groups.contains(group)) && (paths.isEmpty || paths.contains { $0.group == group })
    }

    /// What the reader must know of a filtered difference; empty where nothing is filtered.
    var sentences: [String] {
        let parts = [
            clients.isEmpty ? nil : "clients " + clients.joined(separator: ", "),
            groups.isEmpty ? nil : "groups " + groups.map(\.rawValue).joined(separator: ", "),
            paths.isEmpty ? nil : "settings at " + paths.map(\.dotted).joined(separator: ", "),
        ].compactMap { $0 }
        guard !parts.isEmpty else { return [] }
        return [
            "Only \(parts.joined(separator: "; ")): what else changed is left out here; the counts of both sides are of all."
        ]
    }

    /// Whether `path` is `pattern` or below it; `[*]` and a selection without occurrence stand for any element they name.
    static func contains(_ pattern: SettingPath, _ path: SettingPath) -> Bool {
        guard pattern.group == path.group, pattern.steps.count <= path.steps.count else { return false }
        return zip(pattern.steps, path.steps).allSatisfy { wanted, step in
            switch (wanted, step) {
            case (.each, .index), (.each, .selected): true
            case (.selected(let key, let value, nil), .selected(let ownKey, let ownValue, _)):
                key == ownKey && value == ownValue
            default: wanted == step
            }
        }
    }
}
