/// What the type parameters of overloads and of empty literals were found to stand for.
///
/// Types go together by assignability rather than by equality: `dyn` goes with everything, `null` with what can be null,
/// and a parameter takes the more general of the types it meets.
struct TypeSubstitution {
    private var bindings: [String: ValueType] = [:]
    /// What bindings were before they were changed, for taking back what did not go together.
    private var changes: [(name: String, before: ValueType?)] = []
    private var freshCount = 0
    private let work = Work()

    /// How much was done, counted over all copies: types share parts, so a short text can mean a type of any size.
    private final class Work {
        var left = 200_000

        func spend() -> Bool {
            left -= 1
            return left > 0
        }
    }

    /// Whether the types were too large to look at; then what is said of them is not to be relied on.
    var isExhausted: Bool { work.left <= 0 }

    /// A parameter that is nowhere else.
    mutating func fresh() -> ValueType {
        freshCount += 1
        return .parameter("?\(freshCount)")
    }

    /// The same overload's types with parameters of their own.
    mutating func instantiated(_ overload: Overload) -> (parameters: [ValueType], result: ValueType) {
        var names: [String: ValueType] = [:]
        let parameters = overload.parameters.map { instantiate($0, &names) }
        return (parameters, instantiate(overload.result, &names))
    }

    private mutating func instantiate(_ type: ValueType, _ names: inout [String: ValueType]) -> ValueType {
        switch type {
        case .parameter(let name):
            if let known = names[name] { return known }
            let new = fresh()
            names[name] = new
            return new
        case .list(let element): return .list(instantiate(element, &names))
        case .map(let key, let value): return .map(key: instantiate(key, &names), value: instantiate(value, &names))
        case .optional(let wrapped): return .optional(instantiate(wrapped, &names))
        case .nullable(let wrapped): return .nullable(instantiate(wrapped, &names))
        case .type(let of): return .type(of.map { instantiate($0, &names) })
        case .opaque(let name, let parameters):
            return .opaque(name, parameters.map { instantiate($0, &names) })
        default: return type
        }
    }

    /// The type with all that is known put in; what is not known stays a parameter, or becomes `dyn`.
    func resolved(_ type: ValueType, unknownAsDyn: Bool = false) -> ValueType {
        guard work.spend() else { return .dyn }
        let type = shallow(type)
        switch type {
        case .parameter: return unknownAsDyn ? .dyn : type
        case .list(let element): return .list(resolved(element, unknownAsDyn: unknownAsDyn))
        case .map(let key, let value):
            return .map(
                key: resolved(key, unknownAsDyn: unknownAsDyn), value: resolved(value, unknownAsDyn: unknownAsDyn))
        case .optional(let wrapped): return .optional(resolved(wrapped, unknownAsDyn: unknownAsDyn))
        case .nullable(let wrapped): return .nullable(resolved(wrapped, unknownAsDyn: unknownAsDyn))
        case .type(let of): return .type(of.map { resolved($0, unknownAsDyn: unknownAsDyn) })
        case .opaque(let name, let parameters):
            return .opaque(name, parameters.map { resolved($0, unknownAsDyn: unknownAsDyn) })
        default: return type
        }
    }

    /// The outermost of a type, with a parameter looked through.
    func shallow(_ type: ValueType) -> ValueType {
        var type = type
        while case .parameter(let name) = type, let bound = bindings[name] { type = bound }
        return type
    }

    /// Whether values of one type can stand where another is wanted; where not, nothing is learnt.
    mutating func assign(_ type: ValueType, to wanted: ValueType) -> Bool {
        assign([type], to: [wanted])
    }

    /// Whether values of these types can stand where others are wanted; where not, nothing is learnt.
    mutating func assign(_ types: [ValueType], to wanted: [ValueType]) -> Bool {
        for (type, wanted) in zip(types, wanted) where !unify(type, wanted) {
            for change in changes.reversed() { bindings[change.name] = change.before }
            changes = []
            return false
        }
        changes = []
        return true
    }

    /// The last of a chain of parameters that stand for one another.
    private func last(_ type: ValueType) -> ValueType {
        var type = type
        while case .parameter(let name) = type, case .parameter? = bindings[name] { type = bindings[name] ?? type }
        return type
    }

