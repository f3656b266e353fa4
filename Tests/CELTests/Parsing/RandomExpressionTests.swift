import AuditTestSupport
import Testing

@testable import CEL

struct RandomExpressionTests {
    @Test func `what is printed reads as the same tree`() throws {
        var random = RandomExpression(SeededGenerator(seed: 20261124))
        for _ in 0..<3000 {
            let source = random.text(depth: 4)
            let expression = try Environment().parse(source)
            let printed = expression.description
            let again = try Environment().parse(printed)
            #expect(again.outline == expression.outline, "\(source) printed as \(printed)")
            #expect(again.description == printed)
        }
    }

    @Test func `every expression gives a value or an error, checked or not, and never ends the process`() throws {
        var random = RandomExpression(SeededGenerator(seed: 42))
        let map = try #require(MapValue([(.string("k"), .int(1)), (.string("x"), .list([.int(1), .string("a")]))]))
        let variables: [String: Value] = [
            "a": .int(.max), "b": .double(0.5), "m": .map(map), "l": .list([.int(3), .int(1)]), "s": .string("é-ß"),
        ]
        let environment = Environment(variables: variables.mapValues { _ in .dyn })
        let limits = Limits(steps: 20_000, builtBytes: 1 << 16)
        var values = 0
        for round in 0..<4000 {
            let source = random.text(depth: 1 + round % 4)
            let unchecked = try environment.compile(source, checking: .none)
            let result = unchecked.evaluate(variables: variables, limits: limits)
            if case .success = result { values += 1 }
            let traced = unchecked.trace(variables: variables, limits: limits).result
            #expect(isSame(result, traced), "\(source)")
            guard let checked = try? environment.compile(source) else { continue }
            #expect(isSame(result, checked.evaluate(variables: variables, limits: limits)), "\(source)")
        }
        #expect(values > 300)
    }

    @Test func `any bytes are read or refused`() {
        var generator = SeededGenerator(seed: 9)
        let words = [
            "(", ")", "[", "]", "{", "}", "a", ".", "?", ":", ",", "&&", "||", "'", "\"", "\\", "in", "for", "1", "1.",
            "0x",
            "-", "!", "`", "r'", "b'''", "has", "all", "é", "\u{0}", "//", "\n", "==",
        ]
        for _ in 0..<4000 {
            let count = Int.random(in: 0...12, using: &generator)
            let source = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }.joined()
            do {
                _ = try Environment(variables: ["a": .dyn]).compile(source)
            } catch {
                #expect(!error.mistakes.isEmpty)
                for mistake in error.mistakes {
                    #expect(mistake.utf8Range.upperBound <= source.utf8.count)
                    #expect(!mistake.sentence.isEmpty)
                }
            }
        }
    }

    private func isSame(_ one: Result<Value, EvaluationError>, _ other: Result<Value, EvaluationError>) -> Bool {
        switch (one, other) {
        case (.success(let one), .success(let other)): text(of: one) == text(of: other)
        case (.failure(let one), .failure(let other)): one.description == other.description
        default: false
        }
    }
}

extension Expression {
    /// The tree without places and numbers.
    fileprivate var outline: String {
        let name =
            switch kind {
            case .literal(let literal): "\(literal)"
            case .identifier(let name, let isRooted): "\(isRooted)\(name)"
            case .select(_, let field, let isOptional): "select \(field) \(isOptional)"
            case .presence(_, let field): "has \(field)"
            case .index(_, _, let isOptional): "index \(isOptional)"
            case .call(let name, let isRooted, _): "call \(name) \(isRooted)"
            case .memberCall(_, let name, _): "member \(name)"
            case .not: "!"
            case .negate: "-"
            case .binary(let operation, _, _): operation.rawValue
            case .and: "&&"
            case .or: "||"
            case .conditional: "?:"
            case .list(let elements): "list \(elements.map(\.isOptional))"
            case .map(let entries): "map \(entries.map(\.isOptional))"
            case .comprehension(let it): "\(it.kind) \(it.first) \(it.second ?? "") \(it.condition != nil)"
            case .bind(let variable, _, _): "bind \(variable)"
            case .optionalMap(_, let variable, _, let isFlat): "optMap \(variable) \(isFlat)"
            case .invalid: "invalid"
            }
        return "(" + name + children.map { " " + $0.outline }.joined() + ")"
    }
}
