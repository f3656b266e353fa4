public import AuditModel

/// Why a plan was not applied, or not made. Nothing was written to the platform then.
public enum RemediationError: Error, Sendable, Hashable {
    /// What was typed is no digest and no beginning of one.
    case noDigest(String)
    /// No plan has this digest.
    case unknownPlan(String, folder: String)
    /// Several plans' digests begin so.
    case ambiguousPlan(String, count: Int)
    /// A plan's file is not what its name, the digest, says.
    case planAltered(path: String)
    /// A plan's file is no plan that this version can read.
    case planUnreadable(path: String)
    /// A line of the journal is no record, or does not fit the one before.
    case journalAltered(path: String, line: Int)
    /// Another process applies a plan of this database.
    case busy(holder: String)
    /// A file could not be read or written.
    case inputOutput(path: String, cause: String)
    /// The plan has expired before anything was sent.
    case expired(at: Timestamp)
    /// The plan is for another environment, or the environment has another base URL now.
    case otherEnvironment(plan: String, now: String, name: EnvironmentName)
    /// The login did not succeed.
    case login(CaptureFailure)
    /// The network client could not be made.
    case notReached(String)
    /// Session or settings belong to another client.
    case otherClient(plan: String, answered: String, of: String)
    /// What must be read before any write could not be.
    case notRead(CaptureFailure)
    /// The default voice is something that is no id.
    case defaultVoiceUnreadable
    /// The default voice is another than the plan saw.
    case defaultVoiceMoved(from: Int?, to: Int?)
    /// The pool is another than the plan saw, and none on the plan's way after an earlier attempt.
    case moved(has: [Int], lacks: [Int], isRecovery: Bool)
    /// A write took effect, and is not in effect any more.
    case undone(PlannedWrite)
    /// More writes than are allowed.
    case tooManyWrites(Int, limit: Int)
    /// The client's default voice would be removed.
    case removesDefaultVoice(Int)

    /// The exit status.
    public var status: ExitStatus {
        switch self {
        case .noDigest, .unknownPlan, .ambiguousPlan, .planUnreadable, .expired, .otherEnvironment, .otherClient,
            .defaultVoiceUnreadable, .defaultVoiceMoved, .moved, .undone, .tooManyWrites, .removesDefaultVoice:
            .usage
        case .planAltered, .journalAltered: .integrity
        case .busy: .busy
        case .inputOutput: .inputOutput
        case .login(let failure): failure.reason == .loginRefused ? .authentication : .incomplete
        case .notReached, .notRead: .incomplete
        }
    }
}
