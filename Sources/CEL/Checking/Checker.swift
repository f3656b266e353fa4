/// Finds what each name of an expression stands for and which type each part has; tells all that does not fit.
struct Checker {
    /// What a part of an expression stands for beyond its form.
    enum Resolution: Sendable {
        /// A variable of the environment, by its full name; a chain of selections can be one, too.
        case variable(String)
        /// A name that a macro bound, by how many were bound around it.
        case local(Int)
        case type(TypeName)
        /// A call of a function by its full name, without a target.
        case function(String)
        /// A call on a target.
        case member
        case unknown(EvaluationError.Cause)
    }

    let environment: Environment
    /// The text, for places within literals.
    let source: [UInt8]
    var mistakes: [(cause: MistakeCause, place: SourceRange)] = []
    /// By the ids of expressions; nil where there is nothing to find.
    private(set) var resolutions: [Resolution?]
    /// By the ids of expressions.
    private(set) var types: [ValueType]
    var substitution = TypeSubstitution()
    private var scope: [(name: String, type: ValueType)] = []

    init(_ environment: Environment, source: String, count: Int) {
        self.environment = environment
        self.source = Array(source.utf8)
        resolutions = Array(repeating: nil, count: count)
        types = Array(repeating: .error, count: count)
    }

    /// Checks a whole expression; gives its type.
    mutating func check(whole expression: Expression, result wanted: ValueType) -> ValueType {
        let type = check(expression)
        if !substitution.assign(type, to: wanted) {
            report(.wrongResult(substitution.resolved(type, unknownAsDyn: true), wanted: wanted), at: expression.place)
        }
        if substitution.isExhausted { report(.typesTooLarge, at: expression.place) }
        for index in types.indices { types[index] = substitution.resolved(types[index], unknownAsDyn: true) }
        return types[expression.id]
    }

    mutating func report(_ cause: MistakeCause, at place: SourceRange) {
        mistakes.append((cause, place))
    }

    mutating func resolve(_ expression: Expression, as resolution: Resolution) {
        resolutions[expression.id] = resolution
    }

    /// The type as far as it is known by now.
    func known(_ type: ValueType) -> ValueType { substitution.resolved(type) }

    @discardableResult
    mutating func check(_ expression: Expression) -> ValueType {
        let type = type(of: expression)
        types[expression.id] = type
        return type
    }

    private mutating func type(of expression: Expression) -> ValueType {
        switch expression.kind {
        case .literal(let literal): return literal.type
        case .identifier(let name, let isRooted):
            return typeOfName(name, isRooted: isRooted, of: expression) ?? undeclared(name, expression)
        case .select(let operand, let field, let isOptional):
            return typeOfSelection(operand, field, isOptional: isOptional, of: expression)
        case .presence(let operand, let field):
            let operandType = check(operand)
            _ = typeOfField(field, in: operandType, at: expression.fieldPlace(field))
            return .bool
        case .index(let operand, let index, let isOptional):
            return typeOfIndex(operand, index, isOptional: isOptional, of: expression)
        case .call(let function, let isRooted, let arguments):
            return typeOfCall(function, isRooted: isRooted, arguments, of: expression)
        case .memberCall(let target, let function, let arguments):
            return typeOfMemberCall(target, function, arguments, of: expression)
        case .not(let operand):
            demandBool(operand, "the operand of '!'")
            return .bool
        case .negate(let operand): return typeOfNegation(operand, of: expression)
        case .binary(let operation, let left, let right): return typeOfBinary(operation, left, right, of: expression)
        case .and(let operands):
            for operand in operands { demandBool(operand, "each operand of '&&'") }
            return .bool
        case .or(let operands):
            for operand in operands { demandBool(operand, "each operand of '||'") }
            return .bool
        case .conditional(let condition, let yes, let no): return typeOfConditional(condition, yes, no, of: expression)
        case .list(let elements): return typeOfList(elements)
        case .map(let entries): return typeOfMap(entries)
        case .comprehension(let comprehension): return typeOfComprehension(comprehension)
        case .bind(let variable, let value, let result):
            let valueType = check(value)
            return withVariables([(variable, valueType)]) { $0.check(result) }
        case .optionalMap(let target, let variable, let result, let isFlat):
            return typeOfOptionalMap(target, variable, result, isFlat: isFlat)
        case .invalid: return .error
        }
    }

