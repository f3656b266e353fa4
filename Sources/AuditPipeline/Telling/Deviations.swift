import AuditModel
import SnapshotStore

/// Undocumented and missing mandatory keys of a run, each with its clients.
enum Deviations {
    /// The deviations of all clients: each document is looked at once, however many clients share it.
    static func of(_ run: JudgedRun) throws -> [KeyDeviation] {
        var clients: [DocumentID: [Client.ID]] = [:]
        for client in run.roster {
            for (_, capture) in run.nights[client.id.number]?.captures.pairs ?? [] {
                if let id = capture.documentID { clients[id, default: []].append(client.id) }
            }
        }
        struct Key: Hashable {
            var kind: KeyDeviation.Kind
            var path: SettingPath
        }
        var found: [Key: Set<Client.ID>] = [:]
        for ids in clients.keys.sorted().chunks(of: 256) {
            for (id, document) in try run.store.documents(ids) {
                for (kind, path) in SettingsCatalogue.deviations(of: document.value, group: document.group) {
                    found[Key(kind: kind, path: path), default: []].formUnion(clients[id] ?? [])
                }
            }
        }
        return found.map { KeyDeviation(kind: $0.key.kind, path: $0.key.path, clients: $0.value.sorted()) }
            .sorted { ($0.path, $0.kind.rawValue) < ($1.path, $1.kind.rawValue) }
    }
}

extension Array {
    /// The elements in pieces of at most `size`.
    func chunks(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
