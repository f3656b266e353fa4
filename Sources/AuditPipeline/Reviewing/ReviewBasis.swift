import AuditModel
import Evidence
import Policies
import SnapshotStore

/// Gathers what the verdicts and changes of a review follow from.
struct ReviewBasis {
    let store: SnapshotStore
    let runs: [AuditRun]
    /// The clients that the review is of; nil for all.
    let clients: Set<Client.ID>?

    /// - Parameters:
    ///   - size: the number of entries of the log's checkpoint.
    ///   - pinned: the clients of each run whose waivers ask what their settings are.
    func basis(size: Int, patches: PatchReport, pinned: [Set<Client.ID>]) throws -> ReviewMaterial.Basis {
        var captures: [PrunedLeaves] = []
        var results: [PrunedLeaves] = []
        var vectors: Set<Digest> = []
        var captured: Set<Digest> = []
        for run in runs {
            let tree = try store.captureTree(of: run.id)
            var contents: [Int: [UInt8]] = [:]
            for leaf in tree.leaves where isOwn(leaf.client) {
                if let place = tree.index(of: leaf.client, leaf.group) { contents[place] = leaf.bytes }
                if case .document(let digest) = leaf.capture { captured.insert(digest) }
            }
            captures.append(PrunedLeaves(tree.pruned { isOwn($0.client) }, contents: contents))
            let judged = try store.resultLeaves(of: run.id)
            results.append(PrunedLeaves(judged.map(\.bytes)) { isOwn(judged[$0].client) })
            vectors.formUnion(judged.filter { isOwn($0.client) }.compactMap(\.results))
        }
        return ReviewMaterial.Basis(
            log: try log(size: size), captures: captures, results: results, vectors: try store.storedResults(vectors),
            // What no leaf here names could not be held to the log.
            documents: try documents(of: patches, pinned).filter { captured.contains($0.key) })
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

    private func documents(
        of patches: PatchReport, _ pinned: [Set<Client.ID>]
    ) throws -> [Digest: [UInt8]] {
        let changed = patches.entries.filter { $0.kind == .changed }
        var ids: Set<DocumentID> = []
        for (run, pinned) in zip(runs, pinned) where !changed.isEmpty || !pinned.isEmpty {
            let nights =
                clients == nil
                ? try store.nights(of: run.id) : try (clients ?? []).compactMap { try store.night(of: $0, in: run.id) }
            let byNumber = Dictionary(nights.map { ($0.number, $0.captures) }, uniquingKeysWith: { $1 })
            ids.formUnion(changed.compactMap { byNumber[$0.client.id.number]?[$0.group].documentID })
            for client in pinned {
                ids.formUnion(byNumber[client.number]?.pairs.compactMap(\.value.documentID) ?? [])
            }
        }
        let found = try store.documents(ids)
        return Dictionary(found.values.map { ($0.digest, $0.canonicalBytes) }, uniquingKeysWith: { $1 })
    }

    /// The clients of a report with a failure that a waiver may lie over or not, as their settings are.
    static func pinned(_ report: AuditReport, _ waivers: WaiversOnDay) -> Set<Client.ID> {
        guard waivers.readSettings else { return [] }
        let conditional = waivers.waivers.waivers.filter { $0.conditionText != nil && $0.isInForce(on: waivers.day) }
        return Set(
            (report.failures + report.waived).filter { finding in
                conditional.contains { $0.covers(finding.result.ruleID) && $0.concerns(finding.client) }
            }.map(\.client.id))
    }
}
