package import AuditModel

/// Setting values as people read them: canonical JSON, shortened where it is long. (JSON reports have them whole.)
package enum ValueText {
    /// The most Unicode scalars of a value that a report for people shows.
    package static let limit = 120
    /// The most of prose that a report for people shows: where no reader would follow any more.
    package static let paragraphLimit = 1_000

    /// A value's text; `absent` where there is none.
    package static func of(_ value: SettingValue?) -> String {
        guard let value else { return "absent" }
        return shortened(CanonicalJSON.text(of: value))
    }

    /// The text, or its beginning with its size. Counted in scalars: a single character can be any number of bytes.
    package static func shortened(_ text: String, to limit: Int = limit) -> String {
        // Most text is short, which its bytes tell at once.
        if text.utf8.count <= limit { return text }
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
            end != scalars.endIndex
        else { return text }
        return String(scalars[..<end]) + "… (\(Words.number(text.utf8.count)) bytes)"
    }

    /// What a client has, with the reason where the value alone does not tell it.
    package static func actual(_ comparison: Comparison) -> String {
        let value = of(comparison.actual)
        switch comparison.reason {
        case .satisfied, .violated, .error: return value
        case .absent: return "absent"
        case .null: return "null"
        case .wrongType: return value + " (wrong type\(comparison.actual.map { ": " + $0.typeName } ?? ""))"
        case .outOfRange: return value + " (out of range)"
        case .zero: return value + " (may mean off)"
        case .notCaptured: return "not captured"
        }
    }

    /// What a rule asks for.
    package static func expected(_ comparison: Comparison) -> String {
        comparison.isNegated ? "not " + comparison.expected : comparison.expected
    }

}

extension SettingPath {
    /// The dotted form for people: a key may be of any length.
    package var shown: String { ValueText.shortened(dotted) }
}
