public import AuditModel
import Drift
import SnapshotStore

extension Chronicle {
    /// The patches between the stored documents of the two runs of a comparison, for the clients and groups that a filter
    /// names. The order of lists counts here: what a patch leads to is the later document, byte for byte in canonical form.
    ///
    /// - Throws: ``PipelineError/unknownClient(_:suggestion:)``, ``PipelineError/patchOfAPart`` where the filter names paths,
    ///   and `StoreError`.
    public func patches(of report: DiffReport, filter: DiffFilter = DiffFilter()) throws -> PatchReport {
        guard filter.paths.isEmpty else { throw PipelineError.patchOfAPart }
        let walk = PatchWalk(
            store: store, before: try RunDocuments(report.from.run, in: store),
            after: try RunDocuments(report.to.run, in: store))
        return PatchReport(
            from: report.from, to: report.to, timeZone: report.timeZone, entries: try walk.entries(filter),
            notes: report.notes)
    }
}

/// The captures of one run, by client.
private struct RunDocuments {
    let roster: [Client.ID: Client]
    let nights: [Int: PerGroup<StoredCapture>]

    init(_ run: AuditRun, in store: SnapshotStore) throws {
        roster = Dictionary(try store.roster(of: run.id).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        nights = Dictionary(
            try store.nights(of: run.id).map { ($0.number, $0.captures) }, uniquingKeysWith: { $1 })
    }

    func capture(_ group: SettingsGroup, of client: Client.ID) -> StoredCapture? { nights[client.number]?[group] }
}

/// Goes through the documents of two runs side by side.
private struct PatchWalk {
    struct Pair: Hashable {
        var before: DocumentID
        var after: DocumentID
    }

    struct Place {
        var client: Client
        var group: SettingsGroup
        var before: StoredCapture?
        var after: StoredCapture?
    }

    let store: SnapshotStore
    let before: RunDocuments
    let after: RunDocuments

    func entries(_ filter: DiffFilter) throws -> [PatchReport.Entry] {
        let places = try places(filter)
        let ids = Set(places.flatMap { [$0.before?.documentID, $0.after?.documentID] }.compactMap { $0 })
        let digests = try store.digests(of: ids)
        var patches: [Pair: SettingValue] = [:]
        let pairs = Set(places.compactMap(pair(of:)))
        // In pieces, since a fleet's documents need not be in memory all at once.
        for part in pairs.sorted(by: { ($0.before, $0.after) < ($1.before, $1.after) }).chunks(of: 256) {
            let documents = try store.documents(Set(part.flatMap { [$0.before, $0.after] }))
            for pair in part {
                guard let one = documents[pair.before], let other = documents[pair.after] else { continue }
                patches[pair] = JSONPatch.between(one.value, other.value).json
            }
        }
        return try places.map { place in
            PatchReport.Entry(
                client: place.client, group: place.group, before: try place.before.map { try capture($0, digests) },
                after: try place.after.map { try capture($0, digests) },
                patch: pair(of: place).flatMap { patches[$0] })
        }
    }

    /// Where the two sides are not the same, by client and group.
    private func places(_ filter: DiffFilter) throws -> [Place] {
        let chosen = try filter.ids(among: Array(after.roster.values) + Array(before.roster.values))
        let clients = before.roster.merging(after.roster) { $1 }
        return clients.values.sorted { $0.id < $1.id }.filter { chosen?.contains($0.id) ?? true }.flatMap { client in
            SettingsGroup.allCases.filter(filter.accepts(group:)).compactMap { group -> Place? in
                let one = before.capture(group, of: client.id)
                let other = after.capture(group, of: client.id)
                switch (one, other) {
                case (.document(let earlier), .document(let later)) where earlier == later: return nil
                // What no run was to ask for is nothing that could be told.
                case (nil, nil), (.notCollected, nil), (nil, .notCollected), (.notCollected, .notCollected): return nil
                case (_, _): return Place(client: client, group: group, before: one, after: other)
                }
            }
        }
    }

    private func pair(of place: Place) -> Pair? {
        guard let one = place.before?.documentID, let other = place.after?.documentID else { return nil }
        return Pair(before: one, after: other)
    }

    private func capture(_ stored: StoredCapture, _ digests: [DocumentID: DocumentDigests]) throws -> Capture {
        switch stored {
        case .document(let id): return .document(try digests[id]?.exact ?? store.document(id).digest)
        case .failure(let failure): return .failure(failure)
        case .notCollected(let reason): return .notCollected(reason)
        }
    }
}
