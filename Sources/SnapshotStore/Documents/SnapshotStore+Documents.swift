public import AuditModel
internal import GRDB
internal import Synchronization

extension SnapshotStore {
    /// The documents of bodies that were seen before, nil for the others; in the order asked for.
    public func documentIDs(forRawBodies keyedDigests: [Digest]) throws(StoreError) -> [DocumentID?] {
        var ids = caches.withLock { caches in keyedDigests.map { caches.rawBodies.value(for: $0) } }
        let open = ids.indices.filter { ids[$0] == nil }
        if open.isEmpty { return ids }
        let found = try reading { db in
            let statement = try db.prepared("SELECT document_id FROM raw_body WHERE keyed_digest = ?")
            defer { statement.reset() }
            return try open.map { index -> DocumentID? in
                statement.reset()
                try statement.bind(keyedDigests[index].bytes, at: 1)
                return try statement.step() ? DocumentID(statement.integer(0)) : nil
            }
        }
        caches.withLock { caches in
            for (index, id) in zip(open, found) {
                ids[index] = id
                if let id { caches.rawBodies.insert(id, for: keyedDigests[index]) }
            }
        }
        return ids
    }

    /// The document of a body that was seen before, or nil.
    public func documentID(forRawBody keyedDigest: Digest) throws(StoreError) -> DocumentID? {
        try documentIDs(forRawBodies: [keyedDigest])[0]
    }

    /// Stores bodies, each different one once, and remembers what they looked like; in one transaction.
    ///
    /// - Returns: Their numbers, in the order given.
    public func intern(_ documents: [NewDocument]) throws(StoreError) -> [DocumentID] {
        if documents.isEmpty { return [] }
        // What takes time is done before the transaction.
        let rows = documents.map { document in
            let bytes = CanonicalJSON.bytes(of: document.value)
            return (
                document: document, text: String(decoding: bytes, as: UTF8.self), digest: Digest(of: bytes),
                orderFree: KeyedLists.orderFreeDigest(of: document.value, group: document.group)
            )
        }
        let key = try key()
        let ids = try writing { db in
            try rows.map { row in
                let id = try Self.id(
                    ofGroup: row.document.group, digest: row.digest, orderFree: row.orderFree, text: row.text, in: db)
                if let keyed = row.document.keyedRawDigest {
                    let tag = key.tag(ofRawBody: keyed, group: row.document.group, document: row.digest)
                    try Self.remember(keyed, as: id, tag: tag, in: db)
                }
                return id
            }
        }
        caches.withLock { caches in
            for (row, id) in zip(rows, ids) {
                if let keyed = row.document.keyedRawDigest { caches.rawBodies.insert(id, for: keyed) }
            }
        }
        return ids
    }

    static func id(
        ofGroup group: SettingsGroup, digest: Digest, orderFree: Digest, text: String, in db: Database
    ) throws -> DocumentID {
        let group = GroupCode.code(of: group)
        let known = try db.first(
            "SELECT id FROM document WHERE group_id = ? AND digest = ?", .integer(group), .bytes(digest.bytes)
        ) { DocumentID($0.integer(0)) }
        if let known { return known }
        try db.run(
            "INSERT INTO document (group_id, digest, order_free_digest, json) VALUES (?, ?, ?, ?)", .integer(group),
            .bytes(digest.bytes), .bytes(orderFree.bytes), .text(text))
        return DocumentID(db.lastInsertedRowID)
    }

    private static func remember(
        _ keyedDigest: Digest, as id: DocumentID, tag: [UInt8], in db: Database
    ) throws {
        try db.run(
            "INSERT INTO raw_body (keyed_digest, document_id, tag) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            .bytes(keyedDigest.bytes), .integer(id.rawValue), .bytes(tag))
        let stored = try db.first(
            "SELECT document_id FROM raw_body WHERE keyed_digest = ?", .bytes(keyedDigest.bytes)
        ) { $0.integer(0) }
        guard stored == id.rawValue else {
            throw StoreError.inconsistent(
                "one body as it came stands for the documents \(stored ?? 0) and \(id.rawValue)")
        }
    }

    /// A document, with its digest checked.
    ///
    /// - Throws: ``StoreError/digestMismatch(what:stored:computed:)`` where its bytes were altered.
    public func document(_ id: DocumentID) throws(StoreError) -> StoredDocument {
        guard let document = try documents([id])[id] else {
            throw StoreError.inconsistent("no document \(id.rawValue)")
        }
        return document
    }

    /// Documents, with their digests checked; every one that is asked for.
    public func documents(_ ids: some Sequence<DocumentID>) throws(StoreError) -> [DocumentID: StoredDocument] {
        var found: [DocumentID: StoredDocument] = [:]
        var open: Set<DocumentID> = []
        caches.withLock { caches in
            for id in ids where found[id] == nil {
                if let document = caches.documents.value(for: id) {
                    found[id] = document
                } else {
                    open.insert(id)
                }
            }
        }
        if open.isEmpty { return found }
        let loaded = try reading { db in try open.sorted().map { try Self.document($0, in: db) } }
        caches.withLock { caches in
            for document in loaded {
                caches.documents.insert(document, for: document.id)
                found[document.id] = document
            }
        }
        return found
    }

    private static func document(_ id: DocumentID, in db: Database) throws -> StoredDocument {
        let sql = "SELECT group_id, digest, order_free_digest, json FROM document WHERE id = ?"
        let row = try db.first(sql, .integer(id.rawValue)) { row in
            (
                group: try GroupCode.group(of: row.integer(0)), digest: try row.digest(1), orderFree: try row.digest(2),
                bytes: row.bytes(3)
            )
        }
        guard let row else { throw StoreError.inconsistent("no document \(id.rawValue)") }
        let computed = Digest(of: row.bytes)
        guard computed == row.digest else {
            throw StoreError.digestMismatch(
                what: "document \(id.rawValue) (\(row.group.rawValue))", stored: row.digest, computed: computed)
        }
        return StoredDocument(
            id: id, group: row.group, digest: row.digest, orderFreeDigest: row.orderFree,
            value: try JSONReader.value(of: row.bytes))
    }

    /// The digests of documents, without their content; every one that is asked for.
    public func digests(of ids: some Sequence<DocumentID>) throws(StoreError) -> [DocumentID: DocumentDigests] {
        let wanted = Set(ids).sorted()
        return try reading { db in
            var digests: [DocumentID: DocumentDigests] = [:]
            digests.reserveCapacity(wanted.count)
            for id in wanted {
                let sql = "SELECT digest, order_free_digest FROM document WHERE id = ?"
                let pair = try db.first(sql, .integer(id.rawValue)) { row in
                    DocumentDigests(exact: try row.digest(0), orderFree: try row.digest(1))
                }
                guard let pair else { throw StoreError.inconsistent("no document \(id.rawValue)") }
                digests[id] = pair
            }
            return digests
        }
    }
}

extension PreparedStatement {
    /// A digest column.
    func digest(_ column: Int32) throws -> Digest {
        guard let digest = withBytes(column, { Digest(bytes: $0) }) else {
            throw StoreError.inconsistent("a digest does not have 32 bytes")
        }
        return digest
    }

    /// A digest column that may be NULL.
    func optionalDigest(_ column: Int32) throws -> Digest? { isNull(column) ? nil : try digest(column) }
}
