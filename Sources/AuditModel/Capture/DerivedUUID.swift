import Crypto

/// UUIDs that are derived from content (RFC 9562 section 5.5, version 5), so that the same input gives the same id.
public enum DerivedUUID {
    /// The namespace of this tool's ids, drawn once; ids that were printed depend on it, so it never changes.
    private static let namespace: [UInt8] = [
        0x8d, 0x0f, 0x2c, 0x61, 0x5b, 0x7a, 0x4e, 0x39, 0x9c, 0x14, 0x6a, 0x2e, 0x71, 0xd3, 0x05, 0xb8,
    ]

    /// The UUID of a name, in lower case.
    public static func text(of name: String) -> String {
        var bytes = Array(Insecure.SHA1.hash(data: namespace + Array(name.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = Array(Hexadecimal.text(of: bytes))
        return [hex[0..<8], hex[8..<12], hex[12..<16], hex[16..<20], hex[20..<32]].map { String($0) }
            .joined(separator: "-")
    }
}
