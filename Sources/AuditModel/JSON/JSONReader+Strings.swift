extension JSONReader {
    mutating func string() throws(JSONReadingError) -> String {
        position += 1
        let start = position
        var allBits: UInt8 = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                defer { position += 1 }
                let range = start..<position
                // ASCII needs no validation, and most settings are nothing else.
                return allBits < 0x80
                    ? String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self) : try text(range)
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw error(.invalidString) }
            allBits |= byte
            position += 1
        }
        throw error(.unexpectedEnd)
    }

    /// The bytes as text; refuses what is not UTF-8 rather than repairing it.
    private func text(_ range: Range<Int>) throws(JSONReadingError) -> String {
        guard let text = String(validating: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self) else {
            throw JSONReadingError(cause: .invalidUTF8, offset: range.lowerBound)
        }
        return text
    }

    private mutating func escapedString(from start: Int) throws(JSONReadingError) -> String {
        var decoded = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: decoded, as: UTF8.self) else {
                    throw JSONReadingError(cause: .invalidUTF8, offset: start)
                }
                position += 1
                return text
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &decoded)
            case 0..<0x20:
                throw error(.invalidString)
            default:
                decoded.append(byte)
                position += 1
            }
        }
        throw error(.unexpectedEnd)
    }

    private mutating func escape(into decoded: inout [UInt8]) throws(JSONReadingError) {
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(byte)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"):
            position += 1
            decoded.append(contentsOf: String(try unicodeEscape()).utf8)
            return
        default: throw error(.invalidString)
        }
        position += 1
    }

    /// The scalar of four hexadecimal digits, or of a surrogate pair (`\uD83D\uDE00`); the position is behind the `u`.
    private mutating func unicodeEscape() throws(JSONReadingError) -> Character {
        let start = position
        let first = try fourHexDigits()
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        // A surrogate: the second half must follow at once.
        guard first < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw JSONReadingError(cause: .loneSurrogate, offset: start) }
        position += 2
        let second = try fourHexDigits()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw JSONReadingError(cause: .loneSurrogate, offset: start) }
        return Character(scalar)
    }

    private mutating func fourHexDigits() throws(JSONReadingError) -> UInt32 {
        guard position + 4 <= bytes.count else {
            position = bytes.count
            throw error(.unexpectedEnd)
        }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue, bytes[position] < 0x80 else {
                throw error(.invalidString)
            }
            value = value << 4 + UInt32(digit)
            position += 1
        }
        return value
    }
}
