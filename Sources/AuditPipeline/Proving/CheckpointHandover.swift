public import AuditModel
import Evidence
import SnapshotStore

/// The port through which a checkpoint leaves this machine's reach: files elsewhere, commands, web hooks.
public protocol CheckpointPlaces: Sendable {
    /// Hands a checkpoint to every place.
    ///
    /// - Parameters:
    ///   - note: The signed note, or the text alone.
    ///   - continues: Says why the log does not go on from an older checkpoint that a place still has; nil where it does.
    /// - Returns: What came of it, one for each place.
    func hand(over note: [UInt8], continues: @Sendable (_ older: [UInt8]) -> String?) async -> [CheckpointReceipt]
}

/// What came of handing a checkpoint to one place.
public struct CheckpointReceipt: Sendable, Hashable {
    /// The place as reports name it.
    public var place: String
    /// Why it does not have the checkpoint, with the status that this means; nil where it has.
    public var failure: ExitCondition?

    /// Joins the two.
    public init(place: String, failure: ExitCondition?) {
        self.place = place
        self.failure = failure
    }
}

extension NightlyAudit {
    /// What came of the checkpoint after a night: where it is, and what went wrong.
    struct Handover {
        /// The places that have it; nil where none was made that could have gone anywhere.
        var places: [String]? = []
        /// The places that do not have it.
        var missedPlaces: [String]? = []
        var conditions: [ExitCondition] = []
    }

    /// Makes the checkpoint of the log with tonight's run and hands it over. A log that was tampered with does not end the
    /// night: its captures are stored, and the report says what was found.
    func handOverCheckpoint() async throws -> Handover {
        let made: LogKeeper.Made
        do {
            made = try keeper.checkpoint()
        } catch let error as PipelineError {
            guard case .logDoesNotContinue = error else { throw error }
            return Handover(
                places: checkpointPlaces == nil ? [] : nil, missedPlaces: checkpointPlaces == nil ? [] : nil,
                conditions: [ExitCondition(.integrity, Self.sentence(error.description))])
        }
        guard let checkpointPlaces else { return Handover() }
        let tree = try store.logTree()
        let origin = made.checkpoint.origin
        let receipts = await checkpointPlaces.hand(over: made.note) { older in
            do {
                let held = try Checkpoint(text: (try? SignedNote(older))?.text ?? older)
                try tree.verifyContinues(held, origin: origin)
                return nil
            } catch {
                return "\(error)"
            }
        }
        return Handover(
            places: receipts.filter { $0.failure == nil }.map(\.place),
            missedPlaces: receipts.filter { $0.failure != nil }.map(\.place), conditions: receipts.compactMap(\.failure)
        )
    }

    private static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
