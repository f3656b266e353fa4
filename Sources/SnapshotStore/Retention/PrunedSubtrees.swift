internal import AuditModel
internal import Evidence
internal import GRDB

/// What is left of pruned captures in the tree of their run: rows of `pruned_subtree`.
enum PrunedSubtrees {
    /// Those of a run, by their first leaf.
    static func of(_ run: RunRow, in db: Database) throws -> [PrunedTree.Subtree] {
        try db.all(
            "SELECT first_leaf, leaf_count, hash FROM pruned_subtree WHERE run_id = ? ORDER BY first_leaf, leaf_count",
            .integer(run.rowID)
        ) {
            PrunedTree.Subtree(start: Int($0.integer(0)), count: Int($0.integer(1)), hash: try $0.digest(2))
        }
    }

    /// Puts larger subtrees in the place of those that they contain; those that stay are left alone.
    static func replace(_ old: [PrunedTree.Subtree], by new: [PrunedTree.Subtree], of run: RunRow, in db: Database)
        throws
    {
        let (before, after) = (Set(old), Set(new))
        for subtree in new where !before.contains(subtree) {
            try db.run(
                "INSERT INTO pruned_subtree (run_id, first_leaf, leaf_count, hash) VALUES (?, ?, ?, ?)",
                .integer(run.rowID), .integer(subtree.start), .integer(subtree.count), .bytes(subtree.hash.bytes))
        }
        for subtree in old where !after.contains(subtree) {
            try db.run(
                "DELETE FROM pruned_subtree WHERE run_id = ? AND first_leaf = ? AND leaf_count = ?",
                .integer(run.rowID), .integer(subtree.start), .integer(subtree.count))
        }
    }

    /// Rows, marks and hashes of a run that are not of one tree.
    static func mismatch(_ run: AuditRun.ID) -> StoreError {
        .inconsistent(
            "the captures of run \(run) that are there, and the hashes of those that were pruned (client_night, "
                + "unchanged_nights, pruned_subtree), do not make up one tree")
    }
}
