extension Library {
    static let bits: [Function] = [
        bitwise("math.bitAnd", { $0 & $1 }, { $0 & $1 }),
        bitwise("math.bitOr", { $0 | $1 }, { $0 | $1 }),
        bitwise("math.bitXor", { $0 ^ $1 }, { $0 ^ $1 }),
        Function(
            "math.bitNot", [.global([.int], .int), .global([.uint], .uint)],
            .one { (value, _) throws(EvaluationError) in
                switch value {
                case .int(let number): return .int(~number)
                case .uint(let number): return .uint(~number)
                default: throw EvaluationError.noOverload("math.bitNot", value)
                }
            }),
        // Swift's smart shifts give 0 from 64 on; to the right the sign is not kept.
        shift("math.bitShiftLeft") { $0 << $1 },
        shift("math.bitShiftRight") { $0 >> $1 },
    ]

    private static func bitwise(
        _ name: String, _ signed: @escaping @Sendable (Int64, Int64) -> Int64,
        _ unsigned: @escaping @Sendable (UInt64, UInt64) -> UInt64
    ) -> Function {
        Function(
            name, [.global([.int, .int], .int), .global([.uint, .uint], .uint)],
            .two { (left, right, _) throws(EvaluationError) in
                switch (left, right) {
                case (.int(let left), .int(let right)): return .int(signed(left, right))
                case (.uint(let left), .uint(let right)): return .uint(unsigned(left, right))
                default: throw EvaluationError.noOverload(name, left, right)
                }
            })
    }

    private static func shift(_ name: String, _ body: @escaping @Sendable (UInt64, Int64) -> UInt64) -> Function {
        Function(
            name, [.global([.int, .int], .int), .global([.uint, .int], .uint)],
            .two { (value, distance, _) throws(EvaluationError) in
                guard case .int(let places) = distance else { throw EvaluationError.noOverload(name, value, distance) }
                guard places >= 0 else {
                    throw EvaluationError(.badArgument(name, "the number of places \(places) is negative"))
                }
                switch value {
                case .int(let number):
                    return .int(Int64(bitPattern: body(UInt64(bitPattern: number), places)))
                case .uint(let number): return .uint(body(number, places))
                default: throw EvaluationError.noOverload(name, value, distance)
                }
            })
    }
}