    private mutating func set(_ name: String, to type: ValueType) {
        changes.append((name, bindings.updateValue(type, forKey: name)))
    }

    private mutating func unify(_ type: ValueType, _ wanted: ValueType) -> Bool {
        guard work.spend() else { return true }
        let type = last(type)
        let wanted = last(wanted)
        if case .parameter(let name) = wanted {
            if bind(name, to: type) { return true }
            if bindings[name] != nil { return false }
        }
        if case .parameter(let name) = type { return bind(name, to: wanted) }
        switch (type, wanted) {
        case (.dyn, _), (_, .dyn), (.error, _), (_, .error): return true
        case (.null, .null), (.null, .nullable), (.null, .timestamp), (.null, .duration), (.null, .object),
            (.null, .opaque), (.null, .optional):
            return true
        case (.nullable(let type), .nullable(let wanted)), (.nullable(let type), let wanted): return unify(type, wanted)
        case (let type, .nullable(let wanted)): return unify(type, wanted)
        case (.list(let type), .list(let wanted)), (.optional(let type), .optional(let wanted)):
            return unify(type, wanted)
        case (.map(let key, let value), .map(let wantedKey, let wantedValue)):
            return unify(key, wantedKey) && unify(value, wantedValue)
        case (.object, .map(let key, let value)): return unify(.string, key) && unify(.dyn, value)
        case (.map(let key, let value), .object): return unify(key, .string) && unify(value, .dyn)
        case (.opaque(let name, let parameters), .opaque(let wantedName, let wantedParameters)):
            guard name == wantedName, parameters.count == wantedParameters.count else { return false }
            for (type, wanted) in zip(parameters, wantedParameters) where !unify(type, wanted) { return false }
            return true
        case (.type, .type): return true
        default: return type == wanted
        }
    }

    private mutating func bind(_ name: String, to type: ValueType) -> Bool {
        if type == .parameter(name) { return true }
        if let bound = bindings[name] {
            if type == bound { return true }
            guard unify(type, bound) else { return false }
            // Not where the two have become one meanwhile: a parameter that stands for itself stands for nothing.
            if last(type) != .parameter(name), Self.isEqualOrMoreGeneral(type, than: bound) { set(name, to: type) }
            return true
        }
        guard !occurs(name, in: type) else { return false }
        set(name, to: type)
        return true
    }

    private func occurs(_ name: String, in type: ValueType) -> Bool {
        guard work.spend() else { return false }
        return switch last(type) {
        case .parameter(let other): other == name || bindings[other].map { occurs(name, in: $0) } == true
        case .list(let inner), .optional(let inner), .nullable(let inner), .type(let inner?): occurs(name, in: inner)
        case .map(let key, let value): occurs(name, in: key) || occurs(name, in: value)
        case .opaque(_, let parameters): parameters.contains { occurs(name, in: $0) }
        default: false
        }
    }

    /// Whether a type says no more than another, as `list(dyn)` says no more than `list(int)`.
    static func isEqualOrMoreGeneral(_ type: ValueType, than other: ValueType) -> Bool {
        switch (type, other) {
        case (.dyn, _), (.parameter, _), (.error, _): true
        case (_, .dyn), (_, .parameter), (_, .error): false
        case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)),
            (.nullable(let left), .nullable(let right)):
            isEqualOrMoreGeneral(left, than: right)
        case (.nullable(let left), let right): right == .null || isEqualOrMoreGeneral(left, than: right)
        case (.map(let key, let value), .map(let otherKey, let otherValue)):
            isEqualOrMoreGeneral(key, than: otherKey) && isEqualOrMoreGeneral(value, than: otherValue)
        case (.opaque(let name, let left), .opaque(let otherName, let right)):
            name == otherName && left.count == right.count
                && zip(left, right).allSatisfy { isEqualOrMoreGeneral($0, than: $1) }
        case (.type, .type): true
        case (.object, .null), (.timestamp, .null), (.duration, .null): true
        default: type == other
        }
    }

    /// The type of values that are of either type: the more general one, else `dyn`.
    mutating func joined(_ left: ValueType, _ right: ValueType) -> ValueType {
        if assign(left, to: right) || assign(right, to: left) {
            let (left, right) = (resolved(left), resolved(right))
            return Self.isEqualOrMoreGeneral(left, than: right) ? left : right
        }
        return .dyn
    }
}
