import AuditModel
import Evidence

extension PackCheck {
    /// A checkpoint that somebody holds from elsewhere.
    public struct Held: Sendable, Hashable {
        /// What it is called: a file's name.
        public var name: String
        /// Its bytes, signed or not.
        public var note: [UInt8]

        /// Joins the two.
        public init(name: String, note: [UInt8]) {
            self.name = name
            self.note = note
        }
    }

    /// What comparing with a checkpoint that is held came to, where it is none that the pack's log conflicts with.
    public enum Comparison: Sendable, Hashable {
        /// It is the pack's own, so that all of the pack's log is what it stands for.
        case same(name: String)
        /// The pack's log goes on from it; for later entries it does not stand.
        case goesOn(name: String, size: UInt64)
        /// It is larger than the pack's log, or of a time of which the pack has too little.
        case cannotBeTold(name: String, size: UInt64)
    }
}

extension PackWalk {
    /// Holds the log of the pack to the checkpoints that somebody has from elsewhere.
    mutating func checkHeld(_ checkpoint: Checkpoint) {
        for held in held {
            do throws(CheckpointError) {
                outcome.compared.append(try comparison(of: checkpoint, with: held))
            } catch {
                tell(PackNames.checkpoint, "against \(held.name): \(error)")
            }
        }
    }

    private func comparison(
        of checkpoint: Checkpoint, with held: PackCheck.Held
    ) throws(CheckpointError) -> PackCheck.Comparison {
        let note = try? SignedNote(held.note)
        if let note, !keys.isEmpty {
            do throws(NoteError) { _ = try note.verified(by: keys) } catch { throw .note(error) }
        }
        let own = try Checkpoint(text: note?.text ?? held.note)
        guard own.origin.isIdentical(to: checkpoint.origin) else {
            throw .otherOrigin(expected: own.origin, found: checkpoint.origin)
        }
        guard let root = root(atSize: own.size, checkpoint) else {
            return .cannotBeTold(name: held.name, size: own.size)
        }
        guard root == own.root else { throw .rewritten(size: own.size, held: own.root, found: root) }
        return own.size == checkpoint.size ? .same(name: held.name) : .goesOn(name: held.name, size: own.size)
    }

    /// The root of the pack's log when it had so many entries, proven by the consistency proof or by the entries that are shown;
    /// nil where the pack has too little of that time.
    private func root(atSize size: UInt64, _ checkpoint: Checkpoint) -> Digest? {
        if size == checkpoint.size { return checkpoint.root }
        guard size < checkpoint.size else { return nil }
        if let file = files[PackNames.consistency].flatMap({ try? ConsistencyFile(bytes: $0) }),
            file.proof.first == size,
            file.proof.second == checkpoint.size, file.secondRoot == checkpoint.root, (try? file.verify()) != nil
        {
            return file.firstRoot
        }
        guard let log = files[PackNames.log].flatMap({ try? PrunedLeaves(lines: $0) }), log.root == checkpoint.root,
            UInt64(log.size) == checkpoint.size
        else { return nil }
        return Int(exactly: size).flatMap { log.root(atSize: $0) }
    }
}
