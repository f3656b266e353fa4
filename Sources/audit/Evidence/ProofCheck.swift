import AuditModel
import AuditPipeline
import Evidence
import Foundation
import Reports

/// Checks one proof of a setting, without a database.
struct ProofCheck {
    let file: String
    let keys: [VerifierKey]
    let held: [EvidenceCheck.Held]
    let origin: String?
    let format: VerifyFormat

    func run() throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandEnd(.usage, "the proof \(file) cannot be read.")
        }
        let proven: ProvenSetting
        do throws(SettingProofFailure) {
            proven = try SettingProof(text: [UInt8](data)).verify(trusting: trust())
        } catch {
            if isNoProof([UInt8](data), error) {
                throw CommandEnd(
                    .usage,
                    "\(file) is no proof of a setting, so it was not checked; 'audit prove' writes proofs.\(hint(data))"
                )
            }
            if format == .json {
                Console.result(
                    MachineJSON.text(of: [
                        "holds": false, "step": .string(error.step.rawValue), "why": .string("\(error)"),
                    ]))
            }
            throw CommandEnd(.integrity, "\(file) does not hold. \(error).")
        }
        switch format {
        case .json: Console.result(MachineJSON.text(of: json(proven)))
        case .text: Console.words(text(proven))
        }
    }

    /// Whether a file never was a proof. One that says of itself that it is, and was cut or altered, does not hold.
    private func isNoProof(_ bytes: [UInt8], _ failure: SettingProofFailure) -> Bool {
        guard failure.step == .form else { return false }
        switch failure.cause {
        case .notJSON: return bytes.firstRange(of: SettingProof.format.utf8) == nil
        case .form(.otherFormat): return true
        default: return false
        }
    }

    /// What to do with a pack, which auditors get beside proofs.
    private func hint(_ data: Data) -> String {
        data.starts(with: Array("PK".utf8)) ? " A pack is checked with 'audit pack verify'." : ""
    }

    /// By what the log is known: its key, or a checkpoint that is held; one that is held and signed is checked by the key.
    private func trust() throws(SettingProofFailure) -> ProofTrust {
        if let key = keys.first {
            return .log(TrustedLog(origin: origin, key: key, witnesses: Array(keys.dropFirst())))
        }
        guard let held = held.first else { return .nothing }
        do throws(CheckpointError) {
            return .heldCheckpoint(try Checkpoint(text: (try? SignedNote(held.note))?.text ?? held.note))
        } catch {
            throw SettingProofFailure(.checkpoint, .checkpoint(error))
        }
    }

    private func text(_ proven: ProvenSetting) -> String {
        let run = proven.run.run
        let value = proven.value.map { CanonicalJSON.text(of: $0) } ?? "nothing"
        let times = proven.capture.times.map { ", answered at \($0.answeredAt.rfc3339)" } ?? ""
        let basis =
            !isVouchedFor(proven)
            ? ""
            : !proven.signedBy.isEmpty
                ? " The checkpoint is signed by \(proven.signedBy.map(\.identity.description).joined(separator: ", "))."
                : " The checkpoint is the one that you hold."
        let caution = isVouchedFor(proven) ? "" : Unvouched.sentence(of: "file") + "\n"
        return """
            \(caution)\(VisibleText.of(proven.path.dotted)) = \(value)
            Client \(VisibleText.of(proven.capture.client.description))\(times).
            Run \(run.id), which started at \(run.startedAt.rfc3339)\(run.isSynthetic ? "; SYNTHETIC: an emulator's data" : "").
            Entry \(proven.index) of \(proven.checkpoint.size) in the log \(VisibleText.of(proven.checkpoint.origin)).\(basis)

            """
    }

    /// Whether somebody else than the file says that its checkpoint is the log's: a key, or a checkpoint that is held.
    private func isVouchedFor(_ proven: ProvenSetting) -> Bool { !proven.signedBy.isEmpty || !held.isEmpty }

    private func json(_ proven: ProvenSetting) -> SettingValue {
        let log: SettingValue = [
            "origin": .string(proven.checkpoint.origin), "size": .integer(Int64(clamping: proven.checkpoint.size)),
            "root": .string(proven.checkpoint.root.hex),
        ]
        let run = proven.run.run
        var object = SettingObject()
        object["holds"] = true
        object["vouchedFor"] = .bool(isVouchedFor(proven))
        object["path"] = .string(proven.path.dotted)
        object["value"] = proven.value
        object["client"] = .string(proven.capture.client.description)
        object["run"] = .string(run.id.rawValue)
        object["runStartedAt"] = .string(run.startedAt.rfc3339)
        object["synthetic"] = .bool(run.isSynthetic)
        object["answeredAt"] = proven.capture.times.map { .string($0.answeredAt.rfc3339) } ?? .null
        object["entry"] = .integer(Int64(clamping: proven.index))
        object["log"] = log
        object["signedBy"] = .array(proven.signedBy.map { .string($0.identity.description) })
        object["isHeldCheckpoint"] = .bool(keys.isEmpty && !held.isEmpty)
        return .object(object)
    }
}

/// What is said first where a file's checkpoint is checked against nothing.
enum Unvouched {
    /// - Parameter isHeldGiven: whether a checkpoint was given, which vouches for less than the file tells.
    static func sentence(of file: String, isHeldGiven: Bool = false) -> String {
        let remedy =
            isHeldGiven
            ? "the checkpoint that was given does not vouch for all of it, as said below"
            : "nothing vouches for its checkpoint: give --key or --checkpoint"
        return "The \(file) agrees with itself; \(remedy). Whoever wrote it may have made all of it."
    }
}
