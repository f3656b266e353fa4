// All that is said about evaluations that failed.

extension EvaluationError: CustomStringConvertible {
    /// What went wrong, in one sentence without a place.
    public var description: String { cause.sentence }
}

extension EvaluationError.Cause {
    /// What went wrong, in one sentence.
    public var sentence: String {
        switch self {
        case .noSuchKey(let key): "no such key: \(key)"
        case .noSuchOverload(let function, let types):
            "no such overload: \(function)(\(types.joined(separator: ", ")))"
        case .undeclaredName(let name): "unknown name '\(name)'"
        case .unknownFunction(let name): "unknown function '\(name)'"
        case .noImplementation(let name): "the function '\(name)' is declared, but has no implementation"
        case .divisionByZero: "division by zero"
        case .remainderByZero: "remainder by zero"
        case .overflow(let operation): "overflow in \(operation)"
        case .outOfRange(let value, let type): "\(value) is beyond the range of \(type)"
        case .badConversion(let value, let type): "\(value) cannot be converted to \(type)"
        case .indexOutOfRange(let index, let count): "index \(index) is out of range; there are \(count)"
        case .badIndex(let text): "a list cannot be indexed by \(text)"
        case .repeatedKey(let key): "the key \(key) comes twice"
        case .badKey(let type): "\(type) cannot be the key of a map"
        case .emptyOptional: "the optional value is empty"
        case .badPattern(let reason): "the pattern is no regular expression: \(reason)"
        case .badTimeZone(let name): "unknown time zone '\(name)'"
        case .badFormat(let reason): "format: \(reason)"
        case .badArgument(let function, let reason): "\(function): \(reason)"
        case .tooManySteps(let limit): "the evaluation took more than \(limit) steps"
        case .tooMuchBuilt(let limit): "the evaluation built more than \(limit) bytes of values"
        case .unavailable(let what): "\(what) is not available"
        }
    }
}
