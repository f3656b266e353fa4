extension Library {
    static let conversions: [Function] = [
        Function("dyn", [.global([a], .dyn)], .one { (value, _) throws(EvaluationError) in value }),
        Function(
            "type", [.global([a], .type(a))], .one { (value, _) throws(EvaluationError) in .type(value.typeName) }),
        Function("bool", [.global([.bool], .bool), .global([.string], .bool)], .one(bool)),
        Function(
            "int",
            [.int, .uint, .double, .string, .timestamp, .duration].map { .global([$0], .int) }, .one(int)),
        Function("uint", [.uint, .int, .double, .string].map { .global([$0], .uint) }, .one(uint)),
        Function("double", [.double, .int, .uint, .string].map { .global([$0], .double) }, .one(double)),
        Function(
            "string",
            [
                .string, .bool, .int, .uint, .double, .bytes, .timestamp, .duration, .opaque("net.IP", []),
                .opaque("net.CIDR", []),
            ].map { .global([$0], .string) }, .one(string)),
        Function("bytes", [.bytes, .string].map { .global([$0], .bytes) }, .one(bytes)),
        Function("timestamp", [.timestamp, .string, .int].map { .global([$0], .timestamp) }, .one(timestamp)),
        Function("duration", [.duration, .string, .int].map { .global([$0], .duration) }, .one(duration)),
    ]

    @Sendable private static func bool(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        switch value {
        case .bool: return value
        case .string("1"), .string("t"), .string("true"), .string("TRUE"), .string("True"), .string("T"):
            return .bool(true)
        case .string("0"), .string("f"), .string("false"), .string("FALSE"), .string("False"), .string("F"):
            return .bool(false)
        case .string: throw EvaluationError(.badConversion(value.shortText, to: "bool"))
        default: throw EvaluationError.noOverload("bool", value)
        }
    }

    @Sendable private static func int(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        let result: Int64?
        switch value {
        case .int: return value
        case .uint(let number): result = Int64(exactly: number)
        // ±2^63 are refused both: whether a double of that size was meant to be in range, its rounding hides.
        case .double(let number): result = number == -0x1p63 ? nil : Int64(exactly: number.rounded(.towardZero))
        case .string(let text):
            guard let number = Int64(decimal: text) else {
                throw EvaluationError(.badConversion(value.shortText, to: "int"))
            }
            return .int(number)
        case .timestamp(let time): return .int(time.seconds)
        case .duration(let span): return .int(span.nanoseconds / 1_000_000_000)
        default: throw EvaluationError.noOverload("int", value)
        }
        guard let result else { throw EvaluationError(.outOfRange(value.shortText, "int")) }
        return .int(result)
    }

    @Sendable private static func uint(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        let result: UInt64?
        switch value {
        case .uint: return value
        case .int(let number): result = UInt64(exactly: number)
        case .double(let number): result = number < 0 ? nil : UInt64(exactly: number.rounded(.towardZero))
        case .string(let text):
            guard !text.isEmpty, text.utf8.allSatisfy(isDigit), let number = UInt64(text) else {
                throw EvaluationError(.badConversion(value.shortText, to: "uint"))
            }
            return .uint(number)
        default: throw EvaluationError.noOverload("uint", value)
        }
        guard let result else { throw EvaluationError(.outOfRange(value.shortText, "uint")) }
        return .uint(result)
    }

    @Sendable private static func double(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        switch value {
        case .double: return value
        case .int(let number): return .double(Double(number))
        case .uint(let number): return .double(Double(number))
        case .string(let text):
            try frame.spend(bytes: text.utf8.count)
            guard let number = Double(celText: text) else {
                throw EvaluationError(.badConversion(value.shortText, to: "double"))
            }
            return .double(number)
        default: throw EvaluationError.noOverload("double", value)
        }
    }

    @Sendable static func string(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        switch value {
        case .string: return value
        case .bool(let value): return .string(value ? "true" : "false")
        case .int(let number): return .string(String(number))
        case .uint(let number): return .string(String(number))
        case .double(let number): return .string(number.celText)
        case .bytes(let bytes):
            try frame.build(bytes.count)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw EvaluationError(.badArgument("string", "the bytes are not UTF-8"))
            }
            return .string(text)
        case .timestamp(let time): return .string(time.description)
        case .duration(let span): return .string(span.description)
        case .opaque(let value): return .string(value.description)
        default: throw EvaluationError.noOverload("string", value)
        }
    }

    @Sendable private static func bytes(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        switch value {
        case .bytes: return value
        case .string(let text):
            try frame.build(text.utf8.count)
            return .bytes(Array(text.utf8))
        default: throw EvaluationError.noOverload("bytes", value)
        }
    }

    @Sendable private static func timestamp(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        let result: TimestampValue?
        switch value {
        case .timestamp: return value
        case .string(let text): result = TimestampValue(text)
        case .int(let seconds): result = TimestampValue(seconds: seconds)
        default: throw EvaluationError.noOverload("timestamp", value)
        }
        guard let result else { throw EvaluationError(.badConversion(value.shortText, to: "timestamp")) }
        return .timestamp(result)
    }

    @Sendable private static func duration(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        let result: DurationValue?
        switch value {
        case .duration: return value
        case .string(let text): result = DurationValue(text)
        case .int(let seconds):
            let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
            result = overflow ? nil : DurationValue(nanoseconds: nanoseconds)
        default: throw EvaluationError.noOverload("duration", value)
        }
        guard let result else { throw EvaluationError(.badConversion(value.shortText, to: "duration")) }
        return .duration(result)
    }
}

extension Int64 {
    /// Reads decimal digits with an optional sign; nil for anything else or what is out of range.
    init?(decimal text: String) {
        let digits =
            text.utf8.first == UInt8(ascii: "-") || text.utf8.first == UInt8(ascii: "+")
            ? text.utf8.dropFirst() : text.utf8[...]
        guard !digits.isEmpty, digits.allSatisfy(isDigit), let value = Int64(text) else { return nil }
        self = value
    }
}
