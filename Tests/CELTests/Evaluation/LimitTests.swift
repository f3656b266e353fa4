import CEL
import Testing

struct LimitTests {
    private static let tooManySteps = "!the evaluation took more than 1000000 steps"
    private static let tooMuchBuilt = "!the evaluation built more than 1048576 bytes of values"

    @Test(arguments: [
        "lists.range(1000).all(x, lists.range(1000).all(y, lists.range(1000).all(z, true)))",
        "lists.range(3000).all(x, !(x in lists.range(3000).map(y, y + 3000)) || true) && false",
        "cel.bind(a, lists.range(2000), a.all(x, a.all(y, x == y || true)))",
    ])
    func `an evaluation that takes too many steps is refused`(source: String) {
        let said = outcome(source)
        #expect(said == Self.tooManySteps || said == Self.tooMuchBuilt)
    }

    @Test(arguments: [
        "lists.range(100000)", "lists.range(9223372036854775807)",
        "cel.bind(a, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', cel.bind(b, a+a+a+a+a+a+a+a+a+a+a+a, cel.bind(c, b+b+b+b+b+b+b+b+b+b+b+b+b, c+c+c+c+c+c+c+c+c+c+c+c+c)))",
        "'%.1000f'.format([1.0]).replace('', '0123456789012345678901234567890123456789').replace('', 'abcdefghijklmnopqrstuvwxyz0123456789')",
        "lists.range(1000).map(x, lists.range(x))",
    ])
    func `an evaluation that builds too much is refused`(source: String) {
        #expect(outcome(source) == Self.tooMuchBuilt)
    }

    @Test func `values that share their parts cannot be compared for ever`() {
        var source = "[['a', 'b']]"
        for _ in 0..<30 { source += ".map(x, [x, x])" }
        #expect(outcome("cel.bind(v, \(source), v == v)") == Self.tooManySteps)
    }

    @Test func `no operator absorbs a limit`() {
        let endless = "lists.range(1000).all(x, lists.range(1000).all(y, x + y >= 0))"
        #expect(outcome("\(endless) || true") == Self.tooManySteps)
        #expect(outcome("[1].exists(z, \(endless)) || true") == Self.tooManySteps)
    }

    @Test func `limits can be set`() throws {
        let program = try Environment(variables: ["n": .int]).compile("lists.range(n).all(x, x >= 0)")
        let limits = Limits(steps: 100, builtBytes: 10_000)
        #expect(program.evaluate(variables: ["n": .int(10)], limits: limits).failureText == nil)
        #expect(
            program.evaluate(variables: ["n": .int(200)], limits: limits).failureText
                == "the evaluation took more than 100 steps")
        #expect(
            program.evaluate(variables: ["n": .int(2000)], limits: limits).failureText
                == "the evaluation built more than 10000 bytes of values")
    }
}
