public import AuditModel

/// JSON for machines that may still pass through a terminal or an editor.
public enum MachineJSON {
    /// Pretty JSON in which what is invisible or reorders text is escaped; a reader gets the same value.
    public static func text(of value: SettingValue) -> String {
        escaped(PrettyJSON.text(of: value), keeping: "\n")
    }

    /// A JSON text with what is invisible in its strings escaped; a reader gets the same value.
    public static func text(escaping json: String) -> String {
        escaped(json, keeping: "\n")
    }

    /// The same on one line, without a line feed.
    static func line(of value: SettingValue) -> String {
        escaped(CanonicalJSON.text(of: value), keeping: nil)
    }

    /// The same of an object whose lists are made element by element, in UTF-8.
    static func bytes(of members: [(key: String, value: PrettyJSON.Part)]) -> [UInt8] {
        let bytes = PrettyJSON.bytes(of: members)
        guard bytes.contains(where: { $0 >= 0x7F }) else { return bytes }
        return Array(escaped(String(decoding: bytes, as: UTF8.self), keeping: "\n").utf8)
    }

    // Outside of strings JSON is plain ASCII, so whatever is found here stands in a string.
    private static func escaped(_ text: String, keeping kept: Unicode.Scalar?) -> String {
        // Control characters are escaped by now, and everything else that is invisible is beyond ASCII, but for DEL.
        guard text.utf8.contains(where: { $0 >= 0x7F }),
            text.unicodeScalars.contains(where: { $0 != kept && VisibleText.isInvisible($0) })
        else { return text }
        var output = ""
        for scalar in text.unicodeScalars {
            if scalar != kept, VisibleText.isInvisible(scalar) {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                output.unicodeScalars.append(scalar)
            }
        }
        return output
    }
}
