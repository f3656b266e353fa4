import AuditModel
import AuditPipeline
import Evidence
import ReviewPack
import SnapshotStore

/// Checks what a pack tells people: that its record is held by the log, and that each file for people is what the record
/// renders to.
struct PackRebuild {
    /// What it came to.
    struct Outcome {
        var findings: [PackCheck.Finding] = []
        /// What could not be told, as clauses.
        var notChecked: [String] = []
        /// Files that another version of the tool rendered, and this one renders otherwise.
        var otherRenderings: [String] = []
        var verdicts = 0
        var settingsChanges = 0
        var renderings = 0
    }

    let check: PackCheck.Outcome

    /// Checks everything that the pack is enough for; what is broken already is not looked into again.
    func outcome() -> Outcome {
        var outcome = Outcome()
        func tell(_ file: String, _ clause: String) {
            outcome.findings.append(PackCheck.Finding(file: file, clause: clause))
        }
        guard let manifest = check.manifest else { return outcome }
        guard let bytes = check.contents[PackNames.record] else {
            tell(PackNames.record, "it is missing, so nothing that the pack tells people can be checked")
            return outcome
        }
        let record: ReviewRecord
        do throws(ReviewRecordFile.Failure) { record = try ReviewRecordFile.record(of: bytes) } catch {
            switch error {
            case .unreadable(let clause): tell(PackNames.record, "it cannot be read: \(clause)")
            case .notAsWritten: tell(PackNames.record, "it is not written as this tool writes it")
            }
            return outcome
        }
        if let basis = check.basis {
            if let zone = try? Workspace.zone(record.timeZone) {
                let bound = ReviewBinding.outcome(of: record, basis: Self.basis(basis), zone: zone)
                for clause in bound.mismatches { tell(PackNames.record, clause) }
                outcome.notChecked += bound.notChecked
                outcome.verdicts = bound.verdicts
                outcome.settingsChanges = bound.settingsChanges
            } else {
                tell(PackNames.record, "it names a time zone that there is not")
            }
            let proven = check.provenSettings.map { setting in
                ReviewRecord.ProvenPlace(
                    client: setting.capture.client, run: setting.run.run.id, path: setting.path.dotted,
                    value: setting.value)
            }
            if proven != record.proven {
                tell(PackNames.record, "the settings that it calls proven are not those that the pack has proofs of")
            }
        }
        compare(record, manifest, &outcome)
        return outcome
    }

    private func compare(_ record: ReviewRecord, _ manifest: PackManifest, _ outcome: inout Outcome) {
        let isSigned = check.contents[PackNames.checkpoint].map { (try? SignedNote($0)) != nil } ?? false
        let rendering = PackRendering(record: record, isSigned: isSigned, textSets: manifest.textSets)
        var own = rendering.manifest(logOrigin: manifest.logOrigin)
        own.files = manifest.files
        var stated = manifest
        for set in stated.textSets.indices {
            for text in stated.textSets[set].texts.indices where stated.textSets[set].texts[text].file != nil {
                let entry = stated.textSets[set].texts[text]
                stated.textSets[set].texts[text].file = PackRendering.textFile(entry.name, entry.digest)
            }
        }
        if record.client == nil, manifest.textSets.contains(where: { $0.texts.contains { $0.file == nil } }) {
            outcome.findings.append(
                PackCheck.Finding(
                    file: PackNames.manifest, clause: "it leaves out a policy or waiver text, in a pack of all clients")
            )
        }
        if own != stated {
            outcome.findings.append(
                PackCheck.Finding(
                    file: PackNames.manifest, clause: "it says otherwise of the pack than \(PackNames.record) does"))
        }
        var expected = evidence(record, manifest)
        let isOtherVersion = !record.toolVersion.isIdentical(to: ToolVersion.current)
        for file in rendering.files {
            expected.insert(file.name)
            guard let bytes = check.contents[file.name] else {
                outcome.findings.append(PackCheck.Finding(file: file.name, clause: "it is missing"))
                continue
            }
            if bytes == file.bytes {
                outcome.renderings += 1
            } else if isOtherVersion {
                outcome.otherRenderings.append(file.name)
            } else {
                outcome.findings.append(
                    PackCheck.Finding(
                        file: file.name,
                        clause: "it is not what \(PackNames.record) renders to; one of the two was changed"))
            }
        }
        for name in check.contents.keys.sorted() where !expected.contains(name) {
            outcome.findings.append(PackCheck.Finding(file: name, clause: "no pack has such a file"))
        }
    }

    /// The names of the files that nothing is rendered into.
    private func evidence(_ record: ReviewRecord, _ manifest: PackManifest) -> Set<String> {
        var names: Set<String> = [
            PackNames.manifest, PackNames.sums, PackNames.record, PackNames.checkpoint, PackNames.earlierCheckpoint,
            PackNames.consistency, PackNames.log, PackNames.vectors, PackNames.documents,
        ]
        for side in PackNames.sides {
            names.formUnion([
                PackNames.leaf(side), PackNames.proof(side), PackNames.captures(side), PackNames.results(side),
            ])
        }
        names.formUnion(manifest.textSets.flatMap { $0.texts.compactMap(\.file) })
        for (place, proven) in record.proven.enumerated() {
            names.insert(PackRendering.proofFile(place, proven.client))
        }
        return names
    }

    private static func basis(_ basis: PackBasis) -> ReviewBinding.Basis {
        ReviewBinding.Basis(
            sides: basis.sides.map { side in
                ReviewBinding.Side(
                    leaf: side.leaf, index: side.index, captures: side.captures, hiddenCaptures: side.hiddenCaptures,
                    results: side.results, hiddenResults: side.hiddenResults)
            },
            entries: basis.entries, vectors: basis.vectors, documents: basis.documents,
            texts: basis.texts.mapValues { texts in
                texts.map {
                    PolicyText(name: $0.name, text: String(decoding: $0.bytes, as: UTF8.self), layer: $0.layer)
                }
            })
    }
}
