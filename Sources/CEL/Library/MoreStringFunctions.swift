extension Library {
    static let moreStrings: [Function] = [
        Function("lowerAscii", [.member([.string], .string)], .one(lowerASCII)),
        Function("upperAscii", [.member([.string], .string)], .one(upperASCII)),
        Function("trim", [.member([.string], .string)], .one(trim)),
        Function("reverse", [.member([.string], .string), .member([.list(a)], .list(a))], .one(reverse)),
        Function("replace", [.member([.string, .string, .string], .string)], .three(replaceAll)),
        Function("replace", [.member([.string, .string, .string, .int], .string)], .many(replaceSome)),
        Function("split", [.member([.string, .string], .list(.string))], .two(splitAll)),
        Function("split", [.member([.string, .string, .int], .list(.string))], .three(splitSome)),
        Function("join", [.member([.list(.string)], .string)], .one(joinPlain)),
        Function("join", [.member([.list(.string), .string], .string)], .two(join)),
        Function("strings.quote", [.global([.string], .string)], .one(quote)),
        Function("format", [.member([.string, .list(.dyn)], .string)], .two(Formatting.format)),
    ]

    private static func mapped(
        _ name: String, _ value: Value, _ frame: inout Frame, _ body: (UInt8) -> UInt8
    ) throws(EvaluationError) -> Value {
        guard case .string(let text) = value else { throw EvaluationError.noOverload(name, value) }
        try frame.build(text.utf8.count)
        return .string(String(decoding: text.utf8.map(body), as: UTF8.self))
    }

    @Sendable private static func lowerASCII(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        try mapped("lowerAscii", value, &frame) {
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0
        }
    }

    @Sendable private static func upperASCII(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        try mapped("upperAscii", value, &frame) {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 32 : $0
        }
    }

    @Sendable private static func trim(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        guard case .string(let text) = value else { throw EvaluationError.noOverload("trim", value) }
        try frame.spend(bytes: text.utf8.count)
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return .string("") }
        return .string(String(scalars[first...last]))
    }

    @Sendable private static func reverse(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        switch value {
        case .string(let text):
            try frame.build(text.utf8.count)
            var view = String.UnicodeScalarView()
            view.append(contentsOf: text.unicodeScalars.reversed())
            return .string(String(view))
        case .list(let list):
            try frame.build(elements: list.count)
            return .list(ListValue(list.elements.reversed()))
        default: throw EvaluationError.noOverload("reverse", value)
        }
    }

    @Sendable private static func replaceAll(
        _ text: Value, _ old: Value, _ new: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .string(let text) = text, case .string(let old) = old, case .string(let new) = new else {
            throw EvaluationError.noOverload("replace", text, old, new)
        }
        return try replace(old, new, in: text, limit: -1, &frame)
    }

    @Sendable private static func replaceSome(
        _ arguments: [Value], _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard arguments.count == 4, case .string(let text) = arguments[0], case .string(let old) = arguments[1],
            case .string(let new) = arguments[2], case .int(let limit) = arguments[3]
        else { throw EvaluationError(.noSuchOverload("replace", arguments.map(\.typeName.name))) }
        return try replace(old, new, in: text, limit: limit, &frame)
    }

    private static func replace(
        _ old: String, _ new: String, in text: String, limit: Int64, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        try frame.spend(bytes: text.utf8.count)
        let bytes = Array(text.utf8)
        // Before each code point and at the end, where nothing is to be replaced.
        var found =
            old.isEmpty
            ? bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 } + [bytes.count]
            : ByteSearch.indices(of: Array(old.utf8), in: bytes)
        if limit >= 0, limit < Int64(found.count) { found.removeLast(found.count - Int(limit)) }
        let (added, overflow) = found.count.multipliedReportingOverflow(by: new.utf8.count)
        try frame.build(overflow ? .max : added)
        try frame.build(bytes.count)
        var result: [UInt8] = []
        var position = 0
        for index in found {
            result += bytes[position..<index]
            result += new.utf8
            position = index + old.utf8.count
        }
        result += bytes[position...]
        return .string(String(decoding: result, as: UTF8.self))
    }

    @Sendable private static func splitAll(
        _ text: Value, _ separator: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .string(let text) = text, case .string(let separator) = separator else {
            throw EvaluationError.noOverload("split", text, separator)
        }
        return try split(text, separator, limit: -1, &frame)
    }

    @Sendable private static func splitSome(
        _ text: Value, _ separator: Value, _ limit: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .string(let text) = text, case .string(let separator) = separator, case .int(let limit) = limit
        else {
            throw EvaluationError.noOverload("split", text, separator, limit)
        }
        return try split(text, separator, limit: limit, &frame)
    }

    private static func split(
        _ text: String, _ separator: String, limit: Int64, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        if limit == 0 { return .list([]) }
        try frame.spend(bytes: text.utf8.count)
        try frame.build(text.utf8.count)
        let bytes = Array(text.utf8)
        // An empty separator stands between all code points.
        var found =
            separator.isEmpty
            ? bytes.indices.dropFirst().filter { bytes[$0] & 0xC0 != 0x80 }
            : ByteSearch.indices(of: Array(separator.utf8), in: bytes)
        if limit > 0, limit - 1 < Int64(found.count) { found.removeLast(found.count - Int(limit - 1)) }
        if separator.isEmpty, bytes.isEmpty { return .list([]) }
        try frame.build(elements: found.count + 1)
        var parts: [Value] = []
        var position = 0
        for index in found {
            parts.append(.string(String(decoding: bytes[position..<index], as: UTF8.self)))
            position = index + separator.utf8.count
        }
        parts.append(.string(String(decoding: bytes[position...], as: UTF8.self)))
        return .list(parts)
    }

    @Sendable private static func joinPlain(_ list: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        try join(list, .string(""), &frame)
    }

    @Sendable private static func join(
        _ list: Value, _ separator: Value, _ frame: inout Frame
    ) throws(EvaluationError) -> Value {
        guard case .list(let elements) = list, case .string(let separator) = separator else {
            throw EvaluationError.noOverload("join", list, separator)
        }
        var result = ""
        for index in 0..<elements.count {
            let element = elements[index]
            guard case .string(let text) = element else { throw EvaluationError.noOverload("join", element) }
            try frame.spend(1)
            try frame.build(text.utf8.count + separator.utf8.count)
            if index > 0 { result += separator }
            result += text
        }
        return .string(result)
    }

    @Sendable private static func quote(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        guard case .string(let text) = value else { throw EvaluationError.noOverload("strings.quote", value) }
        try frame.build(text.utf8.count)
        return .string(quoted(text))
    }
}
