public import AuditModel
import SnapshotStore

extension Chronicle {
    /// Holds paths that a person wrote against the catalogue and what a client's documents had on any of these nights, so that
    /// a slip is not taken for a setting that never changed.
    ///
    /// - Parameter text: the client: its number, its code or `environment/number`.
    /// - Throws: ``PipelineError/unknownSetting(_:place:suggestion:)``, ``PipelineError/clientOfNoNight(_:suggestion:)``.
    public func requireKnown(_ paths: [SettingPath], ofClient text: String, in nights: StoredNights) throws {
        let doubtful = paths.filter { !Self.isDocumented($0) }
        guard !doubtful.isEmpty else { return }
        let client = try client(text, in: nights)
        let rows = try rows(of: client.id, in: nights).compactMap(\.self)
        try require(doubtful, in: rows, place: "\(client.id) in these nights")
    }

    /// Holds paths that a person wrote against the catalogue and all documents of two runs.
    ///
    /// - Throws: ``PipelineError/unknownSetting(_:place:suggestion:)``.
    public func requireKnown(_ paths: [SettingPath], in earlier: AuditRun, and later: AuditRun) throws {
        let doubtful = paths.filter { !Self.isDocumented($0) }
        guard !doubtful.isEmpty else { return }
        let rows = try store.nights(of: earlier.id) + store.nights(of: later.id)
        try require(doubtful, in: rows, place: "the two runs")
    }

    /// Whether the document that a run captured of a client has a setting.
    ///
    /// - Throws: ``PipelineError/unknownSetting(_:place:suggestion:)`` where it has none, and the catalogue knows none either.
    public func has(_ path: SettingPath, client: Client.ID, in run: AuditRun) throws -> Bool {
        guard let row = try store.night(of: client, in: run.id) else { return false }
        if try isPresent(path, in: [row]) { return true }
        if !Self.isDocumented(path) { try require([path], in: [row], place: "\(client) in run \(run.id.short)") }
        return false
    }

    private func require(_ paths: [SettingPath], in rows: [ClientNight], place: String) throws {
        // An element that is not in a list is known by what the others have.
        for path in paths where try !isPresent(path, in: rows) && !isPresent(path.generalised, in: rows) {
            throw PipelineError.unknownSetting(
                path, place: place, suggestion: try suggestion(for: path, in: rows))
        }
    }

    private func isPresent(_ path: SettingPath, in rows: [ClientNight]) throws -> Bool {
        try documents(of: path.group, in: rows).contains { id in
            path.resolved(in: try store.document(id).value).contains { $0.value != nil }
        }
    }

    private func documents(of group: SettingsGroup, in rows: [ClientNight]) -> Set<DocumentID> {
        Set(rows.compactMap { $0.captures[group].documentID })
    }

    /// The setting that was most likely meant: the same name in another group, else a near name in this one.
    private func suggestion(for path: SettingPath, in rows: [ClientNight]) throws -> String? {
        if let group = SettingsGroup.allCases.first(where: { Self.isDocumented(SettingPath($0, path.steps)) }) {
            return SettingPath(group, path.steps).dotted
        }
        var known = Set(SettingsCatalogue.definitions.map(\.path).filter { $0.group == path.group })
        for id in documents(of: path.group, in: rows) {
            for member in try store.document(id).value.objectValue?.members ?? [] {
                known.insert(SettingPath(path.group, key: member.key))
            }
        }
        // All begin with the group, which would make any two of them alike.
        let prefix = path.group.rawValue.count
        let names = known.map { String($0.dotted.dropFirst(prefix)) }.sorted { $0.precedesInUTF16($1) }
        return NearestName.to(String(path.dotted.dropFirst(prefix)), among: names).map { path.group.rawValue + $0 }
    }

    /// Whether the catalogue has the setting, or settings below it.
    private static func isDocumented(_ path: SettingPath) -> Bool {
        let steps = path.generalised.steps
        return SettingsCatalogue.definition(at: path) != nil
            || SettingsCatalogue.definitions.contains {
                $0.path.group == path.group && $0.path.steps.starts(with: steps)
            }
    }
}
