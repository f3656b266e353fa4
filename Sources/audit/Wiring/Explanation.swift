import AuditModel
import AuditPipeline
import Collector
import Policies
import SnapshotStore

/// The sentence and the exit status of every error that a room can throw.
enum Explanation {
    /// The end that an error means, or nil for one that none of our rooms throws.
    static func end(for error: any Error) -> CommandEnd? {
        switch error {
        case let error as StoreError: CommandEnd(error.exitStatus, error.description)
        case let error as PipelineError: CommandEnd(error.status, error.description)
        case let error as RunSelectionError: CommandEnd(.usage, error.description)
        case let error as StoredNightsError: CommandEnd(.usage, error.description)
        case let error as FileWriter.Failure: CommandEnd(.inputOutput, error.description)
        case let error as CollectorError: CommandEnd(.usage, error.description + ".")
        case let error as CredentialError: CommandEnd(.usage, error.description + ".")
        case let error as BaseURL.Defect: CommandEnd(.usage, error.description + ".")
        default: nil
        }
    }
}
