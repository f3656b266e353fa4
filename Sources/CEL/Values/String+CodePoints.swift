// Swift compares strings by canonical equivalence and counts grapheme clusters; the language compares and counts code
// points. In UTF-8 the order of code points is the order of bytes.

extension String {
    /// Whether both have the same code points.
    func hasSameBytes(as other: String) -> Bool {
        let count = utf8.count
        guard count == other.utf8.count else { return false }
        return utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                areEqual(UnsafeRawBufferPointer(left), UnsafeRawBufferPointer(right))
            } ?? utf8.elementsEqual(other.utf8)
        } ?? utf8.elementsEqual(other.utf8)
    }

    /// Whether this comes before another in the order of code points.
    func precedesInCodePoints(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }

    /// Whether the first bytes are another's.
    func beginsWithBytes(of other: String) -> Bool {
        utf8.count >= other.utf8.count && utf8.starts(with: other.utf8)
    }

    /// Whether the last bytes are another's.
    func endsWithBytes(of other: String) -> Bool {
        utf8.count >= other.utf8.count && utf8.suffix(other.utf8.count).elementsEqual(other.utf8)
    }

    /// The number of code points.
    var codePointCount: Int {
        // Bytes that do not continue a code point.
        var count = 0
        for byte in utf8 where byte & 0xC0 != 0x80 { count += 1 }
        return count
    }

    /// Whether each code point is one byte.
    var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}

/// Eight bytes at a time.
private func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    var position = 0
    while position + 8 <= left.count {
        let one = left.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        guard one == right.loadUnaligned(fromByteOffset: position, as: UInt64.self) else { return false }
        position += 8
    }
    while position < left.count {
        guard left[position] == right[position] else { return false }
        position += 1
    }
    return true
}
