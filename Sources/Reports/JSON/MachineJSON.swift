public import AuditModel

/// JSON for machines that may still pass through a terminal or an editor.
public enum MachineJSON {
    /// Pretty JSON in which what is invisible or reorders text is escaped; a reader gets the same value.
    public static func text(of value: SettingValue) -> String { visible(PrettyJSON.text(of: value)) }

    /// The same of an object whose lists are made element by element, in UTF-8.
    static func bytes(of members: [(key: String, value: PrettyJSON.Part)]) -> [UInt8] {
        let bytes = PrettyJSON.bytes(of: members)
        // Control characters are escaped by now, and everything else that is invisible is beyond ASCII, but for DEL.
        guard bytes.contains(where: { $0 >= 0x7F }) else { return bytes }
        return Array(visible(String(decoding: bytes, as: UTF8.self)).utf8)
    }

    private static func visible(_ text: String) -> String {
        // Outside of strings JSON is plain ASCII, so whatever is found here stands in a string.
        guard text.unicodeScalars.contains(where: { $0 != "\n" && VisibleText.isInvisible($0) }) else { return text }
        var output = ""
        for scalar in text.unicodeScalars {
            if scalar != "\n", VisibleText.isInvisible(scalar) {
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
