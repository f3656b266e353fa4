// A macro looks like a call and binds names. Where the number of arguments is none that the macro has, the call stays a
// call, and the checker says what it thinks of it.

extension Parser {
    mutating func globalMacro(_ name: String, _ arguments: [Expression], at place: SourceRange) -> Expression? {
        guard name == "has", arguments.count == 1 else { return nil }
        guard case .select(let operand, let field, isOptional: false) = arguments[0].kind else {
            report(.badPresence, at: arguments[0].place)
            return make(.invalid, place)
        }
        // At the field that is asked for, where a mistake in its name is shown.
        return make(.presence(operand, field: field), arguments[0].place)
    }

    mutating func memberMacro(
        _ name: String, on target: Expression, _ arguments: [Expression], at place: SourceRange
    ) -> Expression? {
        switch (name, arguments.count) {
        case ("bind", 3) where target.simpleName == "cel":
            guard let variable = variable(arguments[0], of: "cel.bind") else { return make(.invalid, place) }
            return make(.bind(variable: variable, arguments[1], arguments[2]), place)
        case ("optMap", 2), ("optFlatMap", 2):
            guard let variable = variable(arguments[0], of: name) else { return make(.invalid, place) }
            let isFlat = name == "optFlatMap"
            return make(.optionalMap(target, variable: variable, arguments[1], isFlat: isFlat), place)
        case ("all", 2), ("exists", 2), ("exists_one", 2), ("existsOne", 2), ("map", 2), ("filter", 2), ("sortBy", 2):
            return comprehension(name, target, arguments, names: 1, hasCondition: false, at: place)
        case ("map", 3): return comprehension(name, target, arguments, names: 1, hasCondition: true, at: place)
        case ("all", 3), ("exists", 3), ("exists_one", 3), ("existsOne", 3), ("transformList", 3),
            ("transformMap", 3), ("transformMapEntry", 3):
            return comprehension(name, target, arguments, names: 2, hasCondition: false, at: place)
        case ("transformList", 4), ("transformMap", 4), ("transformMapEntry", 4):
            return comprehension(name, target, arguments, names: 2, hasCondition: true, at: place)
        default: return nil
        }
    }

    private mutating func comprehension(
        _ name: String, _ range: Expression, _ arguments: [Expression], names: Int, hasCondition: Bool,
        at place: SourceRange
    ) -> Expression {
        let kind = Expression.Comprehension.Kind(rawValue: name == "existsOne" ? "exists_one" : name)
        let variables = arguments.prefix(names).map { variable($0, of: name) }
        if names == 2, let first = variables[0], first == variables[1] {
            report(.repeatedVariable(first, macro: name), at: arguments[1].place)
            return make(.invalid, place)
        }
        guard let kind, let first = variables[0], names == 1 || variables[1] != nil else {
            return make(.invalid, place)
        }
        return make(
            .comprehension(
                Expression.Comprehension(
                    kind: kind, range: range, first: first, second: names == 2 ? variables[1] : nil,
                    condition: hasCondition ? arguments[names] : nil, body: arguments[arguments.count - 1])), place)
    }

    private mutating func variable(_ argument: Expression, of macro: String) -> String? {
        if let name = argument.simpleName { return name }
        if case .invalid = argument.kind { return nil }
        report(.badVariable(macro: macro), at: argument.place)
        return nil
    }
}
