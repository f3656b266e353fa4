public import AuditModel
internal import GRDB

/// A document as it is stored: its bytes, which nobody has read yet.
public struct DocumentText: Sendable {
    /// Its number.
    public let id: DocumentID
    /// Its group.
    public let group: SettingsGroup
    /// What it is stored under.
    public let digests: DocumentDigests
    let bytes: [UInt8]

    /// The canonical bytes, checked against the digest.
    ///
    /// - Throws: ``StoreError/digestMismatch(what:stored:computed:)`` where they were altered.
    public func checkedBytes() throws(StoreError) -> [UInt8] {
        let computed = Digest(of: bytes)
        guard computed == digests.exact else {
            throw StoreError.digestMismatch(
                what: "document \(id.rawValue) (\(group.rawValue))", stored: digests.exact, computed: computed)
        }
        return bytes
    }

    /// The value.
    public func value() throws(StoreError) -> SettingValue { try Self.value(of: checkedBytes()) }

    /// This document and another one of its group, each without the members that are the same in both: enough to tell what
    /// differs, and quicker to read than the two whole ones.
    public func differing(from other: DocumentText) throws(StoreError) -> (one: SettingValue, other: SettingValue) {
        let (own, others) = (try checkedBytes(), try other.checkedBytes())
        guard let texts = CanonicalObjects.differing(own, others) else {
            return (try Self.value(of: own), try Self.value(of: others))
        }
        return (try Self.value(of: texts.left), try Self.value(of: texts.right))
    }

    private static func value(of bytes: [UInt8]) throws(StoreError) -> SettingValue {
        do throws(JSONReadingError) {
            return try JSONReader.value(of: bytes)
        } catch {
            throw StoreError.inconsistent("a stored document is no JSON (\(error))")
        }
    }
}

extension SnapshotStore {
    /// Documents as they are stored; every one that is asked for. Nothing is remembered: for who looks at many, once.
    public func texts(of ids: some Sequence<DocumentID>) throws(StoreError) -> [DocumentID: DocumentText] {
        let wanted = Set(ids).sorted()
        return try reading { db in
            let statement = try db.prepared(
                "SELECT group_id, digest, order_free_digest, json FROM document WHERE id = ?")
            defer { statement.reset() }
            var texts: [DocumentID: DocumentText] = [:]
            texts.reserveCapacity(wanted.count)
            for id in wanted {
                statement.reset()
                try statement.bind(id.rawValue, at: 1)
                guard try statement.step() else { throw StoreError.inconsistent("no document \(id.rawValue)") }
                texts[id] = DocumentText(
                    id: id, group: try GroupCode.group(of: statement.integer(0)),
                    digests: DocumentDigests(exact: try statement.digest(1), orderFree: try statement.digest(2)),
                    bytes: statement.bytes(3))
            }
            return texts
        }
    }
}
