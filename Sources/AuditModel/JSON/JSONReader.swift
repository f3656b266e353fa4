/// A strict reader of JSON (RFC 8259, RFC 7493): a value without loss, or an error with its place.
///
/// Refused besides bad grammar: duplicate keys, lone surrogates, invalid UTF-8, byte order marks, trailing bytes,
/// integers beyond ±(2^53−1), numbers that overflow a double or vanish in it, and texts past the limits.
public struct JSONReader {
    /// How large and how deep a text may be.
    public struct Limits: Sendable, Hashable {
        /// The most levels of arrays and objects.
        public var depth: Int
        /// The most bytes.
        public var sizeInBytes: Int

        /// The vendor's answers are 3 levels and a few kB; the default leaves room: 128 levels and 64 MiB.
        public init(depth: Int = 128, sizeInBytes: Int = 64 << 20) {
            self.depth = depth
            self.sizeInBytes = sizeInBytes
        }
    }

    let bytes: UnsafeBufferPointer<UInt8>
    private let limits: Limits
    var position = 0
    private var depth = 0
    private var lastMemberCount = 4

    /// The value that the bytes are.
    public static func value(of bytes: [UInt8], limits: Limits = Limits()) throws(JSONReadingError) -> SettingValue {
        // Result carries the typed error out of the closure, which rethrows untyped.
        try bytes.withUnsafeBufferPointer { value(of: $0, limits: limits) }.get()
    }

    /// The value that the text is.
    public static func value(of text: String, limits: Limits = Limits()) throws(JSONReadingError) -> SettingValue {
        try value(of: Array(text.utf8), limits: limits)
    }

    /// The value that the bytes are, which are only read during the call.
    public static func value(
        of bytes: UnsafeBufferPointer<UInt8>, limits: Limits = Limits()
    ) -> Result<SettingValue, JSONReadingError> {
        var reader = JSONReader(bytes: bytes, limits: limits)
        do {
            return .success(try reader.wholeText())
        } catch {
            return .failure(error)
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, limits: Limits) {
        self.bytes = bytes
        self.limits = limits
    }

    private mutating func wholeText() throws(JSONReadingError) -> SettingValue {
        guard bytes.count <= limits.sizeInBytes else {
            throw JSONReadingError(cause: .tooLarge(limit: limits.sizeInBytes), offset: 0)
        }
        skipWhitespace()
        let value = try value()
        skipWhitespace()
        guard position == bytes.count else { throw error(.trailingBytes) }
        return value
    }

    func error(_ cause: JSONReadingError.Cause) -> JSONReadingError {
        JSONReadingError(cause: cause, offset: position)
    }

    func unexpected() -> JSONReadingError {
        guard position < bytes.count else { return error(.unexpectedEnd) }
        // UTF-16 and byte order marks start with such a byte, too.
        return error(bytes[position] >= 0x80 ? .invalidUTF8 : .unexpectedByte(bytes[position]))
    }

    private mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func value() throws(JSONReadingError) -> SettingValue {
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw unexpected()
        }
    }

    private mutating func literal(_ text: StaticString, _ value: SettingValue) throws(JSONReadingError) -> SettingValue
    {
        for index in 0..<text.utf8CodeUnitCount {
            guard position < bytes.count, bytes[position] == text.utf8Start[index] else { throw unexpected() }
            position += 1
        }
        return value
    }

    private mutating func enter() throws(JSONReadingError) {
        depth += 1
        guard depth <= limits.depth else { throw error(.tooDeep(limit: limits.depth)) }
        position += 1
        skipWhitespace()
    }

    private mutating func array() throws(JSONReadingError) -> SettingValue {
        try enter()
        defer { depth -= 1 }
        var elements: [SettingValue] = []
        if position < bytes.count, bytes[position] == UInt8(ascii: "]") {
            position += 1
            return .array(elements)
        }
        while true {
            elements.append(try value())
            skipWhitespace()
            guard position < bytes.count else { throw error(.unexpectedEnd) }
            switch bytes[position] {
            case UInt8(ascii: ","):
                position += 1
                skipWhitespace()
            case UInt8(ascii: "]"):
                position += 1
                return .array(elements)
            default: throw unexpected()
            }
        }
    }

    private mutating func object() throws(JSONReadingError) -> SettingValue {
        try enter()
        defer { depth -= 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: "}") {
            position += 1
            return .object(SettingObject())
        }
        var members: [SettingObject.Member] = []
        // The objects of a list are mostly alike; a large one must not make the small ones after it large.
        members.reserveCapacity(min(lastMemberCount, 8))
        while true {
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw unexpected() }
            let start = position
            let key = try string()
            skipWhitespace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else { throw unexpected() }
            position += 1
            skipWhitespace()
            try insert(SettingObject.Member(key: key, value: value()), at: start, into: &members)
            skipWhitespace()
            guard position < bytes.count else { throw error(.unexpectedEnd) }
            switch bytes[position] {
            case UInt8(ascii: ","):
                position += 1
                skipWhitespace()
            case UInt8(ascii: "}"):
                position += 1
                lastMemberCount = members.count
                return .object(SettingObject(sortedUnique: members))
            default: throw unexpected()
            }
        }
    }

    /// Keeps the members sorted, so that a duplicate is found by its neighbour.
    private func insert(
        _ member: SettingObject.Member, at offset: Int, into members: inout [SettingObject.Member]
    ) throws(JSONReadingError) {
        // Canonical and pretty JSON have the keys in order already.
        if members.isEmpty || members[members.count - 1].key.precedesInUTF16(member.key) {
            members.append(member)
            return
        }
        var low = 0
        var high = members.count
        while low < high {
            let middle = (low + high) / 2
            if members[middle].key.precedesInUTF16(member.key) { low = middle + 1 } else { high = middle }
        }
        if low < members.count, members[low].key.isIdentical(to: member.key) {
            throw JSONReadingError(cause: .duplicateKey(member.key), offset: offset)
        }
        members.insert(member, at: low)
    }
}

extension JSONReader {
    private mutating func digits() throws(JSONReadingError) {
        guard position < bytes.count, isDigit(bytes[position]) else { throw unexpected() }
        while position < bytes.count, isDigit(bytes[position]) { position += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private mutating func number() throws(JSONReadingError) -> SettingValue {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: "0") { position += 1 } else { try digits() }
        let isInteger: Bool
        switch position < bytes.count ? bytes[position] : 0 {
        case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): isInteger = false
        default: isInteger = true
        }
        if isInteger, position - start <= 15 { return .integer(smallInteger(from: start)) }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
                position += 1
            }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let double = Double(text), let value = SettingValue(exactly: double),
            // A literal that is not zero must not vanish, and an integer must not be rounded.
            double != 0
                || !text.prefix(while: { $0 != "e" && $0 != "E" }).contains(where: { ("1"..."9").contains($0) }),
            !isInteger || value == Int64(text).map(SettingValue.integer)
        else {
            throw JSONReadingError(cause: .numberNotRepresentable(String(text.prefix(40))), offset: start)
        }
        return value
    }

    /// The integer of at most 15 characters from `start` on, which fits 2^53 in any case.
    private func smallInteger(from start: Int) -> Int64 {
        let isNegative = bytes[start] == UInt8(ascii: "-")
        var value: Int64 = 0
        for index in (isNegative ? start + 1 : start)..<position {
            value = value * 10 + Int64(bytes[index] - UInt8(ascii: "0"))
        }
        return isNegative ? -value : value
    }
}
