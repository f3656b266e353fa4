import AuditModel

extension MerkleTree {
    /// The checkpoint of this tree, as the log of this name.
    public func checkpoint(origin: String) throws(CheckpointError) -> Checkpoint {
        try Checkpoint(origin: origin, size: UInt64(size), root: root)
    }

    /// Checks that this log goes on from a checkpoint of it that was held elsewhere: that it has no fewer entries, and the
    /// same up to there.
    ///
    /// - Throws: ``CheckpointError/otherOrigin(expected:found:)``, ``CheckpointError/truncated(held:found:)``,
    ///   ``CheckpointError/rewritten(size:held:found:)``.
    public func verifyContinues(_ held: Checkpoint, origin: String) throws(CheckpointError) {
        guard held.origin.isIdentical(to: origin) else {
            throw .otherOrigin(expected: origin, found: held.origin)
        }
        guard let size = Int(exactly: held.size), let root = try? root(atSize: size) else {
            throw .truncated(held: held.size, found: UInt64(self.size))
        }
        guard root == held.root else { throw .rewritten(size: held.size, held: held.root, found: root) }
    }
}
