extension Planner {
    mutating func binary(
        _ operation: Expression.BinaryOperator, _ left: Expression, _ right: Expression, at place: SourceRange
    ) -> any Node {
        let nodes = [node(left), node(right)]
        let made: any Node =
            switch operation {
            case .equal, .notEqual: equality(nodes[0], nodes[1], isNegated: operation == .notEqual)
            case .less: order(.less, nodes[0], nodes[1], at: place)
            case .lessOrEqual: order(.lessOrEqual, nodes[0], nodes[1], at: place)
            case .greater: order(.greater, nodes[0], nodes[1], at: place)
            case .greaterOrEqual: order(.greaterOrEqual, nodes[0], nodes[1], at: place)
            case .within: membership(nodes[0], nodes[1], at: place)
            case .add, .subtract, .multiply, .divide, .remainder:
                ArithmeticNode(operation, nodes[0], nodes[1], at: place)
            }
        return folded(made, from: nodes, at: place)
    }

    private func membership(_ element: any Node, _ container: any Node, at place: SourceRange) -> any Node {
        if case .list(let list)? = container.constant, list.count >= ConstantMembershipNode.minimumCount,
            let node = ConstantMembershipNode(element, list)
        {
            return node
        }
        return MembershipNode(element, container, at: place)
    }

    private func equality(_ left: any Node, _ right: any Node, isNegated: Bool) -> any Node {
        if let slot = left as? SlotNode, let constant = right.constant,
            let node = ConstantEqualityNode(slot, constant, isNegated: isNegated)
        {
            return node
        }
        if let slot = right as? SlotNode, let constant = left.constant,
            let node = ConstantEqualityNode(slot, constant, isNegated: isNegated)
        {
            return node
        }
        return EqualityNode(left, right, isNegated: isNegated)
    }

    private func order(_ operation: OrderOperator, _ left: any Node, _ right: any Node, at place: SourceRange)
        -> any Node
    {
        let general = OrderNode(operation, left, right, at: place)
        if let slot = left as? SlotNode, case .int(let bound)? = right.constant {
            return ConstantOrderNode(operation, slot, bound, general)
        }
        if let slot = right as? SlotNode, case .int(let bound)? = left.constant {
            return ConstantOrderNode(operation.mirrored, slot, bound, general)
        }
        return general
    }

    mutating func call(
        _ resolution: Checker.Resolution?, _ target: Expression?, _ arguments: [Expression], _ member: String,
        at place: SourceRange
    ) -> any Node {
        switch resolution {
        case .function(let name):
            return call(name, isMember: false, arguments, at: place)
        case .member:
            return call(member, isMember: true, (target.map { [$0] } ?? []) + arguments, at: place)
        case .unknown(let cause): return FailureNode(cause, at: place)
        case .variable, .local, .type, nil: return FailureNode(.unknownFunction(member), at: place)
        }
    }

    private mutating func call(
        _ name: String, isMember: Bool, _ arguments: [Expression], at place: SourceRange
    ) -> any Node {
        let nodes = arguments.map { node($0) }
        if isMember, nodes.count == 2 {
            if name == "orValue" || name == "or" {
                return AlternativeNode(nodes[0], nodes[1], isUnwrapping: name == "orValue", at: place)
            }
        }
        if name == "matches", nodes.count == 2, case .string(let pattern)? = nodes[1].constant,
            let compiled = try? CompiledPattern(pattern)
        {
            return folded(MatchesNode(nodes[0], compiled, at: place), from: nodes, at: place)
        }
        let key = FunctionKey(name: name, isMember: isMember, arity: nodes.count)
        let anyArity = FunctionKey(name: name, isMember: isMember, arity: FunctionKey.anyArity)
        guard let implementation = environment.implementations[key] ?? environment.implementations[anyArity] else {
            let isDeclared = environment.functions[name]?.contains { FunctionKey.all(of: $0).contains(key) } ?? false
            if isDeclared { return FailureNode(.noImplementation(name), at: place) }
            let types = Array(repeating: "?", count: nodes.count)
            return FailureNode(
                environment.functions[name] == nil ? .unknownFunction(name) : .noSuchOverload(name, types), at: place)
        }
        let made: any Node
        switch (implementation, nodes.count) {
        case (.one(let body), 1): made = UnaryCallNode(body, nodes[0], at: place)
        case (.two(let body), 2): made = BinaryCallNode(body, nodes[0], nodes[1], at: place)
        case (.three(let body), 3): made = TernaryCallNode(body, (nodes[0], nodes[1], nodes[2]), at: place)
        case (.many(let body), _): made = CallNode(body, nodes, at: place)
        case (.one, _), (.two, _), (.three, _):
            made = FailureNode(.noSuchOverload(name, Array(repeating: "?", count: nodes.count)), at: place)
        }
        if isMember, nodes.count == 2, Library.readsClock(name), case .string(let zone)? = nodes[1].constant,
            environment.timeZones != nil
        {
            noteUnknown(zone, at: arguments[1].place)
        }
        // A host's function may know more than its arguments.
        return environment.hostFunctions.contains(name) ? made : folded(made, from: nodes, at: place)
    }
}

extension Planner {
    /// A time zone that is not known today is known at no other moment.
    private mutating func noteUnknown(_ zone: String, at place: SourceRange) {
        let surroundings = Frame.Surroundings(timeZones: environment.timeZones, localCount: 0)
        do throws(EvaluationError) {
            _ = try Frame.evaluating([], surroundings, Limits()) { (frame) throws(EvaluationError) in
                Value.int(try Library.secondsFromUTC(in: zone, at: 0, frame))
            }
        } catch {
            noteCertain(error, at: place)
        }
    }
}

extension Node {
    /// The value, where it is the same in each evaluation.
    var constant: Value? { (self as? ConstantNode)?.value }
}
