import AuditModel
public import Evidence
public import SnapshotStore

/// Makes checkpoints of a store's log, as its configuration says.
public struct LogKeeper: Sendable {
    let store: SnapshotStore
    /// The name that the configuration gives the log; nil where it gives none.
    let configuredOrigin: String?
    /// The key that checkpoints are signed with; nil where they are not.
    let signer: SignerKey?

    /// Joins the parts.
    public init(_ store: SnapshotStore, origin: String? = nil, signer: SignerKey? = nil) {
        self.store = store
        configuredOrigin = origin
        self.signer = signer
    }

    /// How the log calls itself: as with its first checkpoint; else as configured, as its key, or by the store's own name.
    ///
    /// - Throws: `StoreError.otherLogOrigin` where the configuration has another name than the log.
    public func origin() throws -> String {
        if let stored = try store.logOrigin() {
            if let configuredOrigin, configuredOrigin != stored {
                throw StoreError.otherLogOrigin(stored: stored, given: configuredOrigin)
            }
            return stored
        }
        return try configuredOrigin ?? signer?.verifier.identity.name ?? store.defaultLogOrigin()
    }

    /// A checkpoint with its note.
    public struct Made: Sendable, Hashable {
        /// What it says.
        public var checkpoint: Checkpoint
        /// The signed note, or the text alone.
        public var note: [UInt8]
        /// The key that signed; nil where there is none.
        public var signedBy: VerifierKey?
    }

    /// The checkpoint of the log as it is now: the one that is kept, or a new one, which is kept then.
    ///
    /// Nothing is signed that does not go on from what was signed before: a key must not vouch for a log that was cut.
    /// - Throws: ``PipelineError/logDoesNotContinue(_:)``.
    public func checkpoint() throws -> Made {
        let origin = try origin()
        let tree = try store.logTree()
        let kept = try store.checkpoints()
        for checkpoint in kept.suffix(2) {
            do {
                try tree.verifyContinues(try checkpoint.checkpoint(), origin: origin)
                try verifyOwnSignature(of: checkpoint)
            } catch {
                throw PipelineError.logDoesNotContinue("\(error)")
            }
        }
        let checkpoint: Checkpoint
        do { checkpoint = try tree.checkpoint(origin: origin) } catch {
            throw PipelineError.logDoesNotContinue("\(error)")
        }
        // The same note is not made twice: what was handed out is what is kept.
        let own = kept.filter { $0.size == tree.size }.first { note in
            guard let signer else { return !note.isSigned }
            return (try? SignedNote(note.note).verified(by: [signer.verifier])) != nil
        }
        if let own { return Made(checkpoint: checkpoint, note: own.note, signedBy: signer?.verifier) }
        let note: [UInt8]
        if let signer {
            do { note = try checkpoint.signed(with: [signer]).bytes } catch {
                throw PipelineError.logDoesNotContinue("\(error)")
            }
        } else {
            note = Array(checkpoint.text.utf8)
        }
        try store.save(StoredCheckpoint(size: tree.size, note: note), origin: origin)
        return Made(checkpoint: checkpoint, note: note, signedBy: signer?.verifier)
    }
}

extension LogKeeper {
    /// Refuses a note that names the configured key and was not signed with it.
    private func verifyOwnSignature(of checkpoint: StoredCheckpoint) throws(NoteError) {
        guard let signer, let note = try? SignedNote(checkpoint.note) else { return }
        do { _ = try note.verified(by: [signer.verifier]) } catch {
            // Another key has signed: it was changed since, or somebody else signs, too.
            if case .noKnownKey = error { return }
            throw error
        }
    }
}

extension Chronicle {
    /// What the log has of a run; nil for a run that is not in it.
    func logFacts(of run: AuditRun) throws -> LogFacts? {
        guard run.state.isSealed, let entry = try store.logEntry(of: run.id) else { return nil }
        let tree = try store.logTree()
        let kept = try store.checkpoints().filter { $0.size > entry.index }
        let size = kept.first?.size ?? entry.index + 1
        guard let root = try? tree.root(atSize: size) else { return nil }
        // Who the note says has signed: a report is no place to check it, and says so by naming 'audit verify'.
        let note = kept.filter { $0.size == size }.lazy.compactMap { try? SignedNote($0.note) }.first
        return LogFacts(
            index: entry.index, size: size, root: root, origin: try store.logOrigin(),
            signedBy: note?.signatures.first?.key.description)
    }
}
