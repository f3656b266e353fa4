extension Checker {
    mutating func typeOfNegation(_ operand: Expression, of expression: Expression) -> ValueType {
        let type = check(operand)
        for number in [ValueType.int, .double] {
            let plain = known(type)
            if plain == .dyn || plain == .error { return .dyn }
            if substitution.assign(type, to: number) { return number }
        }
        report(.noOverload("-", [known(type)]), at: expression.place)
        return .error
    }

    mutating func typeOfBinary(
        _ operation: Expression.BinaryOperator, _ left: Expression, _ right: Expression, of expression: Expression
    ) -> ValueType {
        let leftType = check(left)
        let rightType = check(right)
        switch operation {
        case .equal, .notEqual:
            if !substitution.assign(leftType, to: rightType), !substitution.assign(rightType, to: leftType) {
                report(.incomparable(operation.rawValue, known(leftType), known(rightType)), at: expression.place)
            }
            return .bool
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            demandOrder(operation.rawValue, leftType, rightType, at: expression.place)
            return .bool
        case .within:
            demandMembership(leftType, rightType, at: expression.place)
            if case .literal(.string(let field)) = left.kind { demandField(field, of: rightType, at: left.place) }
            return .bool
        case .add, .subtract, .multiply, .divide, .remainder:
            return typeOfArithmetic(operation, leftType, rightType, of: expression)
        }
    }

    private static let ordered: [ValueType] = [.bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration]

    private mutating func demandOrder(
        _ symbol: String, _ left: ValueType, _ right: ValueType, at place: SourceRange
    ) {
        for type in Self.ordered where substitution.assign([left, right], to: [type, type]) { return }
        for type in [left, right] {
            var trial = substitution
            if !Self.ordered.contains(where: { trial.assign(type, to: $0) }) {
                return report(.noOrder(symbol, known(type)), at: place)
            }
        }
        report(.incomparable(symbol, known(left), known(right)), at: place)
    }

    private mutating func demandMembership(_ element: ValueType, _ container: ValueType, at place: SourceRange) {
        let wanted = substitution.fresh()
        switch substitution.shallow(container) {
        case .dyn, .error: return
        case .parameter: if substitution.assign([container, element], to: [.list(wanted), wanted]) { return }
        case .nullable(let wrapped): return demandMembership(element, wrapped, at: place)
        case .list(let own): if areComparable(element, own) { return }
        case .map(let key, _): if areComparable(element, key) { return }
        case .object: if substitution.assign(element, to: .string) { return }
        default: break
        }
        report(.badMember(known(element), of: known(container)), at: place)
    }

    /// `'name' in object` is never true of a field that the object cannot have.
    private mutating func demandField(_ field: String, of container: ValueType, at place: SourceRange) {
        switch substitution.shallow(container) {
        case .nullable(let wrapped): demandField(field, of: wrapped, at: place)
        case .object(let object) where !object.isOpen && object.fields[field] == nil:
            let nearest = NearestName.to(field, among: Array(object.fields.keys))
            report(.undeclaredField(field, of: object.name, nearest: nearest), at: place)
        default: break
        }
    }

    private mutating func areComparable(_ left: ValueType, _ right: ValueType) -> Bool {
        substitution.assign(left, to: right) || substitution.assign(right, to: left)
    }

    /// (left, right, result) by operator.
    private static let arithmetic: [Expression.BinaryOperator: [(ValueType, ValueType, ValueType)]] = {
        let numbers: [(ValueType, ValueType, ValueType)] = [
            (.int, .int, .int), (.uint, .uint, .uint), (.double, .double, .double),
        ]
        return [
            .add: numbers + [
                (.string, .string, .string), (.bytes, .bytes, .bytes), (.timestamp, .duration, .timestamp),
                (.duration, .timestamp, .timestamp), (.duration, .duration, .duration),
                (.list(.parameter("A")), .list(.parameter("A")), .list(.parameter("A"))),
            ],
            .subtract: numbers + [
                (.timestamp, .timestamp, .duration), (.timestamp, .duration, .timestamp),
                (.duration, .duration, .duration),
            ],
            .multiply: numbers, .divide: numbers, .remainder: Array(numbers.prefix(2)),
        ]
    }()

    private mutating func typeOfArithmetic(
        _ operation: Expression.BinaryOperator, _ left: ValueType, _ right: ValueType, of expression: Expression
    ) -> ValueType {
        let overloads = (Self.arithmetic[operation] ?? []).map { Overload([$0.0, $0.1], $0.2) }
        if let result = result(of: overloads, for: [left, right]) { return result }
        report(.badOperands(operation.rawValue, known(left), known(right)), at: expression.place)
        return .error
    }

    mutating func typeOfConditional(
        _ condition: Expression, _ yes: Expression, _ no: Expression, of expression: Expression
    ) -> ValueType {
        demandBool(condition, "the condition of '?:'")
        let yesType = check(yes)
        let noType = check(no)
        let result = substitution.fresh()
        if substitution.assign([yesType, noType], to: [result, result]) { return substitution.resolved(result) }
        report(.differentResults(known(yesType), known(noType)), at: expression.place)
        return .error
    }

    mutating func typeOfIndex(
        _ operand: Expression, _ index: Expression, isOptional: Bool, of expression: Expression
    ) -> ValueType {
        let operandType = check(operand)
        let indexType = check(index)
        let element = typeOfElement(of: operandType, at: indexType, index, of: expression)
        if case .optional = known(operandType) { return .optional(element) }
        return isOptional ? .optional(element) : element
    }

    private mutating func typeOfElement(
        of type: ValueType, at indexType: ValueType, _ index: Expression, of expression: Expression
    ) -> ValueType {
        switch substitution.shallow(type) {
        case .dyn, .error: return .dyn
        case .parameter:
            _ = substitution.assign(type, to: .dyn)
            return .dyn
        case .optional(let wrapped), .nullable(let wrapped):
            return typeOfElement(of: wrapped, at: indexType, index, of: expression)
        case .list(let element):
            if substitution.assign(indexType, to: .int) { return element }
        case .map(let key, let value):
            if areComparable(indexType, key) { return value }
        case .object:
            if case .literal(.string(let field)) = index.kind {
                return typeOfField(field, in: type, at: index.place)
            }
            if substitution.assign(indexType, to: .string) { return .dyn }
        default:
            report(.notIndexable(known(type)), at: expression.place)
            return .error
        }
        report(.badIndex(known(indexType), of: known(type)), at: index.place)
        return .error
    }

    // MARK: Literals

    mutating func typeOfList(_ elements: [Expression.ListElement]) -> ValueType {
        var joined: ValueType?
        for element in elements {
            let type = unwrapped(check(element.value), isOptional: element.isOptional, "[?x]", at: element.value.place)
            joined = joined.map { substitution.joined($0, type) } ?? type
        }
        return .list(joined ?? substitution.fresh())
    }

    mutating func typeOfMap(_ entries: [Expression.MapEntry]) -> ValueType {
        var joinedKey: ValueType?
        var joinedValue: ValueType?
        for entry in entries {
            var key = check(entry.key)
            var trial = substitution
            if ![ValueType.int, .uint, .bool, .string].contains(where: { trial.assign(key, to: $0) }) {
                report(.badKey(known(key)), at: entry.key.place)
                key = .error
            }
            joinedKey = joinedKey.map { substitution.joined($0, key) } ?? key
            let value = unwrapped(
                check(entry.value), isOptional: entry.isOptional, "{?key: value}", at: entry.value.place)
            joinedValue = joinedValue.map { substitution.joined($0, value) } ?? value
        }
        return .map(key: joinedKey ?? substitution.fresh(), value: joinedValue ?? substitution.fresh())
    }

    /// What is in an optional value, where one must be.
    mutating func unwrapped(_ type: ValueType, isOptional: Bool, _ role: String, at place: SourceRange) -> ValueType {
        guard isOptional else { return type }
        let wrapped = substitution.fresh()
        if substitution.assign(type, to: .optional(wrapped)) {
            let known = substitution.shallow(type)
            return known == .dyn || known == .error ? .dyn : wrapped
        }
        report(.notOptional(role, known(type)), at: place)
        return .error
    }
}
