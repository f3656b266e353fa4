import AuditModel
public import Evidence
import Policies
public import SnapshotStore

/// Checks all that a store says of the past: what the store itself derives again, who signed its checkpoints, checkpoints that
/// were held elsewhere, and a sample of its verdicts.
public struct EvidenceCheck: Sendable {
    /// A checkpoint that somebody has held elsewhere.
    public struct Held: Sendable {
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

    let store: SnapshotStore
    let keys: [VerifierKey]
    let held: [Held]
    let sample: Int

    /// Joins the parts.
    ///
    /// - Parameters:
    ///   - keys: the keys whose signatures count.
    ///   - sample: how many client-nights are judged again.
    public init(_ store: SnapshotStore, keys: [VerifierKey], held: [Held], sample: Int) {
        self.store = store
        self.keys = keys
        self.held = held
        self.sample = sample
    }

    /// What it came to.
    public struct Outcome: Sendable {
        /// What the store found, with what was found here added.
        public var verification: StoreVerification
        /// Checkpoints with a signature of a known key that holds.
        public var signedCheckpoints = 0
        /// Checkpoints held elsewhere that the log goes on from.
        public var heldCheckpoints = 0
        /// Client-nights whose evaluation key was derived again and leads to their results.
        public var keysDerived = 0
        /// Client-nights that were judged again with the same verdicts.
        public var judgedAgain = 0
        /// What was not checked, as sentences.
        public var notChecked: [String] = []

        /// Whether all that was checked holds.
        public var isSound: Bool { verification.findings.isEmpty }
    }

    /// Checks everything; nothing is changed.
    ///
    /// - Parameter progress: is told what is being looked at, and how much of it is done, from 0 to 1.
    public func outcome(progress: (_ what: String, _ part: Double) -> Void = { _, _ in }) throws -> Outcome {
        var outcome = Outcome(verification: try store.verification(progress: progress))
        checkSignatures(&outcome)
        checkHeld(&outcome)
        var verdicts = VerdictCheck(store: store, root: outcome.verification.log.root, sample: sample)
        try verdicts.run(progress: progress)
        for finding in verdicts.findings { outcome.verification.add(finding) }
        outcome.keysDerived = verdicts.keysDerived
        outcome.judgedAgain = verdicts.judgedAgain
        tellWhatIsNotChecked(&outcome, verdicts)
        return outcome
    }

    private func checkSignatures(_ outcome: inout Outcome) {
        for checkpoint in outcome.verification.checkpoints {
            guard let note = try? SignedNote(checkpoint.note) else { continue }
            do {
                _ = try note.verified(by: keys)
                outcome.signedCheckpoints += 1
            } catch .noKnownKey {
                continue
            } catch {
                outcome.verification.add(
                    IntegrityFinding("checkpoint", "the checkpoint of \(checkpoint.size) entries", "\(error)"))
            }
        }
    }

    private func checkHeld(_ outcome: inout Outcome) {
        for held in held {
            do {
                let checkpoint = try checkpoint(in: held)
                try outcome.verification.log.verifyContinues(
                    checkpoint, origin: outcome.verification.origin ?? checkpoint.origin)
                outcome.heldCheckpoints += 1
            } catch {
                outcome.verification.add(IntegrityFinding("log_entry", "the log against \(held.name)", "\(error)"))
            }
        }
    }

    /// What a held checkpoint says. Where keys are given and it is signed, one of them must have signed it.
    private func checkpoint(in held: Held) throws(CheckpointError) -> Checkpoint {
        guard let note = try? SignedNote(held.note) else { return try Checkpoint(text: held.note) }
        if !keys.isEmpty {
            do { _ = try note.verified(by: keys) } catch { throw .note(error) }
        }
        return try Checkpoint(text: note.text)
    }

    private func tellWhatIsNotChecked(_ outcome: inout Outcome, _ verdicts: VerdictCheck) {
        let verification = outcome.verification
        var sentences = [
            "the base URLs of environments beside those of their runs, and refused logins: they are not in the log"
        ]
        if !verification.openRuns.isEmpty {
            sentences.append(
                "what the open run \(verification.openRuns.map(\.short).joined(separator: ", ")) has: it is not in the log "
                    + "before it is sealed")
        }
        if verification.prunedCaptures > 0 {
            sentences.append(
                "the documents and moments of \(Count.of(verification.prunedCaptures, "pruned capture")): of each the hash is left; "
                    + "that nothing had changed is what the kept rows before and after it say. Their results are checked"
            )
        }
        if !verification.hasKey {
            sentences.append(
                "the tags of what is remembered for speed (raw_body, evaluation) and of legal holds: the store's key file is not here"
            )
        }
        let unsigned = verification.checkpoints.filter { !$0.isSigned }.count
        let unknown = verification.checkpoints.count - unsigned - outcome.signedCheckpoints
        if unsigned > 0 {
            sentences.append("who made \(Count.of(unsigned, "checkpoint")): not signed")
        }
        if unknown > 0 {
            sentences.append(
                "the signatures of \(Count.of(unknown, "checkpoint")): no key is given that made them (--key)")
        }
        sentences += verdicts.notChecked
        if held.isEmpty {
            sentences.append(
                "whether the whole store was replaced or cut: only a checkpoint that was held elsewhere can tell "
                    + "(--checkpoint FILE)")
        }
        outcome.notChecked = sentences
    }
}

/// Numbers with their nouns.
enum Count {
    /// `1 checkpoint`, `2 checkpoints`.
    static func of(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
