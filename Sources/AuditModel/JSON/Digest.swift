import Crypto

/// A SHA-256 digest: 32 bytes, printed as 64 lower-case hexadecimal digits.
public struct Digest: Sendable, Hashable, Comparable {
    // Four words rather than an array: no allocation, and hashing a digest costs four words.
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// The digest of some bytes.
    public init(of bytes: [UInt8]) {
        self.init(words: SHA256.hash(data: bytes).withUnsafeBytes(Self.words))
    }

    /// The digest of a text's UTF-8 bytes.
    public init(of text: String) {
        self.init(of: Array(text.utf8))
    }

    /// The digest of a value's canonical bytes.
    public init(of value: SettingValue) {
        self.init(of: CanonicalJSON.bytes(of: value))
    }

    /// The digest whose 32 bytes these are; nil for another number of bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.init(words: Array(bytes).withUnsafeBytes(Self.words))
    }

    /// The digest of 64 hexadecimal digits.
    public init?(hex: String) {
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in hex {
            guard character.isASCII, let digit = character.hexDigitValue else { return nil }
            if let first = high {
                bytes.append(first << 4 | UInt8(digit))
                high = nil
            } else {
                high = UInt8(digit)
            }
        }
        guard high == nil else { return nil }
        self.init(bytes: bytes)
    }

    private init(words: (UInt64, UInt64, UInt64, UInt64)) {
        self.words = words
    }

    private static func words(_ buffer: UnsafeRawBufferPointer) -> (UInt64, UInt64, UInt64, UInt64) {
        func word(_ index: Int) -> UInt64 {
            UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
        }
        return (word(0), word(1), word(2), word(3))
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        for word in [words.0, words.1, words.2, words.3] {
            withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// The 64 hexadecimal digits.
    public var hex: String { Hexadecimal.text(of: bytes) }

    /// The first twelve hexadecimal digits, for people.
    public var short: String { String(hex.prefix(12)) }

    public static func == (left: Self, right: Self) -> Bool { left.words == right.words }
    public static func < (left: Self, right: Self) -> Bool { left.words < right.words }
    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension Digest: CustomStringConvertible {
    /// The 64 hexadecimal digits.
    public var description: String { hex }
}

/// Bytes as hexadecimal digits.
public enum Hexadecimal {
    /// Two lower-case digits a byte.
    public static func text(of bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var output: [UInt8] = []
        for byte in bytes {
            output.append(digits[Int(byte >> 4)])
            output.append(digits[Int(byte & 15)])
        }
        return String(decoding: output, as: UTF8.self)
    }
}
