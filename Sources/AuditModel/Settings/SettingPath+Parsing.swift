/// Why a dotted path cannot be read.
public struct SettingPathError: Error, Sendable, Hashable {
    /// What is wrong, as one clause.
    public var message: String
    /// Where, in UTF-8 bytes from the start of the text.
    public var offset: Int
    /// The nearest known word, where there is one.
    public var suggestion: String?
}

extension SettingPath {
    /// Reads the dotted form: `group.key`, `group.list[*].key`, `group.list[key=VALUE].key`, `countries[id=1].name`,
    /// `group["odd key"]`, `group.list[0]`.
    ///
    /// A selector's VALUE is an integer, `true`, `false`, `null`, a bare word or a JSON string in double quotes.
    public init(dotted text: String) throws(SettingPathError) {
        var reader = PathReader(Array(text.utf8))
        self = try reader.path()
    }
}

private struct PathReader {
    let bytes: [UInt8]
    var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func error(_ message: String, at offset: Int? = nil, suggestion: String? = nil) -> SettingPathError {
        SettingPathError(message: message, offset: offset ?? position, suggestion: suggestion)
    }

    mutating func path() throws(SettingPathError) -> SettingPath {
        let name = word()
        guard let group = SettingsGroup(rawValue: name) else {
            let known = SettingsGroup.allCases.map(\.rawValue)
            throw error(
                name.isEmpty
                    ? "a path starts with a group: \(known.joined(separator: ", "))" : "unknown group '\(name)'",
                at: 0, suggestion: NearestName.to(name, among: known))
        }
        var path = SettingPath(group)
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "."):
                position += 1
                let key = word()
                guard !key.isEmpty else { throw error("a key is expected after '.'") }
                path.steps.append(.key(key))
            case UInt8(ascii: "["):
                position += 1
                path.steps.append(try bracketed())
            default: throw error("'.' or '[' is expected here")
            }
        }
        return path
    }

    mutating func word() -> String {
        let start = position
        while position < bytes.count, SettingPath.isWordByte(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    mutating func bracketed() throws(SettingPathError) -> SettingPath.Step {
        let start = position
        if position < bytes.count, bytes[position] == UInt8(ascii: "*") {
            position += 1
            try close()
            return .each
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
            let key = try quoted()
            try close()
            return .key(key)
        }
        let name = word()
        guard !name.isEmpty else { throw error("'*', a position, or KEY=VALUE is expected in brackets") }
        if position < bytes.count, bytes[position] == UInt8(ascii: "=") {
            position += 1
            let value = try selectorValue()
            let occurrence = try occurrence()
            try close()
            return .selected(key: name, value: value, occurrence: occurrence)
        }
        guard let index = Int(name), index >= 0 else {
            throw error("'\(name)' is no position; write [*], [0] or [\(name)=VALUE]", at: start)
        }
        try close()
        return .index(index)
    }

    mutating func selectorValue() throws(SettingPathError) -> SettingValue {
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return .string(try quoted()) }
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "]"), bytes[position] != UInt8(ascii: "#") {
            position += 1
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        switch text {
        case "": throw error("a value is expected after '='")
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default:
            if let integer = Int64(text), abs(integer) <= SettingValue.largestInteger { return .integer(integer) }
            return .string(text)
        }
    }

    mutating func occurrence() throws(SettingPathError) -> Int? {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "#") else { return nil }
        position += 1
        let text = word()
        guard let occurrence = Int(text), occurrence >= 1 else { throw error("a number from 1 is expected after '#'") }
        return occurrence
    }

    mutating func quoted() throws(SettingPathError) -> String {
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position = min(position + 1, bytes.count)
        guard let value = try? JSONReader.value(of: Array(bytes[start..<position])), let text = value.stringValue else {
            throw error("a JSON string in double quotes is expected", at: start)
        }
        return text
    }

    mutating func close() throws(SettingPathError) {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "]") else { throw error("']' is expected here") }
        position += 1
    }
}
