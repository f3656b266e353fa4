/// Why a credential could not be had. No case carries any part of a value.
public enum CredentialError: Error, Sendable, Hashable {
    /// The text is no reference.
    case notAReference
    /// Nothing usable behind the colon.
    case emptyReference
    /// A path that does not begin with `/`.
    case relativePath
    /// The client's code cannot be put into a reference.
    case unsafeCode
    /// The environment variable is not set.
    case notSet(name: String)
    /// The file cannot be read; `cause` is the system's word for it.
    case unreadableFile(path: String, cause: String)
    /// The command could not be started.
    case commandNotStarted
    /// The command ended with another status than 0; nil where a signal ended it.
    case commandFailed(status: Int32?)
    /// The command did not end in time.
    case commandTimedOut(limit: Duration)
    /// More than the limit was printed or stands in the file.
    case tooLong(limitInBytes: Int)
    /// The value is empty.
    case empty
    /// The value is not UTF-8, or holds a line end or a control character.
    case notPlainText
}

extension CredentialError: CustomStringConvertible {
    /// One sentence: what happened and how to mend it.
    public var description: String {
        switch self {
        case .notAReference:
            "a credential must be given by reference: write env:NAME, file:/path or cmd:COMMAND (the value is not shown)"
        case .emptyReference:
            "nothing usable stands behind the colon of the reference: write env:NAME, file:/path or cmd:COMMAND"
        case .relativePath: "the path of a file: reference must begin with '/'"
        case .unsafeCode:
            "the client's code cannot be filled into {code}: only letters, digits, '.', '_' and '-' are allowed there"
        case .notSet(let name): "the environment variable '\(name)' is not set; set it for this process"
        case .unreadableFile(let path, let cause):
            "the file '\(path)' cannot be read (\(cause)); see whether it exists and this user may read it"
        case .commandNotStarted: "the command of a cmd: reference could not be started; is there a /bin/sh?"
        case .commandFailed(let status?):
            "the command of a cmd: reference ended with status \(status); run it by hand to see why"
        case .commandFailed(nil): "the command of a cmd: reference was ended by a signal; run it by hand to see why"
        case .commandTimedOut(let limit):
            "the command of a cmd: reference did not end within \(limit.components.seconds) s; it must not ask questions"
        case .tooLong(let limit):
            "the credential is longer than \(limit) bytes; does the reference name the right thing?"
        case .empty: "the credential is empty; does the reference name the right thing?"
        case .notPlainText: "the credential is no single line of UTF-8 text; does the reference name the right thing?"
        }
    }
}

/// Something about a credential that works and should be mended.
public enum CredentialWarning: Error, Sendable, Hashable, CustomStringConvertible {
    /// Every user of the machine may read the file.
    case fileReadableByOthers(path: String)

    /// One sentence.
    public var description: String {
        switch self {
        case .fileReadableByOthers(let path): "every user of this machine may read '\(path)'; run: chmod 600 '\(path)'"
        }
    }
}
