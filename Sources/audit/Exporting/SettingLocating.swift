import AuditModel
import AuditPipeline
import Foundation
import Reports

/// Where the exported snapshots are found whose lines SARIF points at.
enum SettingLocating {
    /// A stored run: the files that 'audit snapshot export' would write of all its clients.
    case store(Chronicle)
    /// A folder of files, as they are.
    case folder(ExportedFolder)

    /// The locations for a report; nil where none of the outputs has any, which saves reading the snapshots again.
    func locations(for report: AuditReport, outputs: [ReportOutput]) throws -> SnapshotLocations? {
        let formats = [ReportFormat.sarif, .codeScanning].map(\.rawValue)
        guard outputs.contains(where: { formats.contains($0.format) }) else { return nil }
        var locations = SnapshotLocations(for: report)
        switch self {
        case .store(let chronicle):
            // An open run cannot be exported yet.
            guard report.run.state.isSealed else { return nil }
            try chronicle.forEachExported(of: report.run, clients: locations.clients) { snapshot in
                var whole = snapshot
                whole.clientsExported = report.completeness.clientsExpected
                locations.add(whole, file: Array(MachineJSON.text(of: whole.json).utf8))
            }
        case .folder(let folder):
            let wanted = locations.clients
            // What is wrong with the files was told when they were judged.
            _ = folder.read(0..<folder.names.count, care: .form) { file, snapshot in
                guard wanted.contains(snapshot.snapshot.client.id),
                    let data = FileManager.default.contents(atPath: file)
                else { return }
                locations.add(snapshot, file: [UInt8](data))
            }
        }
        return locations
    }
}
