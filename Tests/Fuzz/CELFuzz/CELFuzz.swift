// Compiled into one module with the sources of CEL by Tests/Fuzz/run.sh, so that it needs no import of it.

private let inner = MapValue([
    (.string("k"), .int(.max)), (.string("x"), .list([.int(1), .string("é")])), (.string("n"), .null),
])
private let variables: [String: Value] = [
    "a": .int(3), "b": .double(0.5), "m": inner.map { .map($0) } ?? .null, "s": .string("e\u{301}-ß"),
    "l": .list([.int(3), .int(1), .bool(true)]), "t": TimestampValue(seconds: 0).map { .timestamp($0) } ?? .null,
]
private let environment = Environment(variables: variables.mapValues { _ in .dyn })
// Small, so that each input is quick.
private let limits = Limits(steps: 20_000, builtBytes: 1 << 16)

/// The input is the expression.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    do {
        let expression = try environment.parse(source)
        // What is printed reads as the same again.
        let printed = expression.description
        if printed.utf8.count < 8_000 {
            guard let again = try? environment.parse(printed) else { preconditionFailure("does not read: \(printed)") }
            precondition(again.description == printed, "prints otherwise: \(printed)")
        }
        let unchecked = try environment.compile(source, checking: .none)
        let result = unchecked.evaluate(variables: variables, limits: limits)
        let (traced, operands) = unchecked.trace(variables: variables, limits: limits)
        precondition(isValue(result) == isValue(traced), "traces otherwise: \(printed)")
        precondition(operands.count <= 1000)
    } catch {
        check(error, source)
    }
    do {
        let program = try environment.compile(source, result: .bool)
        if case .success(let value) = program.evaluate(variables: variables, limits: limits) {
            // What is checked cannot give anything else, unless it is known only at run time what it gives.
            if case .bool = value { return 0 }
            precondition(program.resultType == .dyn || program.resultType == .error)
        }
    } catch {
        check(error, source)
    }
    return 0
}

private func isValue(_ result: Result<Value, EvaluationError>) -> Bool {
    if case .success = result { true } else { false }
}

private func check(_ error: CompilationError, _ source: String) {
    precondition(!error.mistakes.isEmpty)
    for mistake in error.mistakes {
        precondition(!mistake.sentence.isEmpty)
        precondition(mistake.utf8Range.upperBound <= source.utf8.count)
        precondition(mistake.scalarRange.upperBound <= source.unicodeScalars.count)
    }
}
