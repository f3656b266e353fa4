/// Text for XML 1.0, escaped; the same in attributes and between tags.
enum XMLText {
    /// The text with nothing in it invisible, nothing that XML acts on, and no character that XML 1.0 forbids even as a
    /// reference (production 2, `Char`): those are spelled `\u{0}`.
    static func escaped(_ untrusted: String) -> String {
        var output = ""
        for scalar in VisibleText.of(untrusted).unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "'": output += "&#39;"
            // All others outside of Char are controls, which are spelled out by now, or surrogates, which no text has.
            case "\u{FFFE}", "\u{FFFF}": output += "\\u{\(String(scalar.value, radix: 16))}"
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output
    }
}
