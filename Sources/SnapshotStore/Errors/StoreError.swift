public import AuditModel
internal import GRDB

/// Why the store did not do what it was asked for. The sentences are in `StoreError+Sentences.swift`.
public enum StoreError: Error, Sendable, Hashable {
    // The file

    /// There is no database at the path.
    case missing(path: String)
    /// The file is no SQLite database.
    case notADatabase(path: String)
    /// The file is an SQLite database of another program.
    case foreign(path: String)
    /// A newer version of this tool has written it.
    case newerSchema(path: String)
    /// An older version of this tool has written it, and it was opened for reading.
    case olderSchema(path: String)
    /// SQLite finds the file malformed.
    case damaged(path: String, detail: String)
    /// The file or its folder cannot be written.
    case readOnly(path: String, detail: String)
    /// The file or its folder cannot be opened.
    case cannotOpen(path: String, detail: String)
    /// Another process is writing and does not end.
    case locked(path: String)
    /// The disk, or the user's share of it, is full.
    case full(path: String)
    /// The system refused to read or write.
    case inputOutput(path: String, detail: String)
    /// A write was asked for of a store that was opened for reading.
    case openedForReading(path: String)

    // The key and the lock

    /// The key file is not there, and what is stored depends on it.
    case keyMissing(path: String)
    /// The key file does not hold 32 bytes.
    case keyDamaged(path: String)
    /// The key file belongs to another store.
    case keyOfAnotherStore(path: String)
    /// Another run holds the store.
    case runLockHeld(path: String, holder: String)

    // What was asked for

    /// An environment was given another base URL, or turned from real to synthetic or back.
    case environmentChanged(EnvironmentName, stored: EnvironmentAddress, given: EnvironmentAddress)
    /// No such environment is registered.
    case unknownEnvironment(EnvironmentName)
    /// No such run is stored.
    case unknownRun(AuditRun.ID)
    /// The run has ended, so it can no longer change.
    case runIsSealed(AuditRun.ID)
    /// The environment has an open run already.
    case openRunExists(AuditRun.ID)
    /// A run of that environment started at that moment already.
    case runExists(AuditRun.ID)
    /// A run's parts contradict each other; the clause says which.
    case invalidRun(AuditRun.ID, clause: String)
    /// A capture of a client that is not on the run's roster.
    case notOnRoster(Client.ID, AuditRun.ID)
    /// A run was to be sealed as complete with this many captures missing.
    case incompleteRun(AuditRun.ID, missing: Int)
    /// The log was called otherwise by its first checkpoint, and keeps that name.
    case otherLogOrigin(stored: String, given: String)
    /// The client is on legal hold already.
    case alreadyOnHold(LegalHold)
    /// The client is not on legal hold, so it cannot be released.
    case notOnHold(Client.ID)
    /// A trigger refused a change of stored evidence.
    case evidenceIsFinal(path: String, detail: String)

    // What is stored

    /// Stored bytes do not have the digest they are stored under.
    case digestMismatch(what: String, stored: Digest, computed: Digest)
    /// Stored rows contradict each other; the clause says how.
    case inconsistent(String)
    /// What this tool did not expect.
    case unexpected(path: String, detail: String)

    /// The status that a command ends with.
    public var exitStatus: ExitStatus {
        switch self {
        case .locked, .runLockHeld: .busy
        case .keyOfAnotherStore, .digestMismatch, .inconsistent, .evidenceIsFinal: .integrity
        case .environmentChanged, .unknownEnvironment, .unknownRun, .otherLogOrigin, .alreadyOnHold, .notOnHold: .usage
        case .missing, .notADatabase, .foreign, .newerSchema, .olderSchema, .damaged, .readOnly, .cannotOpen, .full,
            .inputOutput, .keyMissing, .keyDamaged:
            .inputOutput
        case .openedForReading, .runIsSealed, .openRunExists, .runExists, .invalidRun, .notOnRoster, .incompleteRun,
            .unexpected:
            .internal
        }
    }
}

extension StoreError {
    /// What any error of a database access means.
    init(_ error: any Error, path: String) {
        if let error = error as? StoreError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self = .unexpected(path: path, detail: String(describing: error))
            return
        }
        let detail = error.message ?? String(describing: error.extendedResultCode)
        switch error.resultCode {
        case .SQLITE_NOTADB: self = .notADatabase(path: path)
        case .SQLITE_CORRUPT: self = .damaged(path: path, detail: detail)
        case .SQLITE_READONLY: self = .readOnly(path: path, detail: detail)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: self = .cannotOpen(path: path, detail: detail)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
        case .SQLITE_FULL: self = .full(path: path)
        case .SQLITE_IOERR: self = .inputOutput(path: path, detail: detail)
        case .SQLITE_CONSTRAINT where error.extendedResultCode == .SQLITE_CONSTRAINT_TRIGGER:
            self = .evidenceIsFinal(path: path, detail: detail)
        default: self = .unexpected(path: path, detail: "\(detail) (SQLite \(error.extendedResultCode.rawValue))")
        }
    }
}
