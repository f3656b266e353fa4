import CEL
import Foundation

/// A value as the conformance suite writes it: `{"int": "-5"}`.
struct ExpectedValue: Decodable {
    let value: Value

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        guard let key = container.allKeys.first else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no key"))
        }
        func text() throws -> String { try container.decode(String.self, forKey: key) }
        let read: Value? =
            switch key.stringValue {
            case "null": .null
            case "bool": .bool(try container.decode(Bool.self, forKey: key))
            case "int": Int64(try text()).map { .int($0) }
            case "uint": UInt64(try text()).map { .uint($0) }
            case "double":
                if let number = try? container.decode(Double.self, forKey: key) {
                    .double(number)
                } else {
                    Double(try text()).map { .double($0) }
                }
            case "string": .string(try text())
            case "bytes": Data(base64Encoded: try text()).map { .bytes([UInt8]($0)) }
            case "list": .list(try container.decode([ExpectedValue].self, forKey: key).map(\.value))
            case "map":
                MapValue(
                    try container.decode([[ExpectedValue]].self, forKey: key).map { ($0[0].value, $0[1].value) }
                ).map { .map($0) }
            case "type": .type(TypeName(try text()))
            case "timestamp": TimestampValue(try text()).map { .timestamp($0) }
            case "duration": DurationValue(try text()).map { .duration($0) }
            default: nil
            }
        guard let read else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: key.stringValue))
        }
        value = read
    }

    /// Whether two values are the same, their types and the signs of zeros included; NaN is the same as NaN.
    static func areSame(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.double(let left), .double(let right)):
            return left.isNaN && right.isNaN || left == right && left.sign == right.sign
        case (.list(let left), .list(let right)):
            return left.count == right.count && zip(left.elements, right.elements).allSatisfy(areSame)
        case (.map(let left), .map(let right)):
            return left.count == right.count
                && left.keys.allSatisfy { key in
                    guard let one = left[key], let other = right[key],
                        let otherKey = right.keys.first(where: { $0.isEqual(to: key) })
                    else { return false }
                    return areSame(key, otherKey) && areSame(one, other)
                }
        default: return left.typeName == right.typeName && left.isEqual(to: right)
        }
    }
}

/// Reads types as the suite writes them: `map(string, list(int))`.
enum TypeReader {
    static func type(_ text: String) -> ValueType {
        let text = text.trimmingCharacters(in: .whitespaces)
        let simple: [String: ValueType] = [
            "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string, "bytes": .bytes,
            "null": .null, "dyn": .dyn, "timestamp": .timestamp, "duration": .duration, "type": .type(nil),
        ]
        if let type = simple[text] { return type }
        guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return .opaque(text, []) }
        let inner = text[text.index(after: open)...].dropLast()
        let arguments = split(String(inner))
        let types = arguments.map(type)
        return switch (String(text[..<open]), types.count) {
        case ("list", 1): .list(types[0])
        case ("map", 2): .map(key: types[0], value: types[1])
        case ("optional_type", 1): .optional(types[0])
        case ("wrapper", 1): .nullable(types[0])
        case ("type", 1): .type(types[0])
        case ("param", 1): .parameter(arguments[0])
        case (let name, _): .opaque(name, types)
        }
    }

    /// Splits at commas outside of parentheses.
    private static func split(_ text: String) -> [String] {
        var parts = [""]
        var depth = 0
        for character in text {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == ",", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        return parts.map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
