import Foundation
import Reports
import Synchronization

/// Standard output for results, standard error for everything else.
enum Console {
    /// When output is coloured.
    enum ColorChoice: String, CaseIterable, Sendable {
        case auto, always, never
    }

    /// Writes a result.
    static func result(_ bytes: [UInt8]) {
        result(bytes, to: STDOUT_FILENO)
    }

    /// Writes a result.
    static func result(_ text: String) {
        result(Array(text.utf8))
    }

    /// Writes a result in words: what names and values hold that would steer a terminal is spelled out.
    static func words(_ text: String) {
        result(VisibleText.lines(text))
    }

    /// Writes a message for people, as a line; it may quote a file, a name or a server, so it cannot steer a terminal either.
    static func message(_ text: String) {
        write(Array((VisibleText.lines(text) + "\n").utf8), to: STDERR_FILENO)
    }

    /// Draws on standard error without ending the line.
    static func draw(_ text: String) {
        write(Array(text.utf8), to: STDERR_FILENO)
    }

    /// Why a result is lost: the first error of standard output that is not its reader's going away. The process ends with
    /// a sentence about it, and with 74 where nothing worse holds.
    static var lostOutput: String? { failure.withLock { $0 }.map { String(cString: strerror($0)) } }

    private static let failure = Mutex<Int32?>(nil)

    private static func result(_ bytes: [UInt8], to descriptor: Int32) {
        // After an error nothing more is written: a result with a hole in it could be taken for a whole one.
        guard lostOutput == nil, let error = write(bytes, to: descriptor) else { return }
        failure.withLock { $0 = $0 ?? error }
    }

    /// Writes all bytes, or as many as the reader wants: one that went away (`| head`) is no error of ours, and must not
    /// end a run that is being stored. Foundation's file handle would trap on it.
    ///
    /// - Returns: The error number of what was not written for another reason, or nil.
    @discardableResult
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let written = Foundation.write(
                    descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
                if written > 0 {
                    offset += written
                    continue
                }
                switch written < 0 ? errno : EIO {
                case EINTR: continue
                case EAGAIN:
                    // A pipe or terminal that somebody else set not to wait: its reader is slow, nothing more.
                    var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&wanted, 1, -1)
                case EPIPE: return nil
                case let error: return error
                }
            }
            return nil
        }
    }

    /// Whether standard output is a terminal.
    static var outputIsTerminal: Bool { isatty(1) == 1 }

    /// Whether standard error is a terminal, on which progress can be drawn.
    static var errorIsTerminal: Bool { isatty(2) == 1 }

    /// Whether to colour standard output: `--color` wins, then `NO_COLOR` (no-color.org: set and not empty), then
    /// whether it is a terminal.
    static func usesColor(_ choice: ColorChoice, environment: [String: String] = ProcessInfo.processInfo.environment)
        -> Bool
    {
        switch choice {
        case .always: true
        case .never: false
        case .auto: (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb" && outputIsTerminal
        }
    }

    /// The columns that text is broken at: those of `COLUMNS` where it is set, else of the terminal; 100 for a pipe, so
    /// that what is stored does not depend on a window.
    static var width: Int {
        width(columns: ProcessInfo.processInfo.environment["COLUMNS"], terminal: terminalColumns)
    }

    /// - Parameters:
    ///   - columns: the variable `COLUMNS`; from 40 to 1,000, or it says nothing.
    ///   - terminal: the columns of the terminal; nil for a pipe.
    static func width(columns: String?, terminal: Int?) -> Int {
        if let columns = columns.flatMap({ Int($0) }), (40...1000).contains(columns) { return columns }
        return terminal.map { max(60, min(200, $0)) } ?? 100
    }

    private static var terminalColumns: Int? {
        var size = winsize()
        guard outputIsTerminal, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
