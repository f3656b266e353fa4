internal import AuditModel

// What happened, where, and how to mend it.
extension StoreError: CustomStringConvertible {
    /// One to three sentences for people.
    public var description: String {
        switch self {
        case .missing, .notADatabase, .foreign, .newerSchema, .olderSchema, .damaged, .readOnly, .cannotOpen, .locked,
            .full, .inputOutput, .openedForReading:
            sentenceOnFile
        case .keyMissing, .keyDamaged, .keyOfAnotherStore, .runLockHeld: sentenceOnKeyOrLock
        case .environmentChanged, .unknownEnvironment, .unknownRun, .runIsSealed, .openRunExists, .runExists,
            .invalidRun, .notOnRoster, .incompleteRun, .evidenceIsFinal, .otherLogOrigin, .alreadyOnHold, .notOnHold:
            sentenceOnRequest
        case .digestMismatch, .inconsistent, .unexpected: sentenceOnContent
        }
    }

    private var sentenceOnFile: String {
        switch self {
        case .missing(let path):
            "there is no database at \(path). `audit run` makes one; --database names another."
        case .notADatabase(let path):
            "\(path) is not an SQLite database, or its first page is damaged. Restore it from a backup, "
                + "or name another file with --database."
        case .foreign(let path):
            "\(path) is a database of another program and was left as it is. Name another file with --database."
        case .newerSchema(let path):
            "\(path) was written by a newer version of audit. Use that version or a later one."
        case .olderSchema(let path):
            "\(path) was written by an older version of audit. `audit run` or `audit fetch` brings it up to date."
        case .damaged(let path, let detail):
            "the database \(path) is damaged (\(detail)). Restore it from a backup; "
                + "`sqlite3 FILE .recover` saves what can be read, but no longer as evidence."
        case .readOnly(let path, let detail):
            "the database \(path) cannot be written (\(detail)). "
                + "Give the user write access to the file, to its -wal and -shm, and to its folder."
        case .cannotOpen(let path, let detail):
            "the database \(path) cannot be opened (\(detail)). Check that its folder exists and that the user may "
                + "read the file and write into the folder; a database that was not closed cannot be read from a "
                + "folder that is read-only."
        case .locked(let path):
            "another process is writing to the database \(path) and did not end in time. Try again when it is done."
        case .full(let path):
            "the disk of the database \(path) is full. Make room and run again; the run goes on where it stopped."
        case .inputOutput(let path, let detail):
            "reading or writing \(path) failed (\(detail)). Check the disk and run again; "
                + "the run goes on where it stopped."
        case .openedForReading(let path):
            "the database \(path) was opened for reading, and a write was asked for. This is an error of audit."
        default: ""
        }
    }

    private var sentenceOnKeyOrLock: String {
        switch self {
        case .keyMissing(let path):
            "the key file \(path) is missing. Restore it from a backup: redacted values, bodies seen before and refused "
                + "logins are known by it alone. Without it, start a new database with --database."
        case .keyDamaged(let path):
            "the key file \(path) does not hold 32 bytes. Restore it from a backup."
        case .keyOfAnotherStore(let path):
            "the key file \(path) is not the one that its database was made with. "
                + "Put the two files of one backup together."
        case .runLockHeld(let path, let holder):
            "another run holds the store \(path): \(holder.isEmpty ? "it has not said which" : holder). "
                + "Try again when it has ended."
        default: ""
        }
    }

    private var sentenceOnRequest: String {
        switch self {
        case .environmentChanged(let name, let stored, let given) where stored.isSynthetic != given.isSynthetic:
            "environment \(name) of this database is \(stored.isSynthetic ? "an emulator" : "a real platform") "
                + "(\(stored.baseURL)), and is now given as \(given.isSynthetic ? "an emulator" : "a real platform") "
                + "(\(given.baseURL)). The two are never mixed: give it another name, or use another database."
        case .environmentChanged(let name, let stored, let given):
            "environment \(name) of this database is at \(stored.baseURL), and is now given as \(given.baseURL). "
                + "If it really moved, say so with --accept-base-url; else mend the configuration or use another name."
        case .unknownEnvironment(let name):
            "the database has no environment \(name). `audit snapshot list` names those it has."
        case .unknownRun(let run):
            "the database has no run \(run). `audit snapshot list` names those it has."
        case .runIsSealed(let run):
            "run \(run) has ended and cannot change any more. This is an error of audit."
        case .openRunExists(let run):
            "run \(run) is still open in this environment. It must be resumed or sealed first."
        case .runExists(let run):
            "a run of this environment that started at the same millisecond is stored already (\(run)). Run again."
        case .invalidRun(let run, let clause):
            "run \(run) cannot be stored: \(clause). This is an error of audit."
        case .notOnRoster(let client, let run):
            "client \(client) is not on the roster of run \(run). This is an error of audit."
        case .incompleteRun(let run, let missing):
            "run \(run) cannot be sealed as complete: \(missing) captures are missing. This is an error of audit."
        case .otherLogOrigin(let stored, let given):
            "the log of this database is called '\(stored)' in its checkpoints, and was now given the name '\(given)'. A log "
                + "keeps its name: write evidence: {origin: \"\(stored)\"} in audit.yaml, or use another database."
        case .alreadyOnHold(let hold):
            "client \(hold.client) is on hold since \(hold.notedAt.rfc3339); `audit snapshot holds` tells why. Where a second reason "
                + "has come up, release it and hold it anew with both."
        case .notOnHold(let client):
            "client \(client) is not on hold, so there is nothing to release; `audit snapshot holds` lists those that are."
        case .evidenceIsFinal(let path, let detail):
            "a change of stored evidence in \(path) was refused (\(detail)). Nothing was changed. "
                + "This is an error of audit."
        default: ""
        }
    }

    private var sentenceOnContent: String {
        switch self {
        case .digestMismatch(let what, let stored, let computed):
            "\(what) was altered: it is stored under \(stored.short)… and its bytes have \(computed.short)…. "
                + "Restore the database from a backup and look for who wrote to it."
        case .inconsistent(let clause):
            "the database contradicts itself: \(clause). Restore it from a backup."
        case .unexpected(let path, let detail):
            "an error that audit does not know, at the database \(path): \(detail)."
        default: ""
        }
    }
}
