/// Turns a checked expression into nodes: names into places, constant parts into their values, chains of selections from a
/// variable into slots.
struct Planner {
    let environment: Environment
    let resolutions: [Checker.Resolution?]
    /// Whether the nodes shall write down what they read.
    let isTracing: Bool
    var slots: SlotTable
    /// The slots that are read, in the order of first mention.
    private(set) var usedSlots: [Int] = []
    private(set) var localCount = 0
    /// What fails in each evaluation that comes to it, since it is made of constants alone; in the order of the text.
    private(set) var certainErrors: [EvaluationError] = []
    private var depth = 0
    /// Names of list elements that are not made, by the checker's numbers.
    private var deferredNames: Set<Int> = []

    init(_ environment: Environment, _ resolutions: [Checker.Resolution?], slots: SlotTable, isTracing: Bool) {
        self.environment = environment
        self.resolutions = resolutions
        self.slots = slots
        self.isTracing = isTracing
    }

    /// The node of an expression.
    /// - Parameter isStep: whether more steps of the same chain follow, so that it is not yet what is read.
    mutating func node(_ expression: Expression, isStep: Bool = false) -> any Node {
        if let reference = reference(expression) {
            return traced(SlotNode(slot(of: reference), reference, at: expression.place), isStep: isStep)
        }
        let place = expression.place
        switch expression.kind {
        case .literal(let literal): return ConstantNode(literal.value)
        case .identifier(let name, _): return node(of: resolutions[expression.id], name, isStep, at: place)
        case .select(let operand, let field, let isOptional):
            if case .type(let name)? = resolutions[expression.id] { return ConstantNode(.type(name)) }
            if !isOptional, case .local(let number)? = resolutions[operand.id], deferredNames.contains(number) {
                return DeferredFieldNode(element: number * 2, index: number * 2 + 1, field: field, at: place)
            }
            let operand = node(operand, isStep: !isOptional)
            if isOptional {
                return folded(OptionalSelectNode(operand, field: field, at: place), from: [operand], at: place)
            }
            return traced(
                folded(SelectNode(operand, field: field, at: place), from: [operand], at: place), isStep: isStep)
        case .presence(let operand, let field): return presence(operand, field, at: place)
        case .index(let operand, let index, let isOptional):
            let operand = node(operand, isStep: !isOptional)
            let index = node(index)
            let node = folded(
                IndexNode(operand, index, isOptional: isOptional, at: place), from: [operand, index], at: place)
            return isOptional ? node : traced(node, isStep: isStep)
        case .call(_, _, let arguments):
            return call(resolutions[expression.id], nil, arguments, "", at: place)
        case .memberCall(let target, let function, let arguments):
            return call(resolutions[expression.id], target, arguments, function, at: place)
        case .not(let operand):
            let operand = node(operand)
            return folded(NotNode(operand), from: [operand], at: place)
        case .negate(let operand):
            let operand = node(operand)
            return folded(NegationNode(operand, at: place), from: [operand], at: place)
        case .binary(let operation, let left, let right): return binary(operation, left, right, at: place)
        case .and(let operands):
            let operands = operands.map { node($0) }
            return folded(LogicNode(operands, decisive: false), from: operands, at: place)
        case .or(let operands):
            let operands = operands.map { node($0) }
            return folded(LogicNode(operands, decisive: true), from: operands, at: place)
        case .conditional(let condition, let yes, let no):
            let nodes = [node(condition), node(yes), node(no)]
            return folded(ConditionalNode(nodes[0], nodes[1], nodes[2]), from: nodes, at: place)
        case .list(let elements):
            let nodes = elements.map { (node: node($0.value), isOptional: $0.isOptional) }
            return folded(ListNode(nodes, at: place), from: nodes.map(\.node), at: place)
        case .map(let entries):
            let nodes = entries.map {
                MapNode.Entry(key: node($0.key), value: node($0.value), isOptional: $0.isOptional)
            }
            return folded(MapNode(nodes, at: place), from: nodes.flatMap { [$0.key, $0.value] }, at: place)
        case .comprehension(let comprehension): return self.comprehension(comprehension, at: place)
        case .bind(_, let value, let result):
            let value = node(value, isStep: true)
            return withLocals(1) { planner, local in
                BindNode(local: local, value: value, result: planner.node(result))
            }
        case .optionalMap(let target, _, let result, let isFlat):
            let target = node(target)
            return withLocals(1) { planner, local in
                OptionalMapNode(target, local: local, planner.node(result), isFlat: isFlat, at: place)
            }
        case .invalid: return FailureNode(.undeclaredName(""), at: place)
        }
    }

    /// Plans with more names bound; each has two places, the second for the index of an element that is not made.
    private mutating func withLocals(_ count: Int, _ body: (inout Planner, Int) -> any Node) -> any Node {
        let first = depth
        depth += count
        localCount = max(localCount, depth * 2)
        defer { depth -= count }
        return body(&self, first * 2)
    }

    // MARK: Names

    private func node(
        of resolution: Checker.Resolution?, _ name: String, _ isStep: Bool, at place: SourceRange
    ) -> any Node {
        switch resolution {
        case .local(let number): traced(LocalNode(number * 2), isStep: isStep)
        case .type(let name): ConstantNode(.type(name))
        case .unknown(let cause): FailureNode(cause, at: place)
        case .variable, .function, .member, nil: FailureNode(.undeclaredName(name), at: place)
        }
    }

