extension Library {
    static let encoders: [Function] = [
        Function("base64.encode", [.global([.bytes], .string)], .one(encode)),
        Function("base64.decode", [.global([.string], .bytes)], .one(decode)),
    ]

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let sextets: [UInt8: UInt32] = Dictionary(
        uniqueKeysWithValues: alphabet.enumerated().map { ($1, UInt32($0)) })

    @Sendable private static func encode(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        guard case .bytes(let bytes) = value else { throw EvaluationError.noOverload("base64.encode", value) }
        try frame.build(bytes.count / 3 * 4 + 4)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count / 3 * 4 + 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for index in 0..<4 {
                let sextet = Int(bits >> UInt32(18 - 6 * index) & 63)
                text.append(index <= group.count ? alphabet[sextet] : UInt8(ascii: "="))
            }
        }
        return .string(String(decoding: text, as: UTF8.self))
    }

    /// Padding may be left out.
    @Sendable private static func decode(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        guard case .string(let text) = value else { throw EvaluationError.noOverload("base64.decode", value) }
        try frame.build(text.utf8.count)
        var digits = Array(text.utf8)
        let padding = digits.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        let isPadded = padding > 0
        digits.removeLast(padding)
        let bad = EvaluationError(.badArgument("base64.decode", "the text is not base64"))
        guard digits.count % 4 != 1, !isPadded || (digits.count + padding) % 4 == 0 && padding < 3 else { throw bad }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: 4) {
            let group = digits[start..<min(start + 4, digits.count)]
            var bits: UInt32 = 0
            for digit in group {
                guard let sextet = sextets[digit] else { throw bad }
                bits = bits << 6 | sextet
            }
            bits <<= UInt32(6 * (4 - group.count))
            for index in 0..<(group.count - 1) { bytes.append(UInt8(bits >> UInt32(16 - 8 * index) & 255)) }
        }
        return .bytes(bytes)
    }
}
