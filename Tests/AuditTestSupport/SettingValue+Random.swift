public import AuditModel

extension SettingValue {
    /// A value with every kind of leaf, hostile strings among them.
    public static func random(depth: Int, using generator: inout some RandomNumberGenerator) -> SettingValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(Int64.random(in: -largestInteger...largestInteger, using: &generator))
        case 3: return SettingValue(exactly: Double.random(in: -1e3...1e3, using: &generator)) ?? .null
        case 4: return .integer(Int64.random(in: -3...3, using: &generator))
        case 5: return .string(hostileStrings.randomElement(using: &generator) ?? "")
        case 6, 7:
            let count = Int.random(in: 0...4, using: &generator)
            return .array((0..<count).map { _ in random(depth: depth - 1, using: &generator) })
        default:
            var object = SettingObject()
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                object[hostileStrings.randomElement(using: &generator) ?? ""] = random(
                    depth: depth - 1, using: &generator)
            }
            return .object(object)
        }
    }
}

/// Strings that break what does not escape.
public let hostileStrings: [String] = [
    "", "plain", "a.b", "a/b~c", "é", "e\u{301}", "😀", "\u{FFFF}", "\"quoted\"", "back\\slash", "line\nfeed", "\u{0}",
    "\u{1B}[31mred\u{1B}[0m", "\u{202E}evil", "<script>alert(1)</script>", "&amp;", "=1+1", "@cmd", "a|b`c",
    "' OR 1=1 --",
    "]]>", "\r\n", "\u{2028}", "key=value]",
]
