/// Reading scalars from bytes that should be UTF-8. A byte that starts no scalar is read alone, as `nil`.
enum UTF8Text {
    /// The scalar that starts at a place, and its width in bytes.
    static func scalar(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> (value: UInt32, width: Int)? {
        let first = UInt32(text[place])
        let (width, smallest): (Int, UInt32)
        switch first {
        case 0..<0x80: return (first, 1)
        case 0xC2...0xDF: (width, smallest) = (2, 0x80)
        case 0xE0...0xEF: (width, smallest) = (3, 0x800)
        case 0xF0...0xF4: (width, smallest) = (4, 0x10000)
        default: return nil
        }
        guard place + width <= text.count else { return nil }
        var value = first & (0x7F >> UInt32(width))
        for offset in 1..<width {
            let byte = UInt32(text[place + offset])
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | byte & 0x3F
        }
        guard value >= smallest, value <= ScalarSet.largest, !(0xD800...0xDFFF).contains(value) else { return nil }
        return (value, width)
    }
}

extension Alphabet {
    /// The symbol that starts at a place, and its width in bytes.
    @inline(__always)
    func symbol(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> (symbol: Int, width: Int) {
        let byte = text[place]
        if byte < 0x80 { return (Int(ascii[Int(byte)]), 1) }
        guard let (value, width) = UTF8Text.scalar(in: text, at: place) else { return (invalid, 1) }
        return (symbol(of: value), width)
    }

    /// The symbol that ends at a place, and its width in bytes.
    @inline(__always)
    func symbol(in text: UnsafeBufferPointer<UInt8>, before place: Int) -> (symbol: Int, width: Int) {
        let byte = text[place - 1]
        if byte < 0x80 { return (Int(ascii[Int(byte)]), 1) }
        for distance in 2...4 where distance <= place {
            if let (value, width) = UTF8Text.scalar(in: text, at: place - distance), width == distance {
                return (symbol(of: value), width)
            }
        }
        return (invalid, 1)
    }
}
