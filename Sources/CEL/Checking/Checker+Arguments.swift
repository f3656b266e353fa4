// What can be said of arguments before they are evaluated, beyond their types.

extension Checker {
    /// Reports arguments that are literals and cannot do.
    mutating func checkLiteralArguments(_ name: String, _ arguments: [Expression]) {
        if name == "matches", let pattern = arguments.last, case .literal(.string(let text)) = pattern.kind {
            checkPattern(text, pattern)
        }
    }

    private mutating func checkPattern(_ text: String, _ literal: Expression) {
        guard let problem = CompiledPattern.problem(in: text) else { return }
        // The offset within the pattern becomes one within the source, whatever escapes stand before it.
        let bytes = source[literal.place.start..<min(literal.place.end, source.count)]
        var place = literal.place
        if let read = TextLiteral(in: Array(bytes), at: 0), read.end == bytes.count {
            let start = literal.place.start + read.origin(ofByte: problem.offset)
            let end = literal.place.start + read.origin(ofByte: problem.offset + 1)
            place = SourceRange(start, max(end, start))
        }
        report(.badPattern(problem.reason), at: place)
    }

    /// `math.greatest`, `math.least`: numbers, or one list of numbers.
    mutating func typeOfExtreme(_ name: String, _ types: [ValueType], of expression: Expression) -> ValueType {
        guard !types.isEmpty else {
            report(.badArgument(name, "takes at least one argument"), at: expression.place)
            return .error
        }
        if types.count == 1, case .list(let element) = substitution.shallow(types[0]) {
            if case .parameter = substitution.shallow(element) { return .dyn }
            return typeOfExtreme(name, [element], all: types, of: expression)
        }
        return typeOfExtreme(name, types, all: types, of: expression)
    }

    private mutating func typeOfExtreme(
        _ name: String, _ numbers: [ValueType], all: [ValueType], of expression: Expression
    ) -> ValueType {
        var results: Set<ValueType> = []
        for type in numbers {
            let plain = known(type)
            if plain == .dyn || plain == .error {
                results.insert(.dyn)
                continue
            }
            guard let number = [ValueType.int, .uint, .double].first(where: { substitution.assign(type, to: $0) })
            else {
                report(.noOverload(name, all.map { known($0) }), at: expression.place)
                return .error
            }
            results.insert(number)
        }
        return results.count == 1 ? results.first ?? .dyn : .dyn
    }
}
