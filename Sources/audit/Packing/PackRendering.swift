import AuditModel
import AuditPipeline
import Evidence
import Reports
import ReviewPack

/// The files of a pack that are rendered from its record: the same record, the same bytes. Whoever checks a pack renders them
/// again.
struct PackRendering {
    let record: ReviewRecord
    /// Whether the checkpoint has signatures, which the words for people tell.
    let isSigned: Bool
    /// The names of the texts in the pack, as the manifest lists them.
    let textSets: [PackManifest.TextSet]

    /// Each file with its name.
    var files: [ZipArchive.Entry] {
        var files: [ZipArchive.Entry] = []
        func add(_ name: String, _ bytes: [UInt8]) { files.append(ZipArchive.Entry(name: name, bytes: bytes)) }
        for (name, side) in [("to", record.to), ("from", record.from)] {
            for format in [ReportFormat.html, .json, .csv] {
                let options = ReportOptions(showsAll: true)
                add(
                    "findings/run-\(name).\(format.rawValue)",
                    ReportRenderer.bytes(of: side.report, as: format, options: options))
            }
        }
        for format in [DiffFormat.html, .json, .csv] {
            add("changes/changes.\(format.rawValue)", ReportRenderer.bytes(of: record.difference, as: format))
        }
        add("changes/json-patch.json", ReportRenderer.bytes(of: record.patches, as: .jsonPatch))
        let tables = PackTables(record: record)
        for format in [Table.Format.csv, .json] {
            add("completeness.\(format.rawValue)", tables.nights.bytes(as: format))
            add("waivers.\(format.rawValue)", tables.waivers.bytes(as: format))
        }
        add("proofs/settings.csv", tables.settingProofs.bytes(as: .csv))
        add(PackNames.readme, Array(PackReadme(record: record, isSigned: isSigned).text.utf8))
        add(PackNames.index, Array(PackPage(record: record, isSigned: isSigned, textSets: textSets).document.utf8))
        return files
    }

    /// What the manifest says, but for its files.
    func manifest(logOrigin: String) -> PackManifest {
        PackManifest(
            toolVersion: record.toolVersion, environment: record.environment, isSynthetic: record.to.run.isSynthetic,
            timeZone: record.timeZone, client: record.client?.id, from: side(record.from), to: side(record.to),
            logOrigin: logOrigin, textSets: textSets, leftOut: record.leftOut)
    }

    private func side(_ side: ReviewRecord.Side) -> PackManifest.Side {
        PackManifest.Side(
            asked: side.asked, run: side.run.id, day: side.day, startedAt: side.run.startedAt,
            sealedAt: side.run.sealedAt ?? side.run.startedAt)
    }

    /// The name of a text's file in a pack.
    static func textFile(_ name: String, _ digest: Digest) -> String {
        "texts/\(digest.short)-\(safeFileName(String(name.split(separator: "/").last ?? "")))"
    }

    /// The name of the file of a setting's proof.
    static func proofFile(_ place: Int, _ client: Client.ID) -> String {
        let number = String(place + 1)
        return
            "\(PackNames.settings)\(String(repeating: "0", count: max(0, 4 - number.count)))\(number)-\(client.number).json"
    }
}
