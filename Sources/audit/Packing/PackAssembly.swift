import AuditModel
import AuditPipeline
import Evidence
import Reports
import ReviewPack
import SnapshotStore

/// Puts a review's material into the files of a pack: those for people, rendered from the record, and those that it is held to.
struct PackAssembly {
    let material: ReviewMaterial

    /// The pack.
    ///
    /// - Throws: `ZipError`; `EncodingError`, for no record that the pipeline makes.
    func bytes() throws -> [UInt8] {
        let rendering = PackRendering(
            record: material.record, isSigned: (try? SignedNote(material.log.note)) != nil, textSets: textSets)
        var files = rendering.files
        func add(_ name: String, _ bytes: [UInt8]) { files.append(ZipArchive.Entry(name: name, bytes: bytes)) }
        add(PackNames.record, try ReviewRecordFile.bytes(of: material.record))
        for (set, texts) in zip(rendering.textSets, material.textSets) {
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
            add(PackNames.captures(side), material.basis.captures[place].lines)
            add(PackNames.results(side), material.basis.results[place].lines)
        }
        let consistency = ConsistencyFile(
            firstRoot: material.log.firstRoot, secondRoot: material.log.checkpoint.root, proof: material.log.consistency
        )
        add(PackNames.consistency, consistency.bytes)
        add(PackNames.log, material.basis.log.lines)
        add(PackNames.vectors, DigestLines.bytes(of: material.basis.vectors))
        add(PackNames.documents, DigestLines.bytes(of: material.basis.documents))
        for (place, (told, proof)) in zip(material.record.proven, material.settingProofs).enumerated() {
            add(PackRendering.proofFile(place, told.client), Array(MachineJSON.text(escaping: proof.text).utf8))
        }
        return try PackWriter.bytes(
            of: files, rendering.manifest(logOrigin: material.log.checkpoint.origin), text: MachineJSON.text)
    }

    private var textSets: [PackManifest.TextSet] {
        material.textSets.map { texts in
            PackManifest.TextSet(
                texts: texts.map { recorded in
                    PackManifest.Text(
                        name: recorded.text.name, layer: recorded.text.layer, digest: recorded.text.digest,
                        file: recorded.isLeftOut
                            ? nil : PackRendering.textFile(recorded.text.name, recorded.text.digest))
                })
        }
    }
}
