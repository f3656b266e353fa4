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
    let demandsSignature: Bool

    /// Joins the parts.
    ///
    /// - Parameters:
    ///   - keys: the keys whose signatures count.
    ///   - sample: how many client-nights are judged again.
    ///   - demandsSignature: whether it is a finding where none of the keys vouches for the newest checkpoint.
    public init(
        _ store: SnapshotStore, keys: [VerifierKey], held: [Held], sample: Int, demandsSignature: Bool = false
    ) {
        self.store = store
        self.keys = keys
        self.held = held
        self.sample = sample
        self.demandsSignature = demandsSignature
    }

    /// What it came to.
    public struct Outcome: Sendable {
        /// What the store found, with what was found here added.
        public var verification: StoreVerification
        /// Checkpoints with a signature of a known key that holds.
        public var signedCheckpoints = 0
        /// The number of entries up to which a known key vouches for the log: those of the largest checkpoint that it signed.
        public var vouchedEntries = 0
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
        checkVouching(&outcome)
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
                outcome.vouchedEntries = max(outcome.vouchedEntries, checkpoint.size)
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
                if (try? SignedNote(held.note).verified(by: keys)) != nil {
                    outcome.vouchedEntries = max(outcome.vouchedEntries, Int(clamping: checkpoint.size))
                }
            } catch {
                outcome.verification.add(IntegrityFinding("log_entry", "the log against \(held.name)", "\(error)"))
            }
        }
    }

    /// Whether a given key vouches for the newest checkpoint. It stands for all entries before, so older ones may have been
    /// signed by keys that are not given, as after a change of keys.
    private func checkVouching(_ outcome: inout Outcome) {
        let size = outcome.verification.log.size
        guard demandsSignature, size > 0 else { return }
        let newest = outcome.verification.checkpoints.map(\.size).max()
        guard outcome.vouchedEntries == 0 || outcome.vouchedEntries < newest ?? 0 else { return }
        guard let newest else {
            outcome.verification.add(
                IntegrityFinding(
                    "checkpoint", "the log of \(Count.of(size, "entry"))",
                    "the key that is given vouches for nothing: no checkpoint was made of the log"))
            return
        }
        let signers = outcome.verification.checkpoints.filter { $0.size == newest }
            .compactMap { try? SignedNote($0.note) }.flatMap(\.signatures).map(\.key.description)
        let cause =
            signers.isEmpty
            ? "it is not signed, or its signatures were taken away"
            : "it is signed by \(signers.joined(separator: ", "))"
        let rest =
            outcome.vouchedEntries == 0
            ? "they vouch for nothing here" : "they vouch for the first \(outcome.vouchedEntries) alone"
        outcome.verification.add(
            IntegrityFinding(
                "checkpoint", "the newest checkpoint, of \(Count.of(newest, "entry"))",
                "none of the keys that are given has signed it: \(cause); \(rest)"))
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
        let size = verification.log.size
        if demandsSignature, size == 0 {
            sentences.append("whether the key that is given vouches for the log: it has no entry yet")
        } else if demandsSignature, outcome.vouchedEntries > 0, outcome.vouchedEntries < size {
            sentences.append(
                "who vouches for the entries behind the first \(outcome.vouchedEntries): the newest checkpoint is no larger "
                    + "('audit checkpoint' makes one)")
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
    static func of(_ number: Int, _ noun: String) -> String {
        if number == 1 { return "1 \(noun)" }
        return "\(number) " + (noun.hasSuffix("y") ? "\(noun.dropLast())ies" : noun + "s")
    }
}
