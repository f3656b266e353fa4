public import AuditModel
import SnapshotStore

extension Chronicle {
    /// Goes through the snapshots of a sealed run as they are exported, by client number, a few in memory at a time.
    ///
    /// - Parameter clients: those to export, all on the run's roster; nil for all.
    public func forEachExported(
        of run: AuditRun, clients wanted: Set<Client.ID>? = nil, _ body: (ExportedSnapshot) throws -> Void
    ) throws {
        let roster = try store.roster(of: run.id)
        let chosen = wanted.map { wanted in roster.filter { wanted.contains($0.id) } } ?? roster
        let clients = Dictionary(chosen.map { ($0.id.number, $0) }, uniquingKeysWith: { $1 })
        try store.forEachNight(of: run.id) { night in
            guard let client = clients[night.number] else { return }
            try body(
                ExportedSnapshot(
                    run: run, clientsExported: clients.count,
                    snapshot: Snapshot(client: client, groups: try store.content(of: night)), times: night.times))
        }
    }
}
