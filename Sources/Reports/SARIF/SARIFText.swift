import AuditModel

/// Text for SARIF messages (section 3.11): what would be taken for a placeholder or a link is made literal.
enum SARIFText {
    /// A message of plain text.
    static func message(_ text: String) -> SettingValue { ["text": .string(escaped(text))] }

    /// The text on one line, nothing in it invisible, braces doubled as section 3.11.5 has it. What would read as an
    /// embedded link (section 3.11.6) gets a blank between its halves: an escape would show in most viewers.
    static func escaped(_ text: String) -> String {
        VisibleText.of(text).replacing("{", with: "{{").replacing("}", with: "}}").replacing("](", with: "] (")
    }

    /// A relative reference (RFC 3986) of names joined by slashes; every other byte that is not unreserved is escaped.
    static func reference(_ path: String) -> String {
        var output: [UInt8] = []
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                output.append(byte)
            default: output += Array(("%" + Hexadecimal.text(of: [byte]).uppercased()).utf8)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
