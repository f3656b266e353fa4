/// The core schema of YAML 1.2.2 (section 10.3.2): what a plain scalar is.
///
/// Unlike YAML 1.1, `no`, `on`, `y`, `1_000`, `0b1010`, `1:30` and dates are text, `012` is 12 and `0o14` is 12.
enum CoreSchema {
    /// What plain text reads as.
    enum Reading {
        case value(YAMLNode.Kind)
        /// An integer beyond 64 bits, or a float beyond a double.
        case tooLarge
    }

    static func reading(of text: String) -> Reading {
        switch text {
        case "", "~", "null", "Null", "NULL": return .value(.null)
        case "true", "True", "TRUE": return .value(.bool(true))
        case "false", "False", "FALSE": return .value(.bool(false))
        case ".nan", ".NaN", ".NAN": return .value(.float(.nan))
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .value(.float(.infinity))
        case "-.inf", "-.Inf", "-.INF": return .value(.float(-.infinity))
        default: break
        }
        let bytes = Array(text.utf8)
        if bytes.starts(with: "0o".utf8) { return based(bytes.dropFirst(2), radix: 8) ?? .value(.string(text)) }
        if bytes.starts(with: "0x".utf8) { return based(bytes.dropFirst(2), radix: 16) ?? .value(.string(text)) }
        return number(bytes) ?? .value(.string(text))
    }

    /// Digits of one base; nil where another character, or none, stands there.
    private static func based(_ digits: ArraySlice<UInt8>, radix: Int) -> Reading? {
        guard !digits.isEmpty, digits.allSatisfy({ radix == 8 ? isOctal($0) : isHexadecimal($0) }) else { return nil }
        guard let value = Int64(String(decoding: digits, as: UTF8.self), radix: radix) else { return .tooLarge }
        return .value(.integer(value))
    }

    /// `[-+]?[0-9]+`, or `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
    private static func number(_ bytes: [UInt8]) -> Reading? {
        var index = 0
        func skipDigits() -> Int {
            let start = index
            while index < bytes.count, isDecimal(bytes[index]) { index += 1 }
            return index - start
        }
        func skipSign() {
            if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
                index += 1
            }
        }
        skipSign()
        let whole = skipDigits()
        if index == bytes.count, whole > 0 {
            guard let value = Int64(String(decoding: bytes, as: UTF8.self)) else { return .tooLarge }
            return .value(.integer(value))
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            let fraction = skipDigits()
            guard whole + fraction > 0 else { return nil }
        } else if whole == 0 {
            return nil
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: "e") || bytes[index] == UInt8(ascii: "E") {
            index += 1
            skipSign()
            guard skipDigits() > 0 else { return nil }
        }
        guard index == bytes.count else { return nil }
        return float(bytes)
    }

    private static func float(_ bytes: [UInt8]) -> Reading? {
        // Double's initialiser reads the same grammar, but for a point with nothing on one side of it.
        guard let value = Double(padded(bytes)) else { return nil }
        return value.isFinite ? .value(.float(value)) : .tooLarge
    }

    private static func padded(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            guard byte == UInt8(ascii: ".") else {
                output.append(byte)
                continue
            }
            if index == 0 || !isDecimal(bytes[index - 1]) { output.append(UInt8(ascii: "0")) }
            output.append(byte)
            if index + 1 == bytes.count || !isDecimal(bytes[index + 1]) { output.append(UInt8(ascii: "0")) }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func isDecimal(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private static func isOctal(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) }
    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDecimal(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
    }
}
