/// Writes random expressions: well formed, and often, but not always, well typed.
struct RandomExpression<Generator: RandomNumberGenerator> {
    var generator: Generator
    private var names = ["a", "b", "m", "l", "s"]

    init(_ generator: Generator) {
        self.generator = generator
    }

    private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &generator) ?? "" }

    private mutating func name() -> String { pick(names) }

    private static var leaves: [String] {
        [
            "0", "1", "-1", "7u", "2.5", "-0.0", "1e300", "9223372036854775807", "-9223372036854775808", "0x10",
            "18446744073709551615u", "true", "false", "null", "''", "'é😀'", "\"a\\n\\\"\"", "b'\\xff'", "r'\\d+'", "[]",
            "{}",
            "timestamp('2026-11-24T12:00:00Z')", "duration('-1.5h')", "optional.none()", "int", "double('NaN')",
        ]
    }

    /// An expression of at most so many levels.
    mutating func text(depth: Int) -> String {
        guard depth > 0 else { return Bool.random(using: &generator) ? name() : pick(Self.leaves) }
        let inner = { (self: inout Self) in self.text(depth: depth - 1) }
        switch Int.random(in: 0..<20, using: &generator) {
        case 0...4:
            let symbol = pick(["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in"])
            return operand(depth) + " " + symbol + " " + operand(depth)
        case 5: return operand(depth) + pick([" && ", " || "]) + operand(depth)
        case 6: return operand(depth) + " ? " + operand(depth) + " : " + inner(&self)
        case 7: return pick(["!", "-", "--", "!!"]) + operand(depth)
        case 8: return operand(depth) + pick([".", ".?"]) + pick(["k", "x", "`a-b`", "as"])
        case 9: return operand(depth) + pick(["[", "[?"]) + inner(&self) + "]"
        case 10: return "[" + pick(["", "?"]) + inner(&self) + ", " + inner(&self) + "]"
        case 11: return "{" + pick(["", "?"]) + inner(&self) + ": " + inner(&self) + "}"
        case 12:
            return pick([
                "size", "int", "uint", "double", "string", "bytes", "bool", "type", "dyn", "timestamp", "duration",
                "math.abs", "math.ceil", "math.greatest", "optional.of", "optional.ofNonZeroValue", "base64.encode",
                "base64.decode", "strings.quote", "lists.range", "ip", "cidr",
            ]) + "(" + inner(&self) + ")"
        case 13:
            return operand(depth) + "."
                + pick([
                    "size", "trim", "reverse", "lowerAscii", "getHours", "hasValue", "value", "sort",
                    "distinct", "flatten", "join", "first", "last", "getFullYear", "masked", "family",
                ]) + "()"
        case 14:
            return operand(depth) + "."
                + pick([
                    "contains", "startsWith", "matches", "charAt", "indexOf", "lastIndexOf", "split",
                    "join", "format", "substring", "or", "orValue", "flatten", "getHours", "containsIP",
                ]) + "(" + inner(&self) + ")"
        case 15:
            return operand(depth) + "." + pick(["replace", "substring", "indexOf", "split", "slice", "lastIndexOf"])
                + "("
                + inner(&self) + ", " + inner(&self) + ")"
        case 16, 17: return macro(depth)
        case 18: return "has(" + operand(depth) + "." + pick(["k", "x"]) + ")"
        default: return "cel.bind(v, " + inner(&self) + ", " + bound(["v"], depth) + ")"
        }
    }

    private mutating func macro(_ depth: Int) -> String {
        let range = operand(depth)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0:
            return range + "." + pick(["all", "exists", "exists_one", "map", "filter", "sortBy"]) + "(v, "
                + bound(["v"], depth) + ")"
        case 1:
            return range + "."
                + pick(["all", "exists", "existsOne", "transformList", "transformMap", "transformMapEntry"])
                + "(v, w, " + bound(["v", "w"], depth) + ")"
        case 2: return range + ".map(v, " + bound(["v"], depth) + ", " + bound(["v"], depth) + ")"
        default: return range + pick([".optMap(v, ", ".optFlatMap(v, "]) + bound(["v"], depth) + ")"
        }
    }

    private mutating func bound(_ new: [String], _ depth: Int) -> String {
        let before = names
        names += new
        defer { names = before }
        return text(depth: depth - 1)
    }

    private mutating func operand(_ depth: Int) -> String {
        Bool.random(using: &generator) ? "(" + text(depth: depth - 1) + ")" : text(depth: 0)
    }
}
