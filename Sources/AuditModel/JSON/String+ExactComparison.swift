// Swift compares strings by canonical equivalence: "é" in one and in two scalars are equal. Settings are evidence, so
// here two strings are the same only if their bytes are; and canonical JSON (RFC 8785) sorts by UTF-16 code units.

extension String {
    /// Whether both strings have the same UTF-8 bytes.
    public func isIdentical(to other: String) -> Bool {
        // Eight bytes at a time, and without a mutable copy, which would cost a reference count: comparing snapshots is
        // mostly this.
        let count = utf8.count
        guard count == other.utf8.count else { return false }
        return utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                let left = UnsafeRawBufferPointer(left)
                let right = UnsafeRawBufferPointer(right)
                var position = 0
                while position + 8 <= count {
                    let one = left.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                    guard one == right.loadUnaligned(fromByteOffset: position, as: UInt64.self) else { return false }
                    position += 8
                }
                while position < count {
                    guard left[position] == right[position] else { return false }
                    position += 1
                }
                return true
            } ?? utf8.elementsEqual(other.utf8)
        } ?? utf8.elementsEqual(other.utf8)
    }

    /// Whether this string comes before another in the order of UTF-16 code units, which RFC 8785 section 3.2.3 asks for.
    ///
    /// Bytes of UTF-8 sort as UTF-16 does, but for supplementary characters (lead byte F0 and up), which UTF-16 puts
    /// before U+E000…U+FFFF (lead bytes EE and EF).
    public func precedesInUTF16(_ other: String) -> Bool {
        // As in isIdentical(to:): eight bytes at a time, without a mutable copy.
        utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in Self.precedes(left, right) }
                ?? Self.precedes(Array(utf8), Array(other.utf8))
        } ?? Self.precedes(Array(utf8), Array(other.utf8))
    }

    private static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.withUnsafeBufferPointer { left in right.withUnsafeBufferPointer { right in precedes(left, right) } }
    }

    private static func precedes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        let shared = Swift.min(left.count, right.count)
        let (leftBytes, rightBytes) = (UnsafeRawBufferPointer(left), UnsafeRawBufferPointer(right))
        var position = 0
        while position + 8 <= shared,
            leftBytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                == rightBytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        {
            position += 8
        }
        while position < shared {
            let (one, other) = (left[position], right[position])
            if one != other { return rankInUTF16(one) < rankInUTF16(other) }
            position += 1
        }
        return left.count < right.count
    }
}

/// Moves the lead bytes of supplementary characters before EE and EF; all others keep their place.
private func rankInUTF16(_ byte: UInt8) -> Int {
    switch byte {
    case 0xF0...0xFF: Int(byte) - 2  // EE…FD
    case 0xEE, 0xEF: Int(byte) + 0x10  // FE and FF
    default: Int(byte)
    }
}
