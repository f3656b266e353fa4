internal import AuditModel

/// One mistake in a file, where it is, and the name that was perhaps meant.
public struct Diagnostic: Sendable, Hashable {
    /// How bad it is.
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        /// The file cannot be used.
        case error
        /// The file can be used, but may not say what was meant.
        case warning
    }

    /// How bad it is.
    public var severity: Severity
    /// The file's name, as it was given.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The column, from 1, in characters.
    public var column: Int
    /// What is wrong and, where that is not plain, how to mend it; without a full stop.
    public var message: String
    /// The line's text.
    public var sourceLine: String
    /// The nearest known name; nil where none is near.
    public var suggestion: String?

    /// Joins the parts.
    public init(
        severity: Severity, file: String, line: Int, column: Int, message: String, sourceLine: String,
        suggestion: String? = nil
    ) {
        self.severity = severity
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.sourceLine = sourceLine
        self.suggestion = suggestion
    }
}

extension Diagnostic: Comparable {
    /// By file, line, column, then message.
    public static func < (left: Self, right: Self) -> Bool {
        if !left.file.isIdentical(to: right.file) { return left.file.precedesInUTF16(right.file) }
        return (left.line, left.column, left.message) < (right.line, right.column, right.message)
    }
}

extension Diagnostic: CustomStringConvertible {
    /// The place and the sentence, the source line, a caret, and the nearest name, one line each; no trailing line feed.
    public var description: String {
        let (excerpt, caret) = excerptAndCaret
        let head = "\(file):\(line):\(column): \(severity.rawValue): \(message)"
        // A tab is kept in the line alone, where the caret counts on it.
        var text = Self.printable(head).replacing("\t", with: " ") + "\n | \(excerpt)\n | \(caret)^"
        if let suggestion { text += "\n did you mean '\(Self.printable(suggestion))'?" }
        return text
    }

    /// The line, cut around the column where it is very long, and what stands before the caret.
    private var excerptAndCaret: (String, String) {
        let scalars = Array(sourceLine.unicodeScalars)
        let from = column > 160 ? column - 100 : 0
        let upTo = min(scalars.count, from + 240)
        let shown = from < upTo ? scalars[from..<upTo].map(Self.printable) : []
        let before = from > 0 ? "… " : ""
        let caret = shown.prefix(max(0, column - 1 - from)).map { $0 == "\t" ? "\t" : " " }
        let width = String(String.UnicodeScalarView(shown.prefix(max(0, column - 1 - from)))).count
        // A letter with a combining mark is two scalars and one column on the screen.
        let padding = width == caret.count ? caret.joined() : String(repeating: " ", count: width)
        let excerpt = before + String(String.UnicodeScalarView(shown)) + (upTo < scalars.count ? " …" : "")
        return (excerpt, before.map { _ in " " }.joined() + padding)
    }

    private static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map(printable)))
    }

    /// Control characters would steer the terminal that prints them, and bidirectional marks would show a line that is not
    /// the file's.
    private static func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.properties.generalCategory {
        case .control: scalar == "\t" ? scalar : "\u{FFFD}"
        case .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
        default: scalar.properties.isDefaultIgnorableCodePoint ? "\u{FFFD}" : scalar
        }
    }
}

/// A file's text by lines, from which diagnostics take what they show.
public struct SourceText: Sendable {
    /// The file's name, as it was given.
    public let name: String
    /// The lines without their ends; bytes that are no UTF-8 are replaced.
    public let lines: [String]

    /// Splits a file's bytes; a byte order mark is left out.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let scalars = Array(String(decoding: body, as: UTF8.self).unicodeScalars)
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        for index in scalars.indices {
            if Self.isBreak(scalars[index]) {
                if Self.endsLine(scalars, at: index) {
                    lines.append(String(line))
                    line = String.UnicodeScalarView()
                }
            } else {
                line.append(scalars[index])
            }
        }
        lines.append(String(line))
        self.lines = lines
    }

    /// A diagnostic at a place of this file.
    public func diagnostic(
        _ severity: Diagnostic.Severity, at place: SourcePlace, _ message: String, suggestion: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            severity: severity, file: name, line: place.line, column: place.column, message: message,
            sourceLine: lines.indices.contains(place.line - 1) ? lines[place.line - 1] : "", suggestion: suggestion)
    }

    func error(_ mistake: PolicyMistake, at place: SourcePlace, suggestion: String? = nil) -> Diagnostic {
        diagnostic(.error, at: place, mistake.sentence, suggestion: suggestion)
    }

    /// Whether a line ends with this scalar; lines are counted as libyaml counts them.
    static func endsLine(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        guard isBreak(scalars[index]) else { return false }
        return !(scalars[index] == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n")
    }

    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }

    func place(ofCharacter offset: Int, in text: String) -> SourcePlace {
        place(after: text.prefix(offset).unicodeScalars.map { $0 })
    }

    func placeOfInvalidUTF8(in bytes: [UInt8]) -> SourcePlace {
        // The longest valid beginning, found by halving: a cut inside a character is no mistake of the file.
        var low = 0
        var high = bytes.count
        while low < high {
            let middle = (low + high + 1) / 2
            let isValid = (0...3).contains {
                middle >= $0 && String(validating: bytes[..<(middle - $0)], as: UTF8.self) != nil
            }
            if isValid { low = middle } else { high = middle - 1 }
        }
        var length = low
        while String(validating: bytes[..<length], as: UTF8.self) == nil { length -= 1 }
        return place(after: Array(String(decoding: bytes[..<length], as: UTF8.self).unicodeScalars))
    }

    private func place(after scalars: [Unicode.Scalar]) -> SourcePlace {
        var line = 1
        var column = 1
        for index in scalars.indices {
            if Self.endsLine(scalars, at: index) {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
        return SourcePlace(line: line, column: column)
    }
}
