extension Library {
    static let strings: [Function] = [
        Function("charAt", [.member([.string, .int], .string)], .two(charAt)),
        Function("indexOf", [.member([.string, .string], .int)], .two(indexOf)),
        Function("indexOf", [.member([.string, .string, .int], .int)], .three(indexOfFrom)),
        Function("lastIndexOf", [.member([.string, .string], .int)], .two(lastIndexOf)),
        Function("lastIndexOf", [.member([.string, .string, .int], .int)], .three(lastIndexOfUpTo)),
        Function("substring", [.member([.string, .int], .string)], .two(substringFrom)),
        Function("substring", [.member([.string, .int, .int], .string)], .three(substring)),
    ]

    /// A text by code points.
    private static func scalars(_ text: String, _ frame: inout Frame) throws(EvaluationError) -> [Unicode.Scalar] {
        try frame.spend(bytes: text.utf8.count)
        try frame.build(text.utf8.count)
        return Array(text.unicodeScalars)
    }

    private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> Value {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return .string(String(view))
    }

    /// An index from 0 to the number of code points.
    private static func checked(_ index: Int64, _ count: Int) throws(EvaluationError) -> Int {
        guard index >= 0, index <= Int64(count) else {
            throw EvaluationError(.indexOutOfRange(index, count: count))
        }
        return Int(index)
    }

    @Sendable private static func charAt(
        _ text: Value, _ index: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .string(let whole) = text, case .int(let index) = index else {
            throw EvaluationError.noOverload("charAt", text, index)
        }
        let scalars = try scalars(whole, &frame)
        let position = try checked(index, scalars.count)
        return Self.text(scalars[position...].prefix(1))
    }

    @Sendable private static func indexOf(
        _ text: Value, _ part: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .string(let whole) = text, case .string(let part) = part else {
            throw EvaluationError.noOverload("indexOf", text, part)
        }
        return try index(of: part, in: whole, from: 0, &frame)
    }

    @Sendable private static func indexOfFrom(
        _ text: Value, _ part: Value, _ start: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .string(let whole) = text, case .string(let part) = part, case .int(let start) = start else {
            throw EvaluationError.noOverload("indexOf", text, part, start)
        }
        return try index(of: part, in: whole, from: start, &frame)
    }

    private static func index(
        of part: String, in whole: String, from start: Int64, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        try frame.spend(bytes: whole.utf8.count)
        let count = whole.codePointCount
        let start = try checked(start, count)
        let bytes = Array(whole.utf8)
        let from = byteOffset(ofCodePoint: start, in: bytes)
        guard let found = ByteSearch.firstIndex(of: Array(part.utf8), in: bytes, from: from) else { return .int(-1) }
        return .int(Int64(codePoints(before: found, in: bytes)))
    }

    @Sendable private static func lastIndexOf(
        _ text: Value, _ part: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .string(let whole) = text, case .string(let part) = part else {
            throw EvaluationError.noOverload("lastIndexOf", text, part)
        }
        return try lastIndex(of: part, in: whole, upTo: nil, &frame)
    }

    @Sendable private static func lastIndexOfUpTo(
        _ text: Value, _ part: Value, _ end: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .string(let whole) = text, case .string(let part) = part, case .int(let end) = end else {
            throw EvaluationError.noOverload("lastIndexOf", text, part, end)
        }
        return try lastIndex(of: part, in: whole, upTo: end, &frame)
    }

    private static func lastIndex(
        of part: String, in whole: String, upTo end: Int64?, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        try frame.spend(bytes: whole.utf8.count)
        let count = whole.codePointCount
        let end = try checked(end ?? Int64(count), count)
        let bytes = Array(whole.utf8)
        let upTo = byteOffset(ofCodePoint: end, in: bytes)
        guard let found = ByteSearch.lastIndex(of: Array(part.utf8), in: bytes, upTo: upTo) else { return .int(-1) }
        return .int(Int64(codePoints(before: found, in: bytes)))
    }

    private static func byteOffset(ofCodePoint index: Int, in bytes: [UInt8]) -> Int {
        var left = index
        for (offset, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
            if left == 0 { return offset }
            left -= 1
        }
        return bytes.count
    }

    private static func codePoints(before offset: Int, in bytes: [UInt8]) -> Int {
        bytes[..<offset].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }

    @Sendable private static func substringFrom(
        _ text: Value, _ start: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .string(let whole) = text, case .int(let start) = start else {
            throw EvaluationError.noOverload("substring", text, start)
        }
        let scalars = try scalars(whole, &frame)
        return Self.text(scalars[(try checked(start, scalars.count))...])
    }

    @Sendable private static func substring(
        _ text: Value, _ start: Value, _ end: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .string(let whole) = text, case .int(let start) = start, case .int(let end) = end else {
            throw EvaluationError.noOverload("substring", text, start, end)
        }
        let scalars = try scalars(whole, &frame)
        let first = try checked(start, scalars.count)
        let last = try checked(end, scalars.count)
        guard first <= last else {
            throw EvaluationError(.badArgument("substring", "the end \(last) is before the start \(first)"))
        }
        return Self.text(scalars[first..<last])
    }
}
