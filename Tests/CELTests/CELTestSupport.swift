import CEL

/// The value of an expression, checked first, over variables of any types.
func evaluate(_ source: String, _ variables: [String: Value] = [:]) throws -> Value {
    let environment = Environment(variables: variables.mapValues { _ in .dyn }, timeZones: FoundationTimeZones())
    return try environment.compile(source).evaluate(variables: variables).get()
}

/// What an expression gives, as text: the value, or the sentence of its error after `!`.
func outcome(_ source: String, _ variables: [String: Value] = [:], checking: Environment.Checking = .none) -> String {
    let environment = Environment(variables: variables.mapValues { _ in .dyn }, timeZones: FoundationTimeZones())
    do {
        let program = try environment.compile(source, checking: checking)
        return text(of: try program.evaluate(variables: variables).get())
    } catch let error as EvaluationError {
        return "!" + error.description
    } catch let error as CompilationError {
        return "!" + error.mistakes.map(\.sentence).joined(separator: " | ")
    } catch {
        return "\(error)"
    }
}

/// A value as the language would write it.
func text(of value: Value) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .uint(let value): "\(value)u"
    case .double(let value): "\(value)"
    case .string(let value): "'\(value)'"
    case .bytes(let value): "b\(value)"
    case .list(let list): "[" + list.elements.map(text(of:)).joined(separator: ", ") + "]"
    case .map(let map):
        "{" + map.keys.map { text(of: $0) + ": " + (map[$0].map(text(of:)) ?? "") }.joined(separator: ", ") + "}"
    case .timestamp(let value): value.description
    case .duration(let value): value.description
    case .type(let value): value.name
    case .optional(let value): value.value.map { "optional(\(text(of: $0)))" } ?? "none"
    case .opaque(let value): value.description
    }
}

/// All mistakes of a text, each as `start..<end: sentence` with offsets in Unicode scalars.
func mistakes(
    _ source: String, variables: [String: ValueType] = [:], result: ValueType = .dyn
) -> [String] {
    do {
        _ = try Environment(variables: variables).compile(source, result: result)
        return []
    } catch {
        return error.mistakes.map { "\($0.scalarRange): \($0.sentence)" }
    }
}
