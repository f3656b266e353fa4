import AuditModel

/// Comparisons that take the same time whatever is compared, so that a secret cannot be guessed byte by byte.
enum ConstantTime {
    /// Whether two secrets are equal: their SHA-256 digests are, which also hides their lengths.
    static func areEqual(_ one: String, _ other: String) -> Bool {
        areEqual(Digest(of: Array(one.utf8)).bytes, Digest(of: Array(other.utf8)).bytes)
    }

    /// Whether two byte strings are equal; every byte of the first is looked at, whether or not one differed before.
    static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        var difference: UInt8 = 0
        for index in one.indices { difference |= one[index] ^ other[index] }
        return difference == 0
    }
}
