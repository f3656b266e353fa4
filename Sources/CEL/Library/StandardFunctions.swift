extension Library {
    static let standard: [Function] = [
        Function(
            "size",
            [
                .global([.string], .int), .global([.bytes], .int), .global([.list(a)], .int),
                .global([.map(key: a, value: b)], .int), .member([.string], .int), .member([.bytes], .int),
                .member([.list(a)], .int), .member([.map(key: a, value: b)], .int),
            ], .one(size)),
        Function("contains", [.member([.string, .string], .bool)], .two(contains)),
        Function("startsWith", [.member([.string, .string], .bool)], .two(startsWith)),
        Function("endsWith", [.member([.string, .string], .bool)], .two(endsWith)),
        Function(
            "matches", [.member([.string, .string], .bool), .global([.string, .string], .bool)], .two(matches)),
    ]

    @Sendable private static func size(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        switch value {
        case .string(let text):
            try frame.spend(bytes: text.utf8.count)
            return .int(Int64(text.codePointCount))
        case .bytes(let bytes): return .int(Int64(bytes.count))
        case .list(let list): return .int(Int64(list.count))
        case .map(let map): return .int(Int64(map.count))
        default: throw EvaluationError.noOverload("size", value)
        }
    }

    @Sendable private static func contains(
        _ text: Value, _ part: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .string(let whole) = text, case .string(let part) = part else {
            throw EvaluationError.noOverload("contains", text, part)
        }
        try frame.spend(bytes: whole.utf8.count)
        return .bool(ByteSearch.firstIndex(of: Array(part.utf8), in: Array(whole.utf8)) != nil)
    }

    @Sendable private static func startsWith(
        _ text: Value, _ part: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .string(let whole) = text, case .string(let part) = part else {
            throw EvaluationError.noOverload("startsWith", text, part)
        }
        try frame.spend(bytes: part.utf8.count)
        return .bool(whole.beginsWithBytes(of: part))
    }

    @Sendable private static func endsWith(
        _ text: Value, _ part: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .string(let whole) = text, case .string(let part) = part else {
            throw EvaluationError.noOverload("endsWith", text, part)
        }
        try frame.spend(bytes: part.utf8.count)
        return .bool(whole.endsWithBytes(of: part))
    }

    @Sendable private static func matches(
        _ text: Value, _ pattern: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .string(let text) = text, case .string(let pattern) = pattern else {
            throw EvaluationError.noOverload("matches", text, pattern)
        }
        // Reading a pattern costs far more than its bytes.
        try frame.spend(1 + pattern.utf8.count)
        try frame.spend(bytes: text.utf8.count)
        return .bool(try CompiledPattern.compiled(pattern).isMatch(in: text))
    }
}

/// Search for bytes within bytes in linear time (Knuth, Morris and Pratt).
enum ByteSearch {
    /// The first index, from a start on, at which a part begins.
    static func firstIndex(of part: [UInt8], in whole: [UInt8], from start: Int = 0) -> Int? {
        guard let first = part.first else { return start <= whole.count ? start : nil }
        guard whole.count - start >= part.count else { return nil }
        if part.count == 1 { return whole[start...].firstIndex(of: first) }
        let borders = borders(of: part)
        var matched = 0
        for index in start..<whole.count {
            while matched > 0, part[matched] != whole[index] { matched = borders[matched - 1] }
            if part[matched] == whole[index] { matched += 1 }
            if matched == part.count { return index - part.count + 1 }
        }
        return nil
    }

    /// All indices at which a part begins, none within another; the part is not empty.
    static func indices(of part: [UInt8], in whole: [UInt8]) -> [Int] {
        var indices: [Int] = []
        guard whole.count >= part.count, !part.isEmpty else { return [] }
        let borders = borders(of: part)
        var matched = 0
        for index in whole.indices {
            while matched > 0, part[matched] != whole[index] { matched = borders[matched - 1] }
            if part[matched] == whole[index] { matched += 1 }
            if matched == part.count {
                indices.append(index - part.count + 1)
                matched = 0
            }
        }
        return indices
    }

    /// The last index, up to an end, at which a part begins.
    static func lastIndex(of part: [UInt8], in whole: [UInt8], upTo end: Int) -> Int? {
        let last = min(end, whole.count - part.count)
        guard last >= 0 else { return nil }
        if part.isEmpty { return last }
        let searched = Array(whole[..<(last + part.count)].reversed())
        return firstIndex(of: part.reversed(), in: searched).map { searched.count - $0 - part.count }
    }

    /// For each beginning of a part the length of its longest proper beginning that is also its end.
    private static func borders(of part: [UInt8]) -> [Int] {
        var borders = Array(repeating: 0, count: part.count)
        var length = 0
        for index in part.indices.dropFirst() {
            while length > 0, part[length] != part[index] { length = borders[length - 1] }
            if part[length] == part[index] { length += 1 }
            borders[index] = length
        }
        return borders
    }
}
