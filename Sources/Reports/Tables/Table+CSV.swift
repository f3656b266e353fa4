import AuditModel

extension Table {
    /// RFC 4180: CRLF after each record, fields quoted where they have to be.
    ///
    /// Two things keep a hostile value from acting: what is invisible is spelled out (so a record is always one line), and
    /// text that a spreadsheet would take for a formula gets an apostrophe in front. Numbers stay as they are.
    var csv: String {
        let records = [columns.map { Self.field($0) }] + rows.map { row in row.map { Self.field($0) } }
        return records.map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    private static func field(_ value: SettingValue) -> String {
        switch value {
        case .null, .bool, .integer, .number: cell(value)
        case .string, .array, .object: field(cell(value))
        }
    }

    private static func field(_ text: String) -> String {
        let guarded = (startsFormula(text) ? "'" : "") + VisibleText.of(text)
        let needsQuotes =
            guarded.unicodeScalars.contains { $0 == "," || $0 == "\"" } || guarded.hasPrefix(" ")
            || guarded.hasSuffix(" ")
        return needsQuotes ? "\"" + guarded.replacing("\"", with: "\"\"") + "\"" : guarded
    }

    /// Whether a spreadsheet may take the text for a formula: by its first character, or the first after white space.
    ///
    /// The characters are those of OWASP's "CSV Injection" with their full-width forms, which some locales fold.
    private static func startsFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        if first == "\t" || first == "\r" || first == "\n" { return true }
        let visible = text.unicodeScalars.first { !$0.properties.isWhitespace && !VisibleText.isInvisible($0) }
        switch visible {
        case "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
        default: return false
        }
    }
}
