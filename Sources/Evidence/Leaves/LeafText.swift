import AuditModel

/// Writes parts of a leaf's canonical JSON behind one another, without strings between.
enum LeafText {
    /// Text as it stands.
    static func append(_ text: StaticString, to output: inout [UInt8]) {
        text.withUTF8Buffer { output.append(contentsOf: $0) }
    }

    /// A number in decimal digits.
    static func append(_ number: Int64, to output: inout [UInt8]) {
        if number < 0 { output.append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        let start = output.count
        repeat {
            output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        output[start...].reverse()
    }

    /// A digest in hexadecimal digits, without quotes.
    static func append(_ digest: Digest, to output: inout [UInt8]) {
        func digit(_ value: UInt8) -> UInt8 { value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10) }
        let start = output.count
        digest.append(to: &output)
        digest.append(to: &output)
        // In place, from behind: each byte gives way to two digits before it is read over.
        for index in (0..<32).reversed() {
            let byte = output[start + index]
            output[start + 2 * index] = digit(byte >> 4)
            output[start + 2 * index + 1] = digit(byte & 15)
        }
    }
}
