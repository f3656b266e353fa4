import AuditModel
import Evidence

/// Goes through a pack that was unpacked, one subject after another.
struct PackWalk {
    var outcome: PackCheck.Outcome
    let files: [String: [UInt8]]
    let keys: [VerifierKey]
    let held: [PackCheck.Held]
    let origin: String?

    mutating func run(_ entries: [ZipArchive.Entry]) {
        for entry in entries where !entry.isIntact {
            tell(entry.name, "its checksum is not the one that the archive states")
        }
        guard let bytes = files[PackNames.manifest] else {
            return tell(PackNames.manifest, "it is missing, so this is no review pack")
        }
        let manifest: PackManifest
        do throws(ManifestError) { manifest = try PackManifest(bytes: bytes) } catch {
            checkSums(against: nil)
            return tell(PackNames.manifest, "it cannot be read: \(error)")
        }
        outcome.manifest = manifest
        checkFiles(manifest, entries)
        checkSums(against: manifest)
        checkTexts(manifest)
        guard let checkpoint = checkpoint(in: PackNames.checkpoint, isMain: true) else { return }
        outcome.checkpoint = checkpoint
        if !checkpoint.origin.isIdentical(to: manifest.logOrigin) {
            tell(PackNames.manifest, "it names another log than the checkpoint does")
        }
        for (side, run) in zip(PackNames.sides, [manifest.from, manifest.to]) {
            checkRun(side, run, manifest, checkpoint)
        }
        checkCheckpoint()
        checkConsistency(checkpoint)
        checkHeld(checkpoint)
        checkSettings(manifest, checkpoint)
        checkBasis(manifest, checkpoint)
    }

    mutating func tell(_ file: String, _ clause: String) {
        outcome.findings.append(PackCheck.Finding(file: file, clause: clause))
    }

    // MARK: Files

    private mutating func checkFiles(_ manifest: PackManifest, _ entries: [ZipArchive.Entry]) {
        var listed: Set<String> = [PackNames.manifest, PackNames.sums]
        for file in manifest.files {
            guard listed.insert(file.name).inserted else {
                tell(PackNames.manifest, "it lists \(quoted(file.name)) twice")
                continue
            }
            guard let bytes = files[file.name] else {
                tell(file.name, "it is missing")
                continue
            }
            guard bytes.count == file.size else {
                tell(file.name, "it has \(bytes.count) bytes, and \(PackNames.manifest) says \(file.size)")
                continue
            }
            guard Digest(of: bytes) == file.digest else {
                tell(file.name, "its SHA-256 is not the one in \(PackNames.manifest)")
                continue
            }
            outcome.files += 1
        }
        for entry in entries where !listed.contains(entry.name) {
            tell(entry.name, "\(PackNames.manifest) does not list it")
        }
    }

    private mutating func checkSums(against manifest: PackManifest?) {
        guard let bytes = files[PackNames.sums] else { return tell(PackNames.sums, "it is missing") }
        guard let manifest, let own = files[PackNames.manifest] else {
            let line = files[PackNames.manifest].map { "\(Digest(of: $0).hex)  \(PackNames.manifest)\n" } ?? ""
            if !String(decoding: bytes, as: UTF8.self).contains(line) {
                tell(PackNames.manifest, "its SHA-256 is not the one in \(PackNames.sums)")
            }
            return
        }
        let file = PackManifest.File(name: PackNames.manifest, size: own.count, digest: Digest(of: own))
        if bytes == PackWriter.sums(of: manifest.files + [file]) { return }
        // Which of the two was changed, the line of the manifest tells.
        let line = "\(file.digest.hex)  \(PackNames.manifest)\n"
        if String(decoding: bytes, as: UTF8.self).contains(line) {
            tell(PackNames.sums, "its lines are not those that \(PackNames.manifest) leads to")
        } else {
            tell(PackNames.manifest, "its SHA-256 is not the one in \(PackNames.sums)")
        }
    }

    private mutating func checkTexts(_ manifest: PackManifest) {
        for text in manifest.textSets.flatMap(\.texts) {
            guard let name = text.file, let bytes = files[name] else { continue }
            if Digest(of: bytes) != text.digest {
                tell(name, "it is not the text that the run recorded as \(quoted(text.name))")
            }
        }
    }

    // MARK: Proofs

    /// A checkpoint of the pack, whose signatures are checked where a key is given and it has any.
    private mutating func checkpoint(in name: String, isMain: Bool) -> Checkpoint? {
        guard let bytes = files[name] else {
            if isMain { tell(name, "it is missing, so no proof leads anywhere") }
            return nil
        }
        let note = try? SignedNote(bytes)
        if isMain { outcome.isSigned = note != nil }
        if isMain, note == nil, !keys.isEmpty {
            tell(name, "it is not signed, so that the key that is given vouches for nothing here")
        }
        do throws(CheckpointError) {
            if note != nil, let key = keys.first {
                let trusted = TrustedLog(origin: origin, key: key, witnesses: Array(keys.dropFirst()))
                let (checkpoint, signers) = try trusted.checkpoint(in: bytes)
                if isMain { outcome.signedBy = signers }
                return checkpoint
            }
            let checkpoint = try Checkpoint(text: note?.text ?? bytes)
            guard note != nil || Array(checkpoint.text.utf8) == bytes else { throw .notLines }
            return checkpoint
        } catch {
            tell(name, "\(error)")
            return nil
        }
    }

