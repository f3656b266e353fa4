/// An IP address of version 4 or 6, without a zone.
///
/// Texts are read strictly: no leading zeros in version 4, no version 4 written within version 6.
struct NetworkAddress: Sendable, Hashable, CustomStringConvertible {
    /// 4 or 16 bytes, the most significant first.
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    init?(_ text: String) {
        guard let bytes = text.contains(":") ? Self.version6(text) : Self.version4(text) else { return nil }
        self.bytes = bytes
    }

    private static func version4(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy(isDigit), let byte = UInt8(part),
                part.utf8.count == 1 || part.utf8.first != UInt8(ascii: "0")
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func version6(_ text: String) -> [UInt8]? {
        // At most one `::`, which stands for at least one group of zeros.
        let bytes = Array(text.utf8)
        let colon = UInt8(ascii: ":")
        var gap: Int?
        for index in bytes.indices.dropLast() where bytes[index] == colon && bytes[index + 1] == colon {
            guard gap == nil else { return nil }
            gap = index
        }
        guard let gap else { return groups(bytes[...]).flatMap { $0.count == 16 ? $0 : nil } }
        let left = bytes[..<gap]
        let right = bytes[(gap + 2)...]
        guard let head = left.isEmpty ? [] : groups(left), let tail = right.isEmpty ? [] : groups(right),
            head.count + tail.count <= 14
        else { return nil }
        return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// Groups of one to four hexadecimal digits, as two bytes each.
    private static func groups(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        for group in text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) {
            guard (1...4).contains(group.count), group.allSatisfy(isHexDigit),
                let value = UInt16(String(decoding: group, as: UTF8.self), radix: 16)
            else { return nil }
            bytes += [UInt8(value >> 8), UInt8(value & 255)]
        }
        return bytes
    }

    var isVersion4: Bool { bytes.count == 4 }

    var isUnspecified: Bool { bytes.allSatisfy { $0 == 0 } }

    var isLoopback: Bool { isVersion4 ? bytes[0] == 127 : bytes.last == 1 && bytes.dropLast().allSatisfy { $0 == 0 } }

    var isMulticast: Bool { isVersion4 ? bytes[0] & 0xF0 == 0xE0 : bytes[0] == 0xFF }

    var isLinkLocalMulticast: Bool {
        isVersion4 ? bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0 : bytes[0] == 0xFF && bytes[1] & 0x0F == 2
    }

    var isLinkLocalUnicast: Bool {
        isVersion4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
    }

    var isGlobalUnicast: Bool {
        if isVersion4 && (isUnspecified || bytes.allSatisfy { $0 == 255 }) { return false }
        return !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast
    }

    /// The address with all bits after the first ones set to 0.
    func masked(to length: Int) -> NetworkAddress {
        NetworkAddress(
            bytes: bytes.enumerated().map { index, byte in
                let kept = min(max(length - index * 8, 0), 8)
                return kept == 0 ? 0 : byte & (0xFF << UInt8(8 - kept))
            })
    }

    /// The canonical text: RFC 5952 for version 6.
    var description: String {
        if isVersion4 { return bytes.map { String($0) }.joined(separator: ".") }
        let groups = (0..<8).map { UInt16(bytes[$0 * 2]) << 8 | UInt16(bytes[$0 * 2 + 1]) }
        // The first of the longest rows of zeros, from two on.
        var best = 0..<0
        var start = 0
        while start < 8 {
            let end = groups[start...].firstIndex { $0 != 0 } ?? 8
            if end - start > max(best.count, 1) { best = start..<end }
            start = end + 1
        }
        let texts = groups.map { String($0, radix: 16) }
        guard !best.isEmpty else { return texts.joined(separator: ":") }
        return texts[..<best.lowerBound].joined(separator: ":") + "::"
            + texts[best.upperBound...].joined(separator: ":")
    }
}

/// A value of type `net.IP`.
final class AddressValue: OpaqueValue {
    static let typeName = TypeName("net.IP")
    let address: NetworkAddress

    init(_ address: NetworkAddress) {
        self.address = address
    }

    var typeName: TypeName { Self.typeName }
    var description: String { address.description }

    func isEqual(to other: any OpaqueValue) -> Bool { (other as? AddressValue)?.address == address }
}

/// A value of type `net.CIDR`: an address, and how many of its bits name the network.
final class NetworkValue: OpaqueValue {
    static let typeName = TypeName("net.CIDR")
    let address: NetworkAddress
    let length: Int

    init(_ address: NetworkAddress, length: Int) {
        self.address = address
        self.length = length
    }

    var typeName: TypeName { Self.typeName }
    var description: String { "\(address)/\(length)" }

    func isEqual(to other: any OpaqueValue) -> Bool {
        guard let other = other as? NetworkValue else { return false }
        return other.address == address && other.length == length
    }

    func contains(_ other: NetworkAddress) -> Bool {
        other.bytes.count == address.bytes.count && other.masked(to: length) == address.masked(to: length)
    }
}
