import AuditModel
import Reports

/// Exported snapshots of the sample's clients, in which the findings' settings stand.
enum SampleSnapshots {
    /// A client's export: a group of settings that findings are about, one that has none of them, and one that failed.
    static func snapshot(of client: Client, run: AuditRun = SampleReports.night.run) -> ExportedSnapshot {
        func document(_ value: SettingValue) -> GroupContent { .document(value, Digest(of: value)) }
        let internalSettings: SettingValue = [
            "encryptCcsPassword": false, "maxFailedCcsLoginAttempts": 10, "maxFailedAcdLoginAttempts": 9,
            "passwordExpirationDays": 0,
        ]
        let messaging: SettingValue = [
            "property": [["key": "store_wireless", "value": "phone_3"], ["key": "requeue_limit", "value": "12"]]
        ]
        let voices: SettingValue = ["voice": [["id": 1], ["id": 9], ["id": 11]]]
        let failure = CaptureFailure(.timedOut, request: "GET /configuration/clients/\(client.id.number)/settings")
        let groups = PerGroup<GroupContent> { group in
            switch group {
            case .internal: document(internalSettings)
            case .settings: .failure(failure)
            case .messaging: document(messaging)
            case .voicePool: document(voices)
            case .countries: .notCollected(.countriesOfAnotherClient)
            }
        }
        return ExportedSnapshot(
            run: run, clientsExported: 25, snapshot: Snapshot(client: client, groups: groups),
            times: PerGroup(repeating: nil))
    }

    /// The bytes of a client's file.
    static func file(of snapshot: ExportedSnapshot) -> [UInt8] { Array(MachineJSON.text(of: snapshot.json).utf8) }

    /// Where a report's settings stand in the exports of all its clients.
    static func locations(of report: AuditReport) throws -> SnapshotLocations {
        var locations = SnapshotLocations(for: report)
        let clients = Dictionary(
            (report.failures + report.waived + report.unknowns).map { ($0.client.id, $0.client) },
            uniquingKeysWith: { first, _ in first })
        for client in clients.values {
            let snapshot = snapshot(of: client, run: report.run)
            locations.add(snapshot, file: file(of: snapshot))
        }
        return locations
    }
}
