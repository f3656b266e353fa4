/// Text from outside, made fit to be printed and kept.
public enum UntrustedText {
    /// The text on one line, of at most `limit` characters, without control, format and line-breaking characters, and
    /// with everything that could be a token, a session or a password's digest replaced.
    ///
    /// A server may quote in its message what we sent; words of 20 and more letters and digits that hold a digit are
    /// therefore never kept.
    /// - Parameter secrets: what is replaced wherever it stands, however short.
    public static func clause(_ text: String, hiding secrets: [Secret] = [], limit: Int = 160) -> String {
        var text = text
        for secret in secrets where !secret.isEmpty {
            text = text.replacing(secret.reveal(), with: Secret.placeholder)
        }
        var words: [String] = []
        var length = 0
        // Four times the limit is read at most: a message of megabytes is not worth its cost.
        let plain = text.unicodeScalars.prefix(limit * 4).map { isHarmless($0) ? Character($0) : " " }
        for word in plain.split(separator: " ") where length <= limit {
            words.append(hidingTokens(in: String(word)))
            length += words[words.count - 1].count + 1
        }
        let line = words.joined(separator: " ").replacing("\"", with: "'")
        return line.count <= limit ? line : String(line.prefix(limit - 1)) + "…"
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }

    private static func hidingTokens(in word: String) -> String {
        var output = ""
        var run = ""
        func flush() {
            let isToken = run.utf8.count >= 20 && run.utf8.contains { (0x30...0x39).contains($0) }
            output += isToken ? Secret.placeholder : run
            run = ""
        }
        for character in word {
            if character.isASCII && (character.isLetter || character.isNumber || "-_+=~".contains(character)) {
                run.append(character)
            } else {
                flush()
                output.append(character)
            }
        }
        flush()
        return output
    }
}
