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
        var shapes = DocumentShapes()
        var concerned: [Int: [Int]] = [:]
        for ids in clients.keys.sorted().chunks(of: 256) {
            for (id, text) in try run.store.texts(of: ids) {
                let shape = try shapes.number(of: text)
                if !shapes.deviations[shape].isEmpty { concerned[shape, default: []] += clients[id] ?? [] }
            }
        }
        var found: [Key: [Bool]] = [:]
        for (shape, places) in concerned {
            for deviation in shapes.deviations[shape] {
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

/// The deviations of stored documents, which depend on their keys alone: of many that have the same keys, one is read.
struct DocumentShapes {
    typealias Deviation = (kind: KeyDeviation.Kind, path: SettingPath)

    private struct Shape: Hashable {
        var group: SettingsGroup
        var skeleton: [UInt8]
    }

    /// How many shapes are remembered; lists of other lengths are other shapes.
    private static let capacity = 1_024

    private var numbers: [Shape: Int] = [:]
    /// By the number of the shape.
    private(set) var deviations: [[Deviation]] = []

    /// The number of a document's shape.
    mutating func number(of text: DocumentText) throws -> Int {
        let shape = CanonicalCursor.skeleton(of: try text.checkedBytes()).map {
            Shape(group: text.group, skeleton: $0)
        }
        if let shape, let known = numbers[shape] { return known }
        deviations.append(SettingsCatalogue.deviations(of: try text.value(), group: text.group))
        if let shape, numbers.count < Self.capacity { numbers[shape] = deviations.count - 1 }
        return deviations.count - 1
    }
}

extension Array {
    /// The elements in pieces of at most `size`.
    func chunks(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
