/// Text for Markdown (CommonMark with GitHub's tables) that is safe by construction: what is interpolated shows as it is
/// and does nothing, only literals are Markdown.
///
///     let line: MarkdownText = "**\(untrustedName)** failed at \(path, .code)"
public struct MarkdownText: Sendable, ExpressibleByStringInterpolation {
    /// How an interpolated text looks.
    public enum Style: Sendable, Hashable {
        /// In back-ticks where the text has nothing that a code span cannot hold in a table; else as it is.
        case code
    }

    /// The Markdown: one line.
    public private(set) var markdown: String

    /// A literal is trusted.
    public init(stringLiteral value: String) { markdown = value }

    public init(stringInterpolation: StringInterpolation) { markdown = stringInterpolation.markdown }

    /// Untrusted text, escaped.
    public init(_ untrusted: String, _ style: Style? = nil) {
        switch style {
        case .code? where Self.fitsCodeSpan(untrusted): markdown = "`\(untrusted)`"
        case .code?, nil: markdown = Self.escaped(untrusted)
        }
    }

    /// Collects literals as they are and everything else escaped.
    public struct StringInterpolation: StringInterpolationProtocol {
        var markdown = ""

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) { markdown += literal }

        public mutating func appendInterpolation(_ untrusted: String, _ style: Style? = nil) {
            markdown += MarkdownText(untrusted, style).markdown
        }

        public mutating func appendInterpolation(_ number: Int) { markdown += Words.number(number) }

        /// Markdown inside Markdown stays as it is.
        public mutating func appendInterpolation(_ text: MarkdownText) { markdown += text.markdown }
    }

    /// The text with everything that Markdown or HTML would act on made literal; always one line.
    ///
    /// What could end a cell, a code span or become HTML is written as a character reference, which every renderer takes
    /// for the character alone; the rest of the punctuation that acts has a backslash. At the start, where a heading, a
    /// list or a rule could begin, more acts than later.
    private static func escaped(_ untrusted: String) -> String {
        var output = ""
        var isStart = true
        var digitsAlone = true
        var before: [Unicode.Scalar] = []
        let scalars = Array(VisibleText.of(untrusted).unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let endsWord = index + 1 == scalars.count || scalars[index + 1] == " "
            let isListMark = digitsAlone && endsWord && (scalar == "." || scalar == ")")
            switch scalar {
            case "|", "<", ">", "&", "`", "@": output += "&#\(scalar.value);"
            case "\\", "*", "_", "[", "]", "{", "}", "~", "#", "!", "$": output += "\\\(scalar)"
            // Bare addresses are links to GitHub's renderer: https://…, www.…
            case "/" where before.last == ":" || before.last == "/": output += "&#47;"
            case "." where isListMark || isWWW(before): output += "&#46;"
            case ")" where isListMark, "+" where isStart, "-" where isStart, "=" where isStart:
                output += "\\\(scalar)"
            // Spaces at the start make code of a paragraph.
            case " " where isStart: output += "&#32;"
            default: output.unicodeScalars.append(scalar)
            }
            if scalar != " " { isStart = false }
            digitsAlone = digitsAlone && ("0"..."9").contains(scalar)
            before.append(scalar)
            if before.count > 3 { before.removeFirst() }
        }
        return output
    }

    private static func isWWW(_ scalars: [Unicode.Scalar]) -> Bool {
        scalars.count == 3 && scalars.allSatisfy { $0 == "w" || $0 == "W" }
    }

    /// Whether a code span can hold the text in a table whatever the renderer: visible ASCII but for what ends a span or a
    /// cell, and for what some renderers unescape or take for HTML within.
    private static func fitsCodeSpan(_ text: String) -> Bool {
        guard !text.isEmpty, text.utf8.first != UInt8(ascii: " "), text.utf8.last != UInt8(ascii: " ") else {
            return false
        }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "<"), UInt8(ascii: ">"),
                UInt8(ascii: "&"):
                false
            default: (0x20...0x7E).contains(byte)
            }
        }
    }
}
