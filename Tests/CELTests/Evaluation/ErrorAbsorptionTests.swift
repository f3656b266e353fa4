import CEL
import Testing

/// Every cell of the tables of `&&` and `||`, with E for an error.
struct ErrorAbsorptionTests {
    private static let operands = ["T": "true", "F": "false", "E": "(1 / 0 == 1)"]

    @Test(arguments: [
        ("T", "T", "T"), ("T", "F", "F"), ("T", "E", "E"), ("F", "T", "F"), ("F", "F", "F"), ("F", "E", "F"),
        ("E", "T", "E"), ("E", "F", "F"), ("E", "E", "E"),
    ])
    func `and is false where any operand is, then fails, then is true`(left: String, right: String, result: String) {
        check(left, right, result, "&&", all: true)
    }

    @Test(arguments: [
        ("T", "T", "T"), ("T", "F", "T"), ("T", "E", "T"), ("F", "T", "T"), ("F", "F", "F"), ("F", "E", "E"),
        ("E", "T", "T"), ("E", "F", "E"), ("E", "E", "E"),
    ])
    func `or is true where any operand is, then fails, then is false`(left: String, right: String, result: String) {
        check(left, right, result, "||", all: false)
    }

    private func check(_ left: String, _ right: String, _ result: String, _ symbol: String, all: Bool) {
        let expected = ["T": "true", "F": "false", "E": "!division by zero"][result]
        let one = Self.operands[left] ?? ""
        let other = Self.operands[right] ?? ""
        #expect(outcome("\(one) \(symbol) \(other)") == expected)
        // The same with what is known only at run time, in rows of three, and as a loop over the operands.
        let variables: [String: Value] = ["T": .bool(true), "F": .bool(false), "zero": .int(0)]
        let running = ["T": "T", "F": "F", "E": "(1 / zero == 1)"]
        let (first, second) = (running[left] ?? "", running[right] ?? "")
        #expect(outcome("\(first) \(symbol) \(second)", variables) == expected)
        #expect(outcome("\(first) \(symbol) \(second) \(symbol) \(all ? "T" : "F")", variables) == expected)
        let macro = all ? "all" : "exists"
        let body = "x == 'T' ? T : x == 'F' ? F : 1 / zero == 1"
        #expect(outcome("['\(left)', '\(right)'].\(macro)(x, \(body))", variables) == expected)
        #expect(
            outcome(
                "{'\(left)1': 0, '\(right)2': 0}.\(macro)(k, v, k.startsWith('T') ? T : k.startsWith('F') ? F : 1 / zero == 1)",
                variables) == expected)
    }

    @Test func `the first of several errors is told`() {
        #expect(outcome("1 / 0 == 1 && {}.a") == "!division by zero")
        #expect(outcome("{}.a || 1 / 0 == 1") == "!no such key: a")
    }

    @Test(arguments: [
        ("1 / 0 == 1 ? true : false", "!division by zero"), ("!(1 / 0 == 1)", "!division by zero"),
        ("[1, 0].exists_one(x, 1 / x == 1)", "!division by zero"), ("[1, 0].map(x, 1 / x)", "!division by zero"),
        ("[1, 0].filter(x, 1 / x == 1)", "!division by zero"), ("'a' && false", "false"),
        ("'a' && true", "!no such overload: bool(string)"), ("true ? 1 : 1 / 0", "1"),
    ])
    func `nothing else absorbs an error`(source: String, expected: String) {
        #expect(outcome(source) == expected)
    }
}
