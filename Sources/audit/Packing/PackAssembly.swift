import AuditModel
import AuditPipeline
import Evidence
import Policies
import Reports
import ReviewPack
import SnapshotStore

/// Renders a review's material into the files of a pack.
struct PackAssembly {
    let material: ReviewMaterial

    /// The pack.
    func bytes() throws(ZipError) -> [UInt8] {
        var files: [ZipArchive.Entry] = []
        func add(_ name: String, _ bytes: [UInt8]) { files.append(ZipArchive.Entry(name: name, bytes: bytes)) }
        for (name, report) in [("to", material.report), ("from", material.earlierReport)] {
            for format in [ReportFormat.html, .json, .csv] {
                let options = ReportOptions(showsAll: true)
                add(
                    "findings/run-\(name).\(format.rawValue)",
                    ReportRenderer.bytes(of: report, as: format, options: options))
            }
        }
        for format in [DiffFormat.html, .json, .csv] {
            add("changes/changes.\(format.rawValue)", ReportRenderer.bytes(of: material.difference, as: format))
        }
        add("changes/json-patch.json", ReportRenderer.bytes(of: material.patches, as: .jsonPatch))
        for format in [Table.Format.csv, .json] {
            add("completeness.\(format.rawValue)", nights.bytes(as: format))
            add("waivers.\(format.rawValue)", waivers.bytes(as: format))
        }
        let textSets = textSets
        for (set, texts) in zip(textSets, material.textSets) {
            for (text, recorded) in zip(set.texts, texts) {
                guard let file = text.file, !files.contains(where: { $0.name == file }) else { continue }
                add(file, Array(recorded.text.text.utf8))
            }
        }
        add(PackNames.checkpoint, material.log.note)
        if let note = material.log.earlierNote { add(PackNames.earlierCheckpoint, note) }
        for (place, side) in PackNames.sides.enumerated() {
            add(PackNames.leaf(side), material.log.leaves[place])
            add(PackNames.proof(side), material.log.proofs[place].text)
        }
        let consistency = ConsistencyFile(
            firstRoot: material.log.firstRoot, secondRoot: material.log.checkpoint.root, proof: material.log.consistency
        )
        add(PackNames.consistency, consistency.bytes)
        for (place, proven) in material.settingProofs.enumerated() {
            let number = String(place + 1)
            let name = String(repeating: "0", count: max(0, 4 - number.count)) + number
            add(
                "\(PackNames.settings)\(name)-\(proven.client.number).json",
                Array(MachineJSON.text(escaping: proven.proof.text).utf8))
        }
        add("proofs/settings.csv", settingProofs.bytes(as: .csv))
        let manifest = PackManifest(
            toolVersion: ToolVersion.current, environment: material.to.run.environment,
            isSynthetic: material.to.run.isSynthetic, timeZone: material.report.timeZone, client: material.client?.id,
            from: side(material.from), to: side(material.to), logOrigin: material.log.checkpoint.origin,
            textSets: textSets, leftOut: material.leftOut)
        add(PackNames.readme, Array(PackReadme(material: material, manifest: manifest).text.utf8))
        return try PackWriter.bytes(of: files, manifest, text: MachineJSON.text)
    }

    private func side(_ selection: RunSelection) -> PackManifest.Side {
        PackManifest.Side(
            asked: selection.asked, run: selection.run.id, day: selection.day, startedAt: selection.run.startedAt,
            sealedAt: selection.run.sealedAt ?? selection.run.startedAt)
    }

    private var textSets: [PackManifest.TextSet] {
        material.textSets.map { texts in
            PackManifest.TextSet(
                texts: texts.map { recorded in
                    let name = "texts/\(recorded.text.digest.short)-\(safeFileName(lastPart(of: recorded.text.name)))"
                    return PackManifest.Text(
                        name: recorded.text.name, layer: recorded.text.layer, digest: recorded.text.digest,
                        file: recorded.isLeftOut ? nil : name)
                })
        }
    }

    private func lastPart(of path: String) -> String { String(path.split(separator: "/").last ?? "") }

    private var nights: Table {
        let rows = material.nights.map { night -> [SettingValue] in
            let run = night.run
            return [
                .string(night.day.description), .string(run.id.rawValue), .string(run.kind.rawValue),
                .string(run.state.rawValue), .string(run.startedAt.rfc3339),
                run.sealedAt.map { .string($0.rfc3339) } ?? .null, integer(night.clients), integer(night.documents),
                integer(night.failures), integer(night.notCollected), night.logIndex.map(integer) ?? .null,
                run.policySet.map { .string($0.hex) } ?? .null, run.waiverSet.map { .string($0.hex) } ?? .null,
                .string(run.toolVersion),
            ]
        }
        let gaps = material.daysWithoutRun.map { day -> [SettingValue] in
            [.string(day.description), .null, .null, "no run"] + Array(repeating: .null, count: 10)
        }
        return Table(
            columns: [
                "day", "run", "kind", "state", "startedAt", "sealedAt", "clients", "groupsCaptured", "groupsFailed",
                "groupsNotCollected", "logEntry", "policySet", "waiverSet", "toolVersion",
            ],
            rows: (rows + gaps).sorted { ($0[0].stringValue ?? "") < ($1[0].stringValue ?? "") })
    }

    private var waivers: Table {
        Table(
            columns: [
                "waiver", "recorded", "state", "on", "from", "expires", "rules", "clients", "while", "owner",
                "approver",
                "ticket", "reason",
            ],
            rows: material.waivers.map { entry in
                let waiver = entry.waiver
                let recorded =
                    entry.isInEarlier && entry.isInLater ? "both runs" : entry.isInLater ? "later run" : "earlier run"
                let state =
                    entry.day < waiver.from ? "not yet" : waiver.isInForce(on: entry.day) ? "in force" : "ended"
                return [
                    .string(waiver.id), .string(recorded), .string(state), .string(entry.day.description),
                    .string(waiver.from.description), .string(waiver.expires.description),
                    .string(waiver.ruleIDs.joined(separator: ", ")), .string(entry.subject),
                    .string(waiver.conditionText ?? ""), .string(waiver.owner ?? ""), .string(waiver.approver),
                    .string(waiver.ticket ?? ""), .string(waiver.reason),
                ]
            })
    }

    private var settingProofs: Table {
        Table(
            columns: ["number", "client", "run", "path", "value"],
            rows: material.settingProofs.enumerated().map { place, proven in
                let selection = proven.isEarlier ? material.from : material.to
                return [
                    integer(place + 1), .string(proven.client.description), .string(selection.run.id.rawValue),
                    .string(proven.path.dotted),
                    proven.proof.value.map { .string(CanonicalJSON.text(of: $0)) } ?? .null,
                ]
            })
    }

    private func integer(_ number: Int) -> SettingValue { .integer(Int64(number)) }
}
