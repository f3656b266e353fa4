/// Walks over JSON in its canonical form (RFC 8785) without making values of it: for who wants a part of many texts.
///
/// The bytes are such as this program wrote and whose digest was checked. Where they are not of that form a step gives nil or
/// false, and ``JSONReader`` has to say what is wrong.
public struct CanonicalCursor {
    /// The bytes.
    public let bytes: UnsafeBufferPointer<UInt8>
    /// Where the next step begins.
    public private(set) var position = 0

    /// At the first byte. The bytes must outlive the cursor.
    public init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Whether all bytes are passed.
    public var isAtEnd: Bool { position == bytes.count }

    /// The next byte; 0, which no JSON has there, at the end.
    public var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

    /// Passes a byte, if it is the next one.
    public mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    /// Passes a string: what stands between its quotes, escapes as they are written.
    public mutating func string() -> Range<Int>? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return start..<(position - 1)
            case UInt8(ascii: "\\"): position += 2
            default: position += 1
            }
        }
        return nil
    }

    /// Passes a string that has no escapes, which is then the text itself.
    public mutating func plainString() -> UnsafeBufferPointer<UInt8>? {
        guard let range = string() else { return nil }
        let text = UnsafeBufferPointer(rebasing: bytes[range])
        return text.contains(UInt8(ascii: "\\")) ? nil : text
    }

    /// Passes a value, whatever it is.
    public mutating func value() -> Range<Int>? {
        let start = position
        switch next {
        case UInt8(ascii: "\""): return string().map { _ in start..<position }
        case UInt8(ascii: "{"), UInt8(ascii: "["): return skipCollection() ? start..<position : nil
        default:
            while position < bytes.count, !Self.endsScalar(bytes[position]) { position += 1 }
            return position > start ? start..<position : nil
        }
    }

    private mutating func skipCollection() -> Bool {
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                guard string() != nil else { return false }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            position += 1
            if depth == 0 { return true }
        }
        return false
    }

    private static func endsScalar(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
    }
}

extension CanonicalCursor {
    /// A text in its canonical form without its scalars: the same for two texts that have the same keys at the same places.
    ///
    /// - Returns: nil where a string does not end.
    public static func skeleton(of bytes: [UInt8]) -> [UInt8]? {
        bytes.withUnsafeBufferPointer { bytes in
            var cursor = CanonicalCursor(bytes)
            var skeleton: [UInt8] = []
            skeleton.reserveCapacity(bytes.count)
            while cursor.position < bytes.count {
                switch bytes[cursor.position] {
                case UInt8(ascii: "\""):
                    guard let text = cursor.string() else { return nil }
                    // Before a colon it is a key. Its quotes stay, so that no key is taken for a part of another.
                    if cursor.next == UInt8(ascii: ":") {
                        skeleton.append(contentsOf: bytes[(text.lowerBound - 1)..<cursor.position])
                    }
                case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","),
                    UInt8(ascii: ":"):
                    skeleton.append(bytes[cursor.position])
                    cursor.position += 1
                default: cursor.position += 1
                }
            }
            return skeleton
        }
    }
}
