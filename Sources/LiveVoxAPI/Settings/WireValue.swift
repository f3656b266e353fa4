import AuditModel

/// How values are read that the platform may write in two ways (section 6 of the reference: integer or numeric text,
/// Boolean or `"true"`/`"false"`).
enum WireValue {
    /// The integer, also where it came as text: an optional minus and digits, within ±(2^53−1).
    static func integer(_ value: SettingValue) -> Int64? {
        switch value {
        case .integer(let number): number
        case .string(let text): integer(text)
        case .null, .bool, .number, .array, .object: nil
        }
    }

    private static func integer(_ text: String) -> Int64? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(text),
            abs(number) <= SettingValue.largestInteger
        else { return nil }
        return number
    }

    /// The Boolean, also where it came as the text `true` or `false`.
    static func boolean(_ value: SettingValue) -> Bool? {
        switch value {
        case .bool(let flag): flag
        case .string("true"): true
        case .string("false"): false
        case .null, .integer, .number, .string, .array, .object: nil
        }
    }

    /// The text.
    static func text(_ value: SettingValue) -> String? { value.stringValue }

    /// The text of a messaging property's value, which may come as a number.
    static func textOrNumber(_ value: SettingValue) -> String? {
        switch value {
        case .string(let text): text
        case .integer, .number: String(decoding: CanonicalJSON.bytes(of: value), as: UTF8.self)
        case .null, .bool, .array, .object: nil
        }
    }
}
