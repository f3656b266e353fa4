/// Why a text is not a JSON value that can be kept without loss, and at which byte.
public struct JSONReadingError: Error, Sendable, Hashable {
    /// The cause.
    public enum Cause: Sendable, Hashable {
        /// The text ends too early.
        case unexpectedEnd
        /// A byte that the grammar of RFC 8259 does not allow here.
        case unexpectedByte(UInt8)
        /// Bytes after the value.
        case trailingBytes
        /// Not UTF-8; a byte order mark and UTF-16 count as this.
        case invalidUTF8
        /// An escape that does not exist, or a control character that was not escaped.
        case invalidString
        /// Half of a surrogate pair.
        case loneSurrogate
        /// A key that the object has already.
        case duplicateKey(String)
        /// An integer beyond ±(2^53−1), or a number that a double cannot hold.
        case numberNotRepresentable(String)
        /// Nested deeper than the limit.
        case tooDeep(limit: Int)
        /// More bytes than the limit.
        case tooLarge(limit: Int)
    }

    /// The cause.
    public var cause: Cause
    /// The offset in bytes, from 0.
    public var offset: Int

    /// Whether the text is JSON by its grammar and only cannot be represented without loss.
    public var isWellFormedJSON: Bool {
        switch cause {
        case .loneSurrogate, .duplicateKey, .numberNotRepresentable, .tooDeep, .tooLarge: true
        case .unexpectedEnd, .unexpectedByte, .trailingBytes, .invalidUTF8, .invalidString: false
        }
    }
}

extension JSONReadingError: CustomStringConvertible {
    /// One clause without the place's name: what is wrong and at which byte.
    public var description: String {
        switch cause {
        case .unexpectedEnd: "the text ends too early, at byte \(offset)"
        case .unexpectedByte(let byte): "unexpected byte 0x\(hex(byte)) at byte \(offset)"
        case .trailingBytes: "more bytes after the value, at byte \(offset)"
        case .invalidUTF8: "not UTF-8 at byte \(offset)"
        case .invalidString: "a control character or an unknown escape in a string at byte \(offset)"
        case .loneSurrogate: "a lone surrogate at byte \(offset)"
        case .duplicateKey(let key): "the key \"\(key)\" stands twice in one object, at byte \(offset)"
        case .numberNotRepresentable(let text): "number not representable: \(text) at byte \(offset)"
        case .tooDeep(let limit): "nested deeper than \(limit), at byte \(offset)"
        case .tooLarge(let limit): "larger than \(limit) bytes"
        }
    }

    private func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }
}
