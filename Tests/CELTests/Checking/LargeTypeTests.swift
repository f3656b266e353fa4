import CEL
import Testing

/// A short text can have types of any size; checking one ends all the same.
struct LargeTypeTests {
    @Test(arguments: [
        ("cel.bind(x, {}, (x == {'a': x[0]}) ? ", "x"), ("cel.bind(x, {x: x}, ", "x"), ("cel.bind(x, {'k': x}, ", "x"),
        ("cel.bind(x, [x, x], ", "x"), ("cel.bind(x, optional.of([x]), ", "x"),
        ("cel.bind(x, {}, cel.bind(y, x.all(k, v, k == y && v == y), x == x && ", "y"),
    ])
    func `nested bindings are checked or refused`(opening: String, core: String) {
        let closing = opening.contains("?") ? " : x)" : String(repeating: ")", count: opening.count(of: "cel.bind"))
        for depth in [5, 40, 80] {
            let source = String(repeating: opening, count: depth) + core + String(repeating: closing, count: depth)
            _ = mistakes(source, variables: ["x": .dyn, "y": .dyn])
        }
    }

    @Test func `key and value of a map that double at each step are refused`() {
        var source = "true"
        for index in (1...60).reversed() {
            source =
                "cel.bind(m\(index), {}, m\(index).all(k, v, k == [m\(index - 1)] && v == [m\(index - 1)]) && \(source))"
        }
        #expect(mistakes(source, variables: ["m0": .int]).contains { $0.contains("too large to check") })
    }

    @Test(arguments: ["[]", "{}", "[[]]", "optional.none()", "[{}]", "dyn([])", "1", "'a'"])
    func `a long list of empty values has one type`(element: String) throws {
        let count = 16_000 / (element.utf8.count + 1)
        let source = "[" + Array(repeating: element, count: count).joined(separator: ",") + "]"
        #expect(try Environment().compile(source).resultType.description.hasPrefix("list("))
    }
}

extension String {
    fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
