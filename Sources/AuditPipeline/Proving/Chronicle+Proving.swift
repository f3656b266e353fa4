public import AuditModel
public import Evidence
import SnapshotStore

extension Chronicle {
    /// A proof of one setting of one client in one run, by the newest checkpoint that has the run.
    ///
    /// - Throws: ``PipelineError/notCaptured(_:_:_:)``, ``PipelineError/hashOnly(_:_:before:after:)`` where the night was
    ///   pruned, ``PipelineError/noCheckpoint(_:)``, ``PipelineError/notProvable(_:)``
    ///   where the path names no one place, and `StoreError`.
    public func proof(of path: SettingPath, client: Client.ID, in run: AuditRun) throws -> SettingProof {
        guard let entry = try store.logEntry(of: run.id) else { throw PipelineError.noCheckpoint(run.id) }
        guard let night = try store.night(of: client, in: run.id),
            case .document(let id) = night.captures[path.group]
        else { throw PipelineError.notCaptured(client, path.group, run.id) }
        let document = try store.document(id)
        guard !night.isHashOnly else {
            let kept = try store.keptNights(around: run, of: client)
            throw PipelineError.hashOnly(client, run, before: kept.before, after: kept.after)
        }
        let captures = try store.captureTree(of: run.id)
        guard let place = captures.index(of: client, path.group), let capture = captures.leaf(at: place) else {
            throw PipelineError.notCaptured(client, path.group, run.id)
        }
        let kept = try store.checkpoints().filter { $0.size > entry.index }
        // A signed one is worth more than a newer one without signatures.
        guard let checkpoint = kept.last(where: \.isSigned) ?? kept.last else {
            throw PipelineError.noCheckpoint(run.id)
        }
        do {
            let inclusion = try store.logTree().inclusionProof(ofLeaf: entry.index, inSize: checkpoint.size)
            return try SettingProof(
                of: path, in: document.value, capture: capture,
                inclusion: captures.inclusionProof(ofLeaf: place), run: RunLeaf(bytes: entry.leaf),
                log: LogProof(index: inclusion.index, hashes: inclusion.hashes, checkpoint: checkpoint.note))
        } catch let error as SettingProofFailure {
            throw PipelineError.notProvable("\(error.cause)")
        } catch let error as LeafError {
            throw PipelineError.logDoesNotContinue("the entry of run \(run.id.short) cannot be read: \(error)")
        } catch let error as MerkleProofError {
            throw PipelineError.logDoesNotContinue("\(error)")
        }
    }
}
