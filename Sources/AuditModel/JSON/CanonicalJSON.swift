/// Canonical JSON after RFC 8785: one value, one sequence of bytes.
public enum CanonicalJSON {
    /// The canonical bytes of a value.
    public static func bytes(of value: SettingValue) -> [UInt8] {
        var output: [UInt8] = []
        append(value, to: &output)
        return output
    }

    /// The canonical text of a value.
    public static func text(of value: SettingValue) -> String {
        String(decoding: bytes(of: value), as: UTF8.self)
    }

    /// The text of a double as ECMAScript writes it (RFC 8785 section 3.2.2.3), or nil for NaN and the infinities.
    public static func text(of double: Double) -> String? {
        guard double.isFinite else { return nil }
        if double == 0 { return "0" }
        // Swift prints the shortest digits that read back as the same double, as ECMAScript asks; only the layout differs.
        var digits: [UInt8] = []
        var exponent = 0
        var pointAt: Int?
        var inExponent = false
        var exponentIsNegative = false
        for byte in abs(double).description.utf8 {
            switch byte {
            case UInt8(ascii: "."): pointAt = digits.count
            case UInt8(ascii: "e"): inExponent = true
            case UInt8(ascii: "-"): exponentIsNegative = true
            case UInt8(ascii: "+"): break
            default:
                if inExponent { exponent = exponent * 10 + Int(byte - UInt8(ascii: "0")) } else { digits.append(byte) }
            }
        }
        // The value is 0.DIGITS × 10^point.
        var point = (pointAt ?? digits.count) + (exponentIsNegative ? -exponent : exponent)
        let leadingZeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(leadingZeros)
        point -= leadingZeros
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (double < 0 ? "-" : "") + laidOut(digits, point: point)
    }

    /// ECMAScript's Number::toString: plain from 1e-7 (excluded) to 1e21, else with an exponent.
    private static func laidOut(_ digits: [UInt8], point: Int) -> String {
        let text = String(decoding: digits, as: UTF8.self)
        switch point {
        case digits.count...21:
            return text + String(repeating: "0", count: point - digits.count)
        case 1..<max(digits.count, 1):
            return text.prefix(point) + "." + text.dropFirst(point)
        case -5...0:
            return "0." + String(repeating: "0", count: -point) + text
        default:
            let exponent = point - 1
            let mantissa = digits.count == 1 ? text : text.prefix(1) + "." + text.dropFirst()
            return mantissa + "e" + (exponent < 0 ? "-" : "+") + String(abs(exponent))
        }
    }

    /// Writes a value's canonical bytes behind others.
    static func append(_ value: SettingValue, to output: inout [UInt8]) {
        switch value {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): output.append(contentsOf: String(value).utf8)
        case .number(let value): output.append(contentsOf: (text(of: value) ?? "null").utf8)
        case .string(let value): append(value, to: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                append(element, to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let object):
            output.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                append(member.key, to: &output)
                output.append(UInt8(ascii: ":"))
                append(member.value, to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    /// Writes a string behind other bytes: in quotes, with the escapes of RFC 8785 section 3.2.2.2 and no others.
    public static func append(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { bytes in
            // Most texts have nothing to escape.
            guard bytes.contains(where: needsEscape) else { return output.append(contentsOf: bytes) }
            var copied = 0
            for (index, byte) in bytes.enumerated() where needsEscape(byte) {
                output.append(contentsOf: bytes[copied..<index])
                copied = index + 1
                appendEscape(of: byte, to: &output)
            }
            output.append(contentsOf: bytes[copied...])
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5C }

    private static func appendEscape(of byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x09: output.append(UInt8(ascii: "t"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        case 0x22, 0x5C: output.append(byte)
        default:
            let hexDigits = Array("0123456789abcdef".utf8)
            output.append(contentsOf: "u00".utf8)
            output.append(hexDigits[Int(byte >> 4)])
            output.append(hexDigits[Int(byte & 15)])
        }
    }
}
