public import AuditModel
internal import Synchronization

/// The keys that a document has and how they nest, with what the catalogue says of them. Documents that have the same keys
/// mostly share one.
public final class DocumentKeys: Sendable {
    /// How they differ from what the vendor documents, as ``SettingsCatalogue/deviations(of:group:)`` tells it.
    public let deviations: [(kind: KeyDeviation.Kind, path: SettingPath)]

    init(deviations: [(kind: KeyDeviation.Kind, path: SettingPath)]) { self.deviations = deviations }
}

extension DocumentKeys: Hashable {
    public static func == (left: DocumentKeys, right: DocumentKeys) -> Bool { left === right }
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// A document's group and its bytes without values, which is all that deviations depend on.
struct DocumentSkeleton: Hashable {
    var group: SettingsGroup
    var bytes: [UInt8]
}

extension SnapshotStore {
    /// The keys of documents; every one that is asked for. Of documents that have the same keys one is read.
    public func keys(of ids: some Sequence<DocumentID>) throws(StoreError) -> [DocumentID: DocumentKeys] {
        var found: [DocumentID: DocumentKeys] = [:]
        var open: [DocumentID] = []
        caches.withLock { caches in
            for id in ids {
                if let keys = caches.documentKeys.value(for: id) { found[id] = keys } else { open.append(id) }
            }
        }
        if open.isEmpty { return found }
        for (id, text) in try texts(of: open) {
            let keys = try keys(of: text)
            caches.withLock { $0.documentKeys.insert(keys, for: id) }
            found[id] = keys
        }
        return found
    }

    private func keys(of text: DocumentText) throws(StoreError) -> DocumentKeys {
        let skeleton = CanonicalCursor.skeleton(of: try text.checkedBytes()).map {
            DocumentSkeleton(group: text.group, bytes: $0)
        }
        if let skeleton, let known = caches.withLock({ $0.skeletons.value(for: skeleton) }) { return known }
        let keys = DocumentKeys(deviations: SettingsCatalogue.deviations(of: try text.value(), group: text.group))
        if let skeleton { caches.withLock { $0.skeletons.insert(keys, for: skeleton) } }
        return keys
    }
}
