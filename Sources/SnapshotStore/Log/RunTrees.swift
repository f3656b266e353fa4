internal import AuditModel
internal import Evidence
internal import GRDB

/// The two trees of a run, derived from what its rows, marks and pruned subtrees say.
///
/// What a run has of results is derived in full, for pruned nights by their marks; of pruned captures the hashes stand.
struct RunTrees {
    /// The captures.
    let captures: TreeHead
    /// What they came to.
    private(set) var counts = RunLeaf.Counts(documents: 0, failures: 0, notCollected: 0)
    /// The results.
    let results: TreeHead

    /// - Parameter areAllHeld: see ``NightTable``.
    init(of run: RunRow, areAllHeld: Bool, digests: DigestLookup, in db: Database) throws {
        let leaves = RunLeaves(run, areAllHeld: areAllHeld, digests: digests, in: db)
        let subtrees = areAllHeld ? [] : try PrunedSubtrees.of(run, in: db)
        var builder = RunTreeBuilder()
        var held: [Int: Digest] = [:]
        var place = 0
        var counts = counts
        try leaves.forEach { client in
            counts.documents += client.counts.documents
            counts.failures += client.counts.failures
            counts.notCollected += client.counts.notCollected
            if subtrees.isEmpty {
                for leaf in client.captures { try builder.append(leaf) }
            } else {
                for (offset, leaf) in client.captures.enumerated() { held[place + offset] = leaf.hash }
            }
            place += SettingsGroup.allCases.count
            try builder.append(client.results)
        }
        self.counts = counts
        results = builder.results
        guard !subtrees.isEmpty else {
            captures = builder.captures
            return
        }
        do {
            captures = TreeHead(
                count: place, root: try PrunedTree(size: place, subtrees: subtrees, heldLeaves: held).root)
        } catch {
            throw PrunedSubtrees.mismatch(run.run.id)
        }
    }
}
