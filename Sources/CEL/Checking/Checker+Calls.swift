extension Checker {
    mutating func typeOfCall(
        _ name: String, isRooted: Bool, _ arguments: [Expression], of expression: Expression
    ) -> ValueType {
        let types = arguments.map { check($0) }
        for candidate in environment.candidates(for: name, isRooted: isRooted) {
            guard let functions = environment.functions[candidate] else { continue }
            resolve(expression, as: .function(candidate))
            return typeOfCall(functions, candidate, types, arguments, isMember: false, of: expression)
        }
        return unknownFunction(name, given: arguments.count, expression)
    }

    mutating func typeOfMemberCall(
        _ target: Expression, _ name: String, _ arguments: [Expression], of expression: Expression
    ) -> ValueType {
        // `math.abs(x)` looks like a call on `math`.
        if let qualified = qualifiedName(target) {
            let full = qualified.name + "." + name
            for candidate in environment.candidates(for: full, isRooted: qualified.isRooted) {
                guard let functions = environment.functions[candidate] else { continue }
                let types = arguments.map { check($0) }
                resolve(expression, as: .function(candidate))
                return typeOfCall(functions, candidate, types, arguments, isMember: false, of: expression)
            }
            if let known = missingNamespaceFunction(full, target, arguments.count, expression) {
                for argument in arguments { check(argument) }
                return known
            }
        }
        let types = ([target] + arguments).map { check($0) }
        resolve(expression, as: .member)
        guard let functions = environment.functions[name] else {
            return unknownFunction(name, given: arguments.count, expression)
        }
        return typeOfCall(functions, name, types, [target] + arguments, isMember: true, of: expression)
    }

    /// `math.absolute(x)`: what stands before the dot is no variable, but the beginning of functions' names.
    private mutating func missingNamespaceFunction(
        _ full: String, _ target: Expression, _ given: Int, _ expression: Expression
    ) -> ValueType? {
        guard case .identifier(let namespace, _) = target.kind,
            namespace == "cel" || environment.functions.keys.contains(where: { $0.hasPrefix(namespace + ".") }),
            !environment.candidates(for: namespace, isRooted: false).contains(where: {
                environment.variables[$0] != nil || TypeName.denotations[$0] != nil
            })
        else { return nil }
        resolve(target, as: .unknown(.undeclaredName(namespace)))
        return unknownFunction(full, given: given, expression)
    }

    private mutating func unknownFunction(_ name: String, given: Int, _ expression: Expression) -> ValueType {
        resolve(expression, as: .unknown(.unknownFunction(name)))
        if let expected = Self.macroArities[name] {
            report(.wrongArity(name, given: given, expected: expected), at: expression.place)
            return .error
        }
        let known = Array(environment.functions.keys) + Self.macros
        report(.unknownFunction(name, nearest: NearestName.to(name, among: known)), at: expression.place)
        return .error
    }

    /// Names that are macros where they have the right number of arguments, with the numbers.
    private static let macroArities: [String: [Int]] = [
        "has": [1], "all": [2, 3], "exists": [2, 3], "exists_one": [2, 3], "existsOne": [2, 3], "map": [2, 3],
        "filter": [2], "transformList": [3, 4], "transformMap": [3, 4], "transformMapEntry": [3, 4], "sortBy": [2],
        "optMap": [2], "optFlatMap": [2], "cel.bind": [3],
    ]
    private static let macros = Array(macroArities.keys)

    private mutating func typeOfCall(
        _ functions: [Function], _ name: String, _ types: [ValueType], _ arguments: [Expression], isMember: Bool,
        of expression: Expression
    ) -> ValueType {
        if Library.variadic.contains(name) { return typeOfExtreme(name, types, of: expression) }
        let all = functions.flatMap(\.overloads)
        let sameCall = all.filter { $0.isMember == isMember }
        if sameCall.isEmpty {
            report(isMember ? .notAMember(name) : .onlyAMember(name), at: expression.place)
            return .error
        }
        let fitting = sameCall.filter { $0.parameters.count == types.count }
        if fitting.isEmpty {
            let receiver = isMember ? 1 : 0
            let arities = Set(sameCall.map { $0.parameters.count - receiver }).sorted()
            report(.wrongArity(name, given: types.count - receiver, expected: arities), at: expression.place)
            return .error
        }
        checkLiteralArguments(name, arguments)
        if let result = result(of: fitting, for: types) { return result }
        report(.noOverload(name, types.map { known($0) }), at: expression.place)
        return .error
    }

    /// The type of the result where at least one overload fits: of several different ones, `dyn`.
    mutating func result(of overloads: [Overload], for types: [ValueType]) -> ValueType? {
        var found: ValueType?
        for overload in overloads where overload.parameters.count == types.count {
            let (parameters, result) = substitution.instantiated(overload)
            guard substitution.assign(types, to: parameters) else { continue }
            let resolved = substitution.resolved(result)
            if let found, found != resolved { return .dyn }
            found = resolved
        }
        return found
    }

    // MARK: Macros

    mutating func typeOfComprehension(_ it: Expression.Comprehension) -> ValueType {
        let range = check(it.range)
        let (first, second, element) = iteration(over: range, it)
        var variables = [(it.first, it.second == nil ? element : first)]
        if let name = it.second { variables.append((name, second)) }
        return withVariables(variables) { checker in
            if let condition = it.condition { checker.demandBool(condition, "the condition of \(it.kind.rawValue)()") }
            switch it.kind {
            case .all, .exists, .existsOne:
                checker.demandBool(it.body, "the condition of \(it.kind.rawValue)()")
                return .bool
            case .filter:
                checker.demandBool(it.body, "the condition of filter()")
                return .list(element)
            case .map, .transformList: return .list(checker.check(it.body))
            case .transformMap: return .map(key: first, value: checker.check(it.body))
            case .transformMapEntry:
                let entry = checker.check(it.body)
                let wanted = ValueType.map(key: checker.substitution.fresh(), value: checker.substitution.fresh())
                if checker.substitution.assign(entry, to: wanted) { return wanted }
                checker.report(
                    .badArgument(it.kind.rawValue, "gives a map for each element, not \(checker.known(entry))"),
                    at: it.body.place)
                return .error
            case .sortBy:
                let key = checker.check(it.body)
                if !Library.isSortable(checker.known(key)) {
                    checker.report(.noOrder("sortBy", checker.known(key)), at: it.body.place)
                }
                return .list(element)
            }
        }
    }

    /// The types of the first and second variable, and of the only one.
    private mutating func iteration(
        over range: ValueType, _ it: Expression.Comprehension
    ) -> (first: ValueType, second: ValueType, only: ValueType) {
        switch substitution.shallow(range) {
        case .list(let element): return (.int, element, element)
        case .map(let key, let value): return (key, value, key)
        case .object: return (.string, .dyn, .string)
        case .nullable(let wrapped): return iteration(over: wrapped, it)
        case .dyn, .error: return (.dyn, .dyn, .dyn)
        case .parameter:
            _ = substitution.assign(range, to: .dyn)
            return (.dyn, .dyn, .dyn)
        default:
            report(.notIterable(it.kind.rawValue, known(range)), at: it.range.place)
            return (.error, .error, .error)
        }
    }

    mutating func typeOfOptionalMap(
        _ target: Expression, _ variable: String, _ result: Expression, isFlat: Bool
    ) -> ValueType {
        let macro = isFlat ? "optFlatMap()" : "optMap()"
        let element = unwrapped(check(target), isOptional: true, macro, at: target.place)
        let type = withVariables([(variable, element)]) { $0.check(result) }
        guard isFlat else { return .optional(type) }
        return .optional(unwrapped(type, isOptional: true, "the result of optFlatMap()", at: result.place))
    }
}
