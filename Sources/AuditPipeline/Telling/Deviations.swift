import AuditModel
import SnapshotStore

/// Undocumented and missing mandatory keys of a run, each with its clients.
enum Deviations {
    private struct Key: Hashable {
        var kind: KeyDeviation.Kind
        var path: SettingPath
    }

    /// The deviations of all clients: each document is looked at once, however many clients share it.
    static func of(_ run: JudgedRun) throws -> [KeyDeviation] {
        // Clients by their places on the roster.
        var clients: [DocumentID: [Int]] = [:]
        for (place, client) in run.roster.enumerated() {
            for (_, capture) in run.nights[client.id.number]?.captures.pairs ?? [] {
                if let id = capture.documentID { clients[id, default: []].append(place) }
            }
        }
        var concerned: [DocumentKeys: [Int]] = [:]
        for ids in clients.keys.sorted().chunks(of: 256) {
            for (id, keys) in try run.store.keys(of: ids) where !keys.deviations.isEmpty {
                concerned[keys, default: []] += clients[id] ?? []
            }
        }
        var found: [Key: [Bool]] = [:]
        for (keys, places) in concerned {
            for deviation in keys.deviations {
                let key = Key(kind: deviation.kind, path: deviation.path)
                var hasIt = found.removeValue(forKey: key) ?? Array(repeating: false, count: run.roster.count)
                for place in places { hasIt[place] = true }
                found[key] = hasIt
            }
        }
        return found.map { key, hasIt in
            KeyDeviation(
                kind: key.kind, path: key.path,
                clients: run.roster.indices.filter { hasIt[$0] }.map { run.roster[$0].id }.sorted())
        }.sorted { ($0.path, $0.kind.rawValue) < ($1.path, $1.kind.rawValue) }
    }
}

extension Array {
    /// The elements in pieces of at most `size`.
    func chunks(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
