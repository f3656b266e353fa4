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
        var left = self
        var right = other
        return left.withUTF8 { left in
            right.withUTF8 { right in
                for index in 0..<min(left.count, right.count) where left[index] != right[index] {
                    return rankInUTF16(left[index]) < rankInUTF16(right[index])
                }
                return left.count < right.count
            }
        }
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