    mutating func demandBool(_ operand: Expression, _ role: String) {
        let type = check(operand)
        if !substitution.assign(type, to: .bool) { report(.notBoolean(role, known(type)), at: operand.place) }
    }

    // MARK: Names

    /// Checks with more names in scope.
    mutating func withVariables<Result>(
        _ variables: [(name: String, type: ValueType)], _ body: (inout Checker) -> Result
    ) -> Result {
        scope += variables
        defer { scope.removeLast(variables.count) }
        return body(&self)
    }

    func local(_ name: String) -> Int? { scope.lastIndex { $0.name == name } }

    /// The type of a name that is declared, or nil.
    private mutating func typeOfName(_ name: String, isRooted: Bool, of expression: Expression) -> ValueType? {
        if !isRooted, let index = local(name) {
            resolve(expression, as: .local(index))
            return scope[index].type
        }
        for candidate in environment.candidates(for: name, isRooted: isRooted) {
            if let type = environment.variables[candidate] {
                resolve(expression, as: .variable(candidate))
                return type
            }
            if let denotation = TypeName.denotations[candidate] {
                resolve(expression, as: .type(denotation.name))
                return .type(denotation.type)
            }
        }
        return nil
    }

    private mutating func undeclared(_ name: String, _ expression: Expression) -> ValueType {
        let names = scope.map(\.name) + environment.variables.keys
        report(.undeclaredName(name, nearest: NearestName.to(name, among: names)), at: expression.place)
        resolve(expression, as: .unknown(.undeclaredName(name)))
        return .error
    }

    /// The parts of `a.b.c` where it may be a name as a whole, which it is not where `a` is bound by a macro.
    func qualifiedName(_ expression: Expression) -> (name: String, isRooted: Bool)? {
        switch expression.kind {
        case .identifier(let name, let isRooted): isRooted || local(name) == nil ? (name, isRooted) : nil
        case .select(let operand, let field, false):
            qualifiedName(operand).map { ($0.name + "." + field, $0.isRooted) }
        default: nil
        }
    }

    private mutating func typeOfSelection(
        _ operand: Expression, _ field: String, isOptional: Bool, of expression: Expression
    ) -> ValueType {
        // The longest name that is declared wins, so the whole chain is tried before its parts.
        if !isOptional, let name = qualifiedName(expression),
            let type = typeOfName(name.name, isRooted: name.isRooted, of: expression)
        {
            return type
        }
        let operandType = check(operand)
        let type = typeOfField(field, in: operandType, at: expression.fieldPlace(field))
        if case .optional = known(operandType) { return .optional(type) }
        return isOptional ? .optional(type) : type
    }

    /// The type of a field, looking through optional and nullable types.
    mutating func typeOfField(_ field: String, in type: ValueType, at place: SourceRange) -> ValueType {
        switch substitution.shallow(type) {
        case .dyn, .error: return .dyn
        case .parameter:
            _ = substitution.assign(type, to: .dyn)
            return .dyn
        case .optional(let wrapped), .nullable(let wrapped):
            return typeOfField(field, in: wrapped, at: place)
        case .map(let key, let value):
            if !substitution.assign(.string, to: key) { report(.badIndex(.string, of: known(type)), at: place) }
            return value
        case .object(let object):
            if let type = object.fields[field] { return type }
            if object.isOpen { return .dyn }
            let nearest = NearestName.to(field, among: object.fields.keys)
            report(.undeclaredField(field, of: object.name, nearest: nearest), at: place)
            return .error
        default:
            report(.noFields(known(type), field: field), at: place)
            return .error
        }
    }
}

extension Expression.Literal {
    var type: ValueType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        }
    }
}

extension Expression {
    /// Where the name of a field stands, at the end of a selection.
    fileprivate func fieldPlace(_ field: String) -> SourceRange {
        SourceRange(max(place.start, place.end - field.utf8.count), place.end)
    }
}
