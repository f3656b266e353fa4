import AuditModel
import AuditPipeline
import Evidence
import Foundation
import SnapshotStore

extension Examination {
    /// Whether the log of runs is signed, and whether its checkpoints get out of reach of whoever can write the database.
    mutating func examineEvidence(_ settings: EvidenceSettings) async {
        let signer: SignerKey?
        do {
            signer = try await EvidenceKeys.signer(of: settings)
        } catch {
            return wrong("evidence", (error as? CommandEnd)?.message ?? "\(error)", .usage)
        }
        if FileManager.default.fileExists(atPath: workspace.database) {
            do {
                let store = try SnapshotStore.open(at: workspace.database, access: .readOnly)
                _ = try LogKeeper(store, origin: settings.origin, signer: signer).origin()
            } catch StoreError.otherLogOrigin(let stored, let given) {
                return wrong("evidence", StoreError.otherLogOrigin(stored: stored, given: given).description, .usage)
            } catch {
                // A database that cannot be opened was told of already.
            }
        }
        if settings.places.isEmpty {
            warn(
                "evidence",
                "checkpoints of the log go to no place outside of the database: its records count only from the last checkpoint "
                    + "that somebody holds elsewhere; write evidence: {checkpoints: [{file: …}]}.")
        } else {
            ok("evidence", "checkpoints go to \(settings.places.map(\.name).joined(separator: ", ")).")
        }
        if let signer {
            ok("evidence", "checkpoints are signed by \(signer.verifier.identity).")
        } else {
            warn(
                "evidence",
                "checkpoints are not signed: whoever has one must trust the way it came; 'audit checkpoint key FILE' makes a key."
            )
        }
    }
}
