public import AuditModel
internal import GRDB

extension SnapshotStore {
    /// The nights of a run in memory, by client number. A run of 100,000 clients is better read in stretches, with
    /// ``nights(of:after:limit:)``.
    public func nights(of run: AuditRun.ID) throws(StoreError) -> [ClientNight] {
        try nights(of: run, after: Int.min, limit: Int(Int32.max))
    }

    /// A stretch of the nights of a run: of the clients with numbers above `number`, by number, at most `limit`.
    public func nights(of run: AuditRun.ID, after number: Int, limit: Int) throws(StoreError) -> [ClientNight] {
        try reading { db in
            try NightReader(try RunRow.of(run, in: db), in: db).nights(after: number, limit: limit)
        }
    }

    /// Goes through the nights of a run by client number, with a few of them in memory at a time. The closure may use
    /// the store.
    public func forEachNight(of run: AuditRun.ID, _ body: (ClientNight) throws -> Void) throws {
        let stretch = 1024
        var last = Int.min
        while true {
            let nights = try nights(of: run, after: last, limit: stretch)
            for night in nights { try body(night) }
            guard nights.count == stretch, let end = nights.last else { return }
            last = end.number
        }
    }

    /// The night of one client in a run, or nil where nothing was captured of it.
    public func night(of client: Client.ID, in run: AuditRun.ID) throws(StoreError) -> ClientNight? {
        try reading { db in
            let row = try RunRow.of(run, in: db)
            guard row.run.environment == client.environment else { return nil }
            return try NightReader(row, in: db).night(of: client.number)
        }
    }

    /// The captures of a night with their content.
    public func content(of night: ClientNight) throws(StoreError) -> PerGroup<GroupContent> {
        let documents = try documents(SettingsGroup.allCases.compactMap { night.captures[$0].documentID })
        do {
            return try night.captures.map { group, capture in
                switch capture {
                case .failure(let failure): return .failure(failure)
                case .notCollected(let reason): return .notCollected(reason)
                case .document(let id):
                    guard let document = documents[id], document.group == group else {
                        throw StoreError.inconsistent("document \(id.rawValue) is not of the group \(group.rawValue)")
                    }
                    return .document(document.value, document.digest)
                }
            }
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// One client's snapshot in a run; nil where the run has none of it.
    public func snapshot(of client: Client.ID, in run: AuditRun.ID) throws(StoreError) -> Snapshot? {
        guard let night = try night(of: client, in: run),
            let client = try roster(of: run).first(where: { $0.id == client })
        else { return nil }
        return Snapshot(client: client, groups: try content(of: night))
    }
}
