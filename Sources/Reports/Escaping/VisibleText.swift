/// Untrusted text made harmless to look at: what would steer a terminal, reorder a line or hide itself is spelled out.
///
/// Settings, names and servers' messages may hold anything. Control characters (ANSI escapes begin with one), line and
/// paragraph separators, bidirectional marks and all that Unicode calls ignorable by default become `\n`, `\t`, `\r` or
/// `\u{202e}`; everything else stays as it is.
public enum VisibleText {
    /// The text with everything invisible spelled out; always one line.
    public static func of(_ untrusted: String) -> String {
        // Most texts are plain ASCII, which is told by the bytes.
        guard untrusted.utf8.contains(where: { $0 < 0x20 || $0 > 0x7E }),
            untrusted.unicodeScalars.contains(where: isInvisible)
        else { return untrusted }
        var visible = ""
        for scalar in untrusted.unicodeScalars {
            if isInvisible(scalar) { visible += spelled(scalar) } else { visible.unicodeScalars.append(scalar) }
        }
        return visible
    }

    /// Sentences of several lines: line feeds and tabs stand, everything else that is invisible is spelled out.
    ///
    /// For what is put together from our own sentences, whose parts cannot make lines of their own any more.
    public static func lines(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 != "\n" && $0 != "\t" && isInvisible($0) }) else { return text }
        var visible = ""
        for scalar in text.unicodeScalars {
            if scalar != "\n", scalar != "\t", isInvisible(scalar) {
                visible += spelled(scalar)
            } else {
                visible.unicodeScalars.append(scalar)
            }
        }
        return visible
    }

    /// A policy author's sentences as one line: line breaks and runs of spaces become one space.
    package static func prose(_ untrusted: String) -> String {
        of(untrusted.split { $0 == " " || $0.isNewline || $0 == "\t" }.joined(separator: " "))
    }

    /// Whether a scalar would not be seen, or would do something else than be seen.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        if (0x20...0x7E).contains(scalar.value) { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return true
        default: return scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    private static func spelled(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{" + String(scalar.value, radix: 16) + "}"
        }
    }
}
