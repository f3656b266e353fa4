public import AuditModel
internal import GRDB

extension SnapshotStore {
    /// Goes through the captures of a run by client number, as numbers alone and one row at a time: for those who look at
    /// very many nights.
    ///
    /// - Parameters:
    ///   - clients: the numbers of the first and the last client.
    ///   - body: must not use the store, which is being read.
    public func forEachCaptureIDs(
        of run: AuditRun.ID, clients: ClosedRange<Int>, _ body: (_ number: Int, _ captures: CaptureIDs) -> Void
    ) throws(StoreError) {
        try reading { db in
            let statement = try NightTable(try RunRow.of(run, in: db), in: db).statement(
                "client_number, internal_id, settings_id, messaging_id, voice_pool_id, countries_id", clients: clients)
            defer { statement.reset() }
            while try statement.step() {
                body(Int(statement.integer(0)), CaptureIDs(statement, from: 1))
            }
        }
    }

    /// Goes through all documents in the order they were stored in, a few of them in memory at a time; their digests are
    /// checked. The closure may use the store.
    public func forEachDocument(_ body: (StoredDocument) throws -> Void) throws {
        let stretch = 128
        var last: Int64 = 0
        while true {
            let ids = try reading { db in
                try db.all(
                    "SELECT id FROM document WHERE id > ? ORDER BY id LIMIT ?", .integer(last), .integer(stretch)
                ) { DocumentID($0.integer(0)) }
            }
            let documents = try documents(ids)
            for id in ids {
                if let document = documents[id] { try body(document) }
            }
            guard ids.count == stretch, let end = ids.last else { return }
            last = end.rawValue
        }
    }
}
