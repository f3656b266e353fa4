import AuditModel

/// Digests of bodies that came lately, so that a body that many clients have is hashed once and compared afterwards.
///
/// Whole countries lists and voice pools are alike across a fleet, and comparing bytes takes a tenth of hashing them.
struct RecentBodies {
    private struct Key: Hashable {
        var group: SettingsGroup
        var count: Int
        /// Eight bytes each from the beginning, the middle and the end.
        var sample: SIMD3<UInt64>
    }

    private var bodies: [Key: (bytes: [UInt8], digest: Digest)] = [:]

    /// So many bodies at most; some hundred kB.
    private static let capacity = 256

    /// The digest of a body, which `compute` gives where it is not remembered.
    mutating func digest(
        of bytes: [UInt8], group: SettingsGroup, computing compute: ([UInt8]) -> Digest
    ) -> Digest {
        guard bytes.count >= 8 else { return compute(bytes) }
        let key = Key(group: group, count: bytes.count, sample: Self.sample(of: bytes))
        if let known = bodies[key], Self.areEqual(known.bytes, bytes) { return known.digest }
        let digest = compute(bytes)
        if bodies.count >= Self.capacity { bodies.removeAll(keepingCapacity: true) }
        bodies[key] = (bytes, digest)
        return digest
    }

    /// - Precondition: there are 8 bytes or more.
    private static func sample(of bytes: [UInt8]) -> SIMD3<UInt64> {
        bytes.withUnsafeBytes { bytes in
            let last = bytes.count - 8
            return SIMD3(
                bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: last / 2, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: last, as: UInt64.self))
        }
    }

    private static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return one.withUnsafeBytes { one in
            other.withUnsafeBytes { other in
                var position = 0
                while position + 8 <= one.count {
                    guard
                        one.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                            == other.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                    else { return false }
                    position += 8
                }
                while position < one.count {
                    guard one[position] == other[position] else { return false }
                    position += 1
                }
                return true
            }
        }
    }
}
