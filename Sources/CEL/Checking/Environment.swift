/// What an expression may name: variables with their types, and functions.
public struct Environment: Sendable {
    /// The namespace that names are looked up in first: with `x.y`, the name `z` is `x.y.z`, else `x.z`, else `z`.
    public let container: String
    /// Types by the names of variables; a name may have dots.
    public let variables: [String: ValueType]

    let functions: [String: [Function]]
    let implementations: [FunctionKey: Implementation]
    /// The names of the host's functions.
    let hostFunctions: Set<String>
    let timeZones: (any TimeZoneProvider)?

    /// An environment with the standard library, the extensions of strings, maths, encoders, bindings, optionals, lists,
    /// sets and network addresses, and what the host adds.
    /// - Parameter timeZones: knows the named zones; without it, there are `UTC` and offsets like `+02:00`.
    public init(
        variables: [String: ValueType] = [:], functions: [Function] = [], container: String = "",
        timeZones: (any TimeZoneProvider)? = nil
    ) {
        self.timeZones = timeZones
        hostFunctions = Set(functions.map(\.name))
        self.container = container
        self.variables = variables
        var all = Library.functions
        var implementations = Library.implementations
        for function in functions {
            all[function.name, default: []].append(function)
            for key in FunctionKey.all(of: function) { implementations[key] = function.implementation }
        }
        self.functions = all
        self.implementations = implementations
    }

    /// The full names that a name may stand for, in the order in which they are tried.
    func candidates(for name: String, isRooted: Bool) -> [String] {
        guard !isRooted, !container.isEmpty else { return [name] }
        var candidates: [String] = []
        var prefix = container[...]
        while true {
            candidates.append(prefix + "." + name)
            guard let dot = prefix.lastIndex(of: ".") else { break }
            prefix = prefix[..<dot]
        }
        return candidates + [name]
    }
}

/// What tells one implementation from another: the types of arguments are left to it.
struct FunctionKey: Hashable {
    let name: String
    let isMember: Bool
    let arity: Int

    /// The arity of a function that takes any number of arguments.
    static let anyArity = -1

    static func all(of function: Function) -> Set<FunctionKey> {
        Set(
            function.overloads.map {
                FunctionKey(name: function.name, isMember: $0.isMember, arity: $0.parameters.count)
            })
    }
}
