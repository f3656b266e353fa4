/// The functions of the language and of its usual extensions.
enum Library {
    /// All functions, by name.
    static let functions: [String: [Function]] = Dictionary(grouping: all, by: \.name)

    /// What computes them.
    static let implementations: [FunctionKey: Implementation] = {
        var implementations: [FunctionKey: Implementation] = [:]
        for function in all {
            if variadic.contains(function.name) {
                let key = FunctionKey(name: function.name, isMember: false, arity: FunctionKey.anyArity)
                implementations[key] = function.implementation
            }
            for key in FunctionKey.all(of: function) { implementations[key] = function.implementation }
        }
        return implementations
    }()

    /// Functions that take one argument or more, all of them numbers, or one list of numbers.
    static let variadic: Set<String> = ["math.greatest", "math.least"]

    private static let all: [Function] =
        conversions + standard + time + strings + moreStrings + maths + bits + encoders + optionals + lists + sets
        + network

    /// Shorthand for the type parameters of overloads.
    static let a = ValueType.parameter("A")
    static let b = ValueType.parameter("B")
}