    private func traced(_ node: any Node, isStep: Bool) -> any Node {
        isTracing && !isStep && !(node is ConstantNode) ? TracedNode(node) : node
    }

    /// The chain of selections from a variable that an expression is, if it is one.
    func reference(_ expression: Expression) -> Reference? {
        if case .variable(let name)? = resolutions[expression.id] { return Reference(variable: name) }
        switch expression.kind {
        case .select(let operand, let field, isOptional: false):
            guard resolutions[expression.id] == nil else { return nil }
            return reference(operand).map { Reference(variable: $0.variable, path: $0.path + [field]) }
        case .index(let operand, let index, isOptional: false):
            guard case .literal(.string(let key)) = index.kind else { return nil }
            return reference(operand).map { Reference(variable: $0.variable, path: $0.path + [key]) }
        default: return nil
        }
    }

    private mutating func slot(of reference: Reference) -> Int {
        let index = slots.index(of: reference)
        if !usedSlots.contains(index) { usedSlots.append(index) }
        return index
    }

    private mutating func presence(_ operand: Expression, _ field: String, at place: SourceRange) -> any Node {
        if let base = reference(operand) {
            let reference = Reference(variable: base.variable, path: base.path + [field])
            return PresenceSlotNode(slot(of: reference), reference)
        }
        let operand = node(operand, isStep: true)
        return folded(PresenceNode(operand, field: field, at: place), from: [operand], at: place)
    }

    // MARK: Constants

    /// The node, or its value where all that it is made of is constant and it does not fail.
    mutating func folded(_ node: any Node, from parts: [any Node], at place: SourceRange) -> any Node {
        guard parts.allSatisfy({ $0 is ConstantNode }) else { return node }
        let surroundings = Frame.Surroundings(timeZones: environment.timeZones, localCount: 0)
        do throws(EvaluationError) {
            let value = try Frame.evaluating([], surroundings, Limits(steps: 10_000, builtBytes: 1 << 16)) {
                (frame) throws(EvaluationError) in
                try node.evaluate(&frame)
            }
            return ConstantNode(value)
        } catch {
            noteCertain(error, at: place)
            return node
        }
    }

    /// Keeps an error that no data can avert.
    mutating func noteCertain(_ error: EvaluationError, at place: SourceRange) {
        switch error.cause {
        // What was too much while planning may be little enough for an evaluation.
        case .tooManySteps, .tooMuchBuilt, .unavailable: break
        default: certainErrors.append(error.located(at: place))
        }
    }

    // MARK: Macros

    private mutating func comprehension(_ it: Expression.Comprehension, at place: SourceRange) -> any Node {
        let range = node(it.range)
        let cost = (it.condition?.stepsPerElement ?? 0) + it.body.stepsPerElement + 1
        let names = it.second == nil ? 1 : 2
        return withLocals(names) { planner, first in
            let second = it.second == nil ? nil : first + 2
            let element = second ?? first
            // The checker's number of the same name.
            let number = element / 2
            // Tracing needs the elements' paths, and filter and sortBy give the elements themselves.
            let isDeferred =
                !planner.isTracing && it.kind != .filter && it.kind != .sortBy
                && it.body.readsOnlyFields(of: number, planner.resolutions)
                && it.condition?.readsOnlyFields(of: number, planner.resolutions) ?? true
            let deferred = isDeferred ? element + 1 : nil
            if isDeferred { planner.deferredNames.insert(number) }
            defer { planner.deferredNames.remove(number) }
            let iteration = Iteration(
                range: range, first: first, second: second, deferred: deferred, cost: cost, name: it.kind.rawValue,
                place: place)
            let condition = it.condition.map { planner.node($0) }
            let body = planner.node(it.body)
            switch it.kind {
            case .all: return QuantifierNode(iteration, body, isExistential: false)
            case .exists: return QuantifierNode(iteration, body, isExistential: true)
            case .existsOne: return ExistsOneNode(iteration, body)
            case .map, .transformList: return ListTransformNode(iteration, condition: condition, result: body)
            case .filter:
                return ListTransformNode(iteration, condition: body, result: LocalNode(first))
            case .transformMap, .transformMapEntry:
                return MapTransformNode(
                    iteration, condition: condition, result: body, givesEntries: it.kind == .transformMapEntry)
            case .sortBy: return SortByNode(iteration, key: body)
            }
        }
    }
}

extension Expression {
    /// About how many parts are evaluated for one element of a loop; loops within count their own.
    var stepsPerElement: Int {
        if case .comprehension(let inner) = kind { return 1 + inner.range.stepsPerElement }
        return 1 + children.reduce(0) { $0 + $1.stepsPerElement }
    }
}

extension Expression {
    /// Whether a bound name is used for nothing but selections from it.
    func readsOnlyFields(of number: Int, _ resolutions: [Checker.Resolution?]) -> Bool {
        switch kind {
        case .identifier:
            if case .local(number)? = resolutions[id] { return false }
            return true
        case .select(let operand, _, isOptional: false):
            if case .local(number)? = resolutions[operand.id] { return true }
            return operand.readsOnlyFields(of: number, resolutions)
        default: return children.allSatisfy { $0.readsOnlyFields(of: number, resolutions) }
        }
    }
}

extension Expression.Literal {
    var value: Value {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .uint(let value): .uint(value)
        case .double(let value): .double(value)
        case .string(let value): .string(value)
        case .bytes(let value): .bytes(value)
        }
    }
}
