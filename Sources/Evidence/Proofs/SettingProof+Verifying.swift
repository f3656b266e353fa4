public import AuditModel

/// By what someone who checks a proof knows the log.
public enum ProofTrust: Sendable, Hashable {
    /// By its key: the checkpoint in the proof must be signed with it.
    case log(TrustedLog)
    /// By a checkpoint that they hold, from elsewhere: the one in the proof must be the same, signed or not.
    case heldCheckpoint(Checkpoint)
    /// By nothing. Then the proof shows no more than that its parts belong together: whoever wrote it may have made them all.
    case nothing
}

/// What a proof has shown.
public struct ProvenSetting: Sendable, Hashable {
    /// The setting.
    public var path: SettingPath
    /// Its value; nil where the document had nothing there.
    public var value: SettingValue?
    /// The capture that the document is of: client, group, times.
    public var capture: CaptureLeaf
    /// The run.
    public var run: RunLeaf
    /// The place of the run in the log, from 0.
    public var index: UInt64
    /// The checkpoint that commits to it.
    public var checkpoint: Checkpoint
    /// The known keys that signed the checkpoint; empty where it was not known by a key.
    public var signedBy: [VerifierKey]
}

extension SettingProof {
    /// Checks every step from the value to the checkpoint.
    ///
    /// - Throws: ``SettingProofFailure``: the first step, in the order of ``SettingProofStep``, that does not hold.
    public func verify(trusting trust: ProofTrust) throws(SettingProofFailure) -> ProvenSetting {
        try verifySetting()
        let capture = try verifiedCapture()
        let run = try verifiedRun(of: capture)
        let (checkpoint, signers) = try verifiedCheckpoint(trust)
        try SettingProofFailure.at(.runInclusion, SettingProofFailure.Cause.inclusion) { () throws(MerkleProofError) in
            try log.verify(entry: self.run, in: checkpoint)
        }
        return ProvenSetting(
            path: path, value: value, capture: capture, run: run, index: log.index, checkpoint: checkpoint,
            signedBy: signers)
    }

    private func verifySetting() throws(SettingProofFailure) {
        let document = try SettingProofFailure.at(.document, SettingProofFailure.Cause.notJSON) {
            () throws(JSONReadingError) in try JSONReader.value(of: self.document)
        }
        guard CanonicalJSON.bytes(of: document) == self.document else {
            throw SettingProofFailure(.document, .notCanonical)
        }
        let found = try Self.value(at: path, in: document)
        guard found == value else { throw SettingProofFailure(.setting, .otherValue(stated: value, found: found)) }
    }

    private func verifiedCapture() throws(SettingProofFailure) -> CaptureLeaf {
        let capture = try SettingProofFailure.at(.capture, SettingProofFailure.Cause.leaf) { () throws(LeafError) in
            try CaptureLeaf(bytes: self.capture)
        }
        guard capture.group == path.group else {
            throw SettingProofFailure(.capture, .otherGroup(stated: path.group, captured: capture.group))
        }
        let digest = Digest(of: document)
        guard capture.capture == .document(digest) else { throw SettingProofFailure(.capture, .otherDocument(digest)) }
        return capture
    }

    private func verifiedRun(of capture: CaptureLeaf) throws(SettingProofFailure) -> RunLeaf {
        let run = try SettingProofFailure.at(.run, SettingProofFailure.Cause.leaf) { () throws(LeafError) in
            try RunLeaf(bytes: self.run)
        }
        guard capture.client.environment == run.run.environment else {
            throw SettingProofFailure(
                .run, .otherEnvironment(capture: capture.client.environment, run: run.run.environment))
        }
        // The root alone does not tell the size of its tree: a place in a smaller one may lead to it, too.
        guard inclusion.size == UInt64(run.captures.count) else {
            throw SettingProofFailure(.run, .otherCount(stated: inclusion.size, logged: run.captures.count))
        }
        try SettingProofFailure.at(.captureInclusion, SettingProofFailure.Cause.inclusion) {
            () throws(MerkleProofError) in
            try inclusion.verify(leafHash: MerkleHash.leaf(self.capture), root: run.captures.root)
        }
        return run
    }

    private func verifiedCheckpoint(_ trust: ProofTrust) throws(SettingProofFailure) -> (Checkpoint, [VerifierKey]) {
        switch trust {
        case .log(let trusted):
            return try SettingProofFailure.at(.checkpoint, SettingProofFailure.Cause.checkpoint) {
                () throws(CheckpointError) in
                let (checkpoint, signers) = try trusted.checkpoint(in: log.checkpoint)
                return (checkpoint, signers)
            }
        case .nothing: return (try unverifiedCheckpoint(), [])
        case .heldCheckpoint(let held):
            let found = try unverifiedCheckpoint()
            guard found == held else {
                throw SettingProofFailure(.checkpoint, .otherCheckpoint(held: held, found: found))
            }
            return (found, [])
        }
    }

    /// The checkpoint of a note whoever signed it, or of a text without signatures.
    private func unverifiedCheckpoint() throws(SettingProofFailure) -> Checkpoint {
        try SettingProofFailure.at(.checkpoint, SettingProofFailure.Cause.checkpoint) { () throws(CheckpointError) in
            try Checkpoint(text: (try? SignedNote(log.checkpoint))?.text ?? log.checkpoint)
        }
    }
}
