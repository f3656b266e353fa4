import Crypto

/// UUIDs that are derived from content (RFC 9562 section 5.5, version 5), so that the same input gives the same id.
public enum DerivedUUID {
    /// The namespace of this tool's ids, drawn once; ids that were printed depend on it, so it never changes.
    private static let namespace: [UInt8] = [
        0x8d, 0x0f, 0x2c, 0x61, 0x5b, 0x7a, 0x4e, 0x39, 0x9c, 0x14, 0x6a, 0x2e, 0x71, 0xd3, 0x05, 0xb8,
    ]

    /// The UUID of a name, in lower case.
    public static func text(of name: String) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, byte) in bytes(of: name).enumerated() {
            if index == 4 || index == 6 || index == 8 || index == 10 { text.append(UInt8(ascii: "-")) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let digits = Array("0123456789abcdef".utf8)

    private static func bytes(of name: String) -> [UInt8] {
        // Not SHA1.hash(data:), which goes through generics that are not specialised here; a report has thousands of ids.
        var hash = Insecure.SHA1()
        let input = namespace + Array(name.utf8)
        input.withUnsafeBytes { hash.update(bufferPointer: $0) }
        var bytes = hash.finalize().withUnsafeBytes { Array($0.prefix(16)) }
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        return bytes
    }
}
