import AuditModel
import Evidence
import SnapshotStore

/// Gathers what the verdicts and changes of a review follow from.
struct ReviewBasis {
    let store: SnapshotStore
    let runs: [AuditRun]
    /// The clients that the review is of; nil for all.
    let clients: Set<Client.ID>?

    /// - Parameter size: the number of entries of the log's checkpoint.
    func basis(size: Int, patches: PatchReport) throws -> ReviewMaterial.Basis {
        var captures: [PrunedLeaves] = []
        var results: [PrunedLeaves] = []
        var vectors: Set<Digest> = []
        for run in runs {
            let captured = try store.captureTree(of: run.id).leaves
            captures.append(PrunedLeaves(captured.map(\.bytes)) { isOwn(captured[$0].client) })
            let judged = try store.resultLeaves(of: run.id)
            results.append(PrunedLeaves(judged.map(\.bytes)) { isOwn(judged[$0].client) })
            vectors.formUnion(judged.filter { isOwn($0.client) }.compactMap(\.results))
        }
        return ReviewMaterial.Basis(
            log: try log(size: size), captures: captures, results: results, vectors: try store.storedResults(vectors),
            documents: try documents(of: patches))
    }

    private func isOwn(_ client: Client.ID) -> Bool { clients?.contains(client) ?? true }

    /// The runs of the environment from the earlier to the later one are shown; of all others, a hash.
    private func log(size: Int) throws -> PrunedLeaves {
        let leaves = try store.logLeaves(upTo: size)
        return PrunedLeaves(leaves) { place in
            guard let leaf = try? RunLeaf(bytes: leaves[place]), let first = runs.first, let last = runs.last else {
                return false
            }
            return leaf.run.environment == first.environment && leaf.run.startedAt >= first.startedAt
                && leaf.run.startedAt <= last.startedAt
        }
    }

    private func documents(of patches: PatchReport) throws -> [Digest: [UInt8]] {
        let changed = patches.entries.filter { $0.kind == .changed }
        if changed.isEmpty { return [:] }
        var ids: Set<DocumentID> = []
        for run in runs {
            let nights =
                clients == nil
                ? try store.nights(of: run.id) : try (clients ?? []).compactMap { try store.night(of: $0, in: run.id) }
            let byNumber = Dictionary(nights.map { ($0.number, $0.captures) }, uniquingKeysWith: { $1 })
            ids.formUnion(changed.compactMap { byNumber[$0.client.id.number]?[$0.group].documentID })
        }
        let found = try store.documents(ids)
        return Dictionary(found.values.map { ($0.digest, $0.canonicalBytes) }, uniquingKeysWith: { $1 })
    }
}
