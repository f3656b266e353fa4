public import AuditModel
internal import GRDB

extension SnapshotStore {
    /// Stores the run of some exported snapshots, begun, filled and sealed in one transaction: all of it, or nothing.
    ///
    /// The environment is made known where it is not. The run's roster is the clients of the snapshots, its kind
    /// `fetchOnly`: how it was judged is not exported. Each different document is stored once, beside those that are there.
    /// - Parameters:
    ///   - snapshots: one or more, of one run; each client once. Their digests were checked.
    ///   - notes: sentences to keep with the run.
    /// - Throws: ``StoreError/environmentChanged(_:stored:given:)`` where the environment is elsewhere, or real there and
    ///   synthetic here; ``StoreError/runExists(_:)``.
    public func importRun(of snapshots: [ExportedSnapshot], notes: [String]) throws(StoreError) {
        guard let first = snapshots.first else {
            throw StoreError.inconsistent("a run without clients was to be imported")
        }
        var run = first.run
        let snapshots = snapshots.sorted { $0.snapshot.client.id < $1.snapshot.client.id }
        let clients = snapshots.map(\.snapshot.client)
        run.state = .open
        run.sealedAt = nil
        run.kind = .fetchOnly
        run.clientCount = clients.count
        try Self.check(run, clients)
        // What takes time is done before the transaction.
        let documents = Self.documents(of: snapshots)
        try writing(durable: true) { [run] db in
            try Self.makeKnown(run, in: db)
            _ = try Self.insertOpen(run, clients, in: db)
            let row = try RunRow.ofOpen(run.id, in: db)
            var ids: [ImportedDocument.Key: DocumentID] = [:]
            for (key, document) in documents {
                ids[key] = try Self.id(
                    ofGroup: key.group, digest: key.digest, orderFree: document.orderFree, text: document.text, in: db)
            }
            var writer = try NightWriter(row, in: db)
            for snapshot in snapshots { try writer.write(try Self.night(of: snapshot, ids)) }
            for (ordinal, note) in notes.enumerated() {
                try db.run(
                    "INSERT INTO note (run_id, ordinal, text) VALUES (?, ?, ?)", .integer(row.rowID),
                    .integer(ordinal), .text(note))
            }
            try db.run(
                "UPDATE run SET state = ?, sealed_at = ? WHERE id = ?", .text(first.run.state.rawValue),
                .integer((first.run.sealedAt ?? first.run.startedAt).milliseconds), .integer(row.rowID))
            try LogWriter.append(try RunRow.of(run.id, in: db), evaluator: nil, roster: clients, in: db)
        }
    }

    private struct ImportedDocument {
        struct Key: Hashable {
            var group: SettingsGroup
            var digest: Digest
        }

        var text: String
        var orderFree: Digest
    }

    private static func documents(of snapshots: [ExportedSnapshot]) -> [ImportedDocument.Key: ImportedDocument] {
        var documents: [ImportedDocument.Key: ImportedDocument] = [:]
        for (group, content) in snapshots.lazy.flatMap(\.snapshot.groups.pairs) {
            guard case .document(let value, let digest) = content else { continue }
            let key = ImportedDocument.Key(group: group, digest: digest)
            if documents[key] != nil { continue }
            documents[key] = ImportedDocument(
                text: CanonicalJSON.text(of: value), orderFree: KeyedLists.orderFreeDigest(of: value, group: group))
        }
        return documents
    }

    private static func night(
        of snapshot: ExportedSnapshot, _ ids: [ImportedDocument.Key: DocumentID]
    ) throws -> ClientNight {
        let captures = try snapshot.snapshot.groups.map { group, content -> StoredCapture in
            switch content {
            case .document(_, let digest):
                guard let id = ids[ImportedDocument.Key(group: group, digest: digest)] else {
                    throw StoreError.inconsistent("a document that was to be imported is not there")
                }
                return .document(id)
            case .failure(let failure): return .failure(failure)
            case .notCollected(let reason): return .notCollected(reason)
            }
        }
        return ClientNight(
            number: snapshot.snapshot.client.id.number, captures: captures, times: snapshot.times, results: nil)
    }

    /// Makes a run's environment known, or checks that it still is what it was; as ``register(environment:address:acceptsNewBaseURL:)``, but within the transaction of the import.
    private static func makeKnown(_ run: AuditRun, in db: Database) throws {
        let isKnown = try db.first("SELECT 1 FROM environment WHERE name = ?", .text(run.environment.rawValue)) { _ in
            true
        }
        // What is known is compared when the run is begun.
        if isKnown == true { return }
        try db.run(
            "INSERT INTO environment (name, base_url, is_synthetic) VALUES (?, ?, ?)", .text(run.environment.rawValue),
            .text(run.baseURL), .integer(run.isSynthetic ? 1 : 0))
    }
}
