/// `'%s is %.2f'.format([a, b])`
///
/// - SeeAlso: "Strings" in the extensions of the reference implementation: `%s`, `%d`, `%f`, `%e`, `%b`, `%o`, `%x`, `%X`,
///   `%%`; a precision from 0 to 1000 for `%f` and `%e`.
enum Formatting {
    private static let maximumPrecision = 1000

    @Sendable static func format(
        _ pattern: Value, _ arguments: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .string(let pattern) = pattern, case .list(let arguments) = arguments else {
            throw EvaluationError.noOverload("format", pattern, arguments)
        }
        try frame.build(pattern.utf8.count)
        var result: [UInt8] = []
        var rest = Array(pattern.utf8)[...]
        var next = 0
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            if rest.first == UInt8(ascii: "%") {
                result.append(byte)
                rest.removeFirst()
                continue
            }
            let precision = try precision(&rest)
            guard let letter = rest.popFirst() else {
                throw bad("a '%' stands at the end; write '%%' for a percent sign")
            }
            guard next < arguments.count else {
                throw bad("there are \(arguments.count) arguments, and the text asks for more")
            }
            let text = try text(of: arguments[next], by: letter, precision, &frame)
            next += 1
            try frame.build(text.utf8.count)
            result += text.utf8
        }
        return .string(String(decoding: result, as: UTF8.self))
    }

    private static func bad(_ reason: String) -> EvaluationError { EvaluationError(.badFormat(reason)) }

    /// `.3`
    private static func precision(_ rest: inout ArraySlice<UInt8>) throws(EvaluationError) -> Int? {
        guard rest.first == UInt8(ascii: ".") else { return nil }
        rest.removeFirst()
        let digits = rest.prefix(while: isDigit)
        rest = rest.dropFirst(digits.count)
        if digits.isEmpty { return nil }
        guard let precision = Int(String(decoding: digits, as: UTF8.self)), precision <= maximumPrecision else {
            throw bad("the precision is beyond \(maximumPrecision)")
        }
        return precision
    }

    private static func text(
        of value: Value, by letter: UInt8, _ precision: Int?, _ frame: inout Frame
    ) throws(EvaluationError) -> String {
        switch letter {
        case UInt8(ascii: "s"): return try plain(value, &frame)
        case UInt8(ascii: "d"):
            switch value {
            case .int(let number): return String(number)
            case .uint(let number): return String(number)
            case .double(let number): return number.plainText
            default: throw bad("%d is for numbers, not \(value.typeName)")
            }
        case UInt8(ascii: "f"): return try number(value, "%f").fixedText(precision: precision ?? 6)
        case UInt8(ascii: "e"): return try number(value, "%e").scientificText(precision: precision ?? 6)
        case UInt8(ascii: "b"):
            if case .bool(let value) = value { return value ? "1" : "0" }
            return try digits(value, radix: 2, "%b is for integers and bools")
        case UInt8(ascii: "o"): return try digits(value, radix: 8, "%o is for integers")
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            let isUpper = letter == UInt8(ascii: "X")
            switch value {
            case .string(let text): return try hex(Array(text.utf8), isUpper, &frame)
            case .bytes(let bytes): return try hex(bytes, isUpper, &frame)
            default:
                return try digits(value, radix: 16, isUpper: isUpper, "%x is for integers, strings and bytes")
            }
        default: throw bad("unknown '%\(String(decoding: [letter], as: UTF8.self))'")
        }
    }

    private static func number(_ value: Value, _ clause: String) throws(EvaluationError) -> Double {
        switch value {
        case .double(let number): return number
        case .int(let number): return Double(number)
        case .uint(let number): return Double(number)
        default: throw bad("\(clause) is for numbers, not \(value.typeName)")
        }
    }

    private static func digits(
        _ value: Value, radix: Int, isUpper: Bool = false, _ rule: String
    ) throws(EvaluationError) -> String {
        switch value {
        case .int(let number): return String(number, radix: radix, uppercase: isUpper)
        case .uint(let number): return String(number, radix: radix, uppercase: isUpper)
        default: throw bad("\(rule), not \(value.typeName)")
        }
    }

    private static func hex(
        _ bytes: [UInt8], _ isUpper: Bool, _ frame: inout Frame
    ) throws(EvaluationError) -> String {
        try frame.build(bytes.count * 2)
        let digits = Array((isUpper ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        var text: [UInt8] = []
        for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    /// `%s`: any value; a map's entries are sorted by the texts of their keys.
    private static func plain(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> String {
        try frame.spend(1)
        switch value {
        case .null: return "null"
        case .string(let text): return text
        case .bool(let value): return value ? "true" : "false"
        case .double(let number): return number.plainText
        case .bytes(let bytes):
            try frame.build(bytes.count)
            return String(decoding: bytes, as: UTF8.self)
        case .type(let name): return name.name
        case .list(let list):
            var parts: [String] = []
            for index in 0..<list.count { parts.append(try plain(list[index], &frame)) }
            try frame.build(parts.reduce(2) { $0 + $1.utf8.count + 2 })
            return "[" + parts.joined(separator: ", ") + "]"
        case .map(let map):
            var parts: [(key: String, value: String)] = []
            for index in 0..<map.count {
                let key = map.key(at: index)
                parts.append((try plain(key, &frame), try plain(map[key] ?? .null, &frame)))
            }
            try frame.build(parts.reduce(2) { $0 + $1.key.utf8.count + $1.value.utf8.count + 4 })
            parts.sort { $0.key.precedesInCodePoints($1.key) }
            return "{" + parts.map { $0.key + ": " + $0.value }.joined(separator: ", ") + "}"
        case .int, .uint, .timestamp, .duration:
            guard case .string(let text) = try Library.string(value, &frame) else { return "" }
            return text
        case .opaque(let value): return value.description
        case .optional: throw bad("%s is not for \(value.typeName)")
        }
    }
}