    private mutating func checkRun(
        _ side: String, _ stated: PackManifest.Side, _ manifest: PackManifest, _ checkpoint: Checkpoint
    ) {
        guard let leaf = files[PackNames.leaf(side)] else {
            return tell(PackNames.leaf(side), "it is missing")
        }
        guard let text = files[PackNames.proof(side)] else {
            return tell(PackNames.proof(side), "it is missing")
        }
        let run: RunLeaf
        do throws(LeafError) { run = try RunLeaf(bytes: leaf) } catch {
            return tell(PackNames.leaf(side), "\(error)")
        }
        guard run.run.id == stated.run, run.run.startedAt == stated.startedAt, run.run.sealedAt == stated.sealedAt,
            run.run.environment == manifest.environment, run.run.isSynthetic == manifest.isSynthetic
        else { return tell(PackNames.leaf(side), "it is of another run than \(PackNames.manifest) says") }
        let sets = Set(manifest.textSets.map(\.digest))
        for set in [run.run.policySet, run.run.waiverSet] {
            if let set, !sets.contains(set) {
                tell(
                    PackNames.manifest,
                    "the policies or waivers that the run \(run.run.id.short) was judged by (\(set.short)…) are not among those listed"
                )
            }
        }
        do throws(LogProofError) {
            let proof = try LogProof(text: text)
            guard proof.text == text else {
                return tell(PackNames.proof(side), "it is not written as this tool writes it")
            }
            guard proof.checkpoint == files[PackNames.checkpoint] else {
                return tell(PackNames.proof(side), "it leads to another checkpoint than \(PackNames.checkpoint)")
            }
            do throws(MerkleProofError) { try proof.verify(entry: leaf, in: checkpoint) } catch {
                tell(PackNames.proof(side), "\(error)")
                tell(
                    PackNames.leaf(side),
                    "it, its proof or \(PackNames.checkpoint) was changed: they do not lead to one another")
            }
        } catch {
            tell(PackNames.proof(side), "\(error)")
        }
    }

    /// Where both runs' proofs lead to one other checkpoint, it is the checkpoint that was changed, or else all of them.
    private mutating func checkCheckpoint() {
        let led = PackNames.sides.map { side in
            files[PackNames.proof(side)].flatMap { try? LogProof(text: $0) }?.checkpoint
        }
        if let first = led[0], led[1] == first, first != files[PackNames.checkpoint] {
            tell(PackNames.checkpoint, "the proofs of both runs lead to another checkpoint")
        }
    }

    private mutating func checkConsistency(_ checkpoint: Checkpoint) {
        let name = PackNames.consistency
        guard let bytes = files[name] else { return tell(name, "it is missing") }
        let file: ConsistencyFile
        do throws(ManifestError) { file = try ConsistencyFile(bytes: bytes) } catch { return tell(name, "\(error)") }
        guard file.proof.second == checkpoint.size, file.secondRoot == checkpoint.root else {
            return tell(name, "it does not lead to the log of \(PackNames.checkpoint)")
        }
        do throws(MerkleProofError) { try file.verify() } catch { return tell(name, "\(error)") }
        guard file.bytes == bytes else { return tell(name, "it is not written as this tool writes it") }
        guard files[PackNames.earlierCheckpoint] != nil else { return }
        outcome.hasEarlierCheckpoint = true
        guard let earlier = self.checkpoint(in: PackNames.earlierCheckpoint, isMain: false) else { return }
        guard earlier.origin.isIdentical(to: checkpoint.origin), earlier.size == file.proof.first,
            earlier.root == file.firstRoot
        else {
            tell(PackNames.earlierCheckpoint, "\(name) does not start from it; one of the two was changed")
            return tell(name, "it does not start from the log of \(PackNames.earlierCheckpoint)")
        }
    }

    private mutating func checkSettings(_ manifest: PackManifest, _ checkpoint: Checkpoint) {
        let runs = [manifest.from.run, manifest.to.run]
        for name in files.keys.sorted() where name.hasPrefix(PackNames.settings) && name.hasSuffix(".json") {
            do throws(SettingProofFailure) {
                let proof = try SettingProof(text: files[name] ?? [])
                guard proof.log.checkpoint == files[PackNames.checkpoint] else {
                    tell(name, "it leads to another checkpoint than \(PackNames.checkpoint)")
                    continue
                }
                let proven = try proof.verify(trusting: .heldCheckpoint(checkpoint))
                guard runs.contains(proven.run.run.id) else {
                    tell(name, "it is of neither run of the pack")
                    continue
                }
                guard manifest.client.map({ $0 == proven.capture.client }) ?? true else {
                    tell(name, "it is of another client than the pack")
                    continue
                }
                // Whichever characters the writer escaped, the value is the same.
                guard let own = try? JSONReader.value(of: proof.text),
                    let told = try? JSONReader.value(of: files[name] ?? []), own == told
                else {
                    tell(name, "it is not written as this tool writes it")
                    continue
                }
                outcome.settingProofs += 1
                outcome.provenSettings.append(proven)
            } catch {
                tell(name, "\(error)")
            }
        }
    }

    func quoted(_ text: String) -> String { CanonicalJSON.text(of: .string(text)) }
}
