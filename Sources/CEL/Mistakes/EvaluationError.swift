/// Why an evaluation has no value.
///
/// An error is a value in the language: `&&`, `||`, `all` and `exists` absorb one where another operand decides.
public struct EvaluationError: Error, Sendable {
    // One pointer, so that errors travel in a register and values are returned as fast as if there were none.
    private final class Storage: Sendable {
        let cause: Cause
        let place: SourceRange?

        init(_ cause: Cause, _ place: SourceRange?) {
            self.cause = cause
            self.place = place
        }
    }

    private let storage: Storage

    /// What went wrong.
    public enum Cause: Sendable, Hashable {
        case noSuchKey(String)
        case noSuchOverload(String, [String])
        case undeclaredName(String)
        case unknownFunction(String)
        case noImplementation(String)
        case divisionByZero
        case remainderByZero
        case overflow(String)
        case outOfRange(String, String)
        case badConversion(String, to: String)
        case indexOutOfRange(Int64, count: Int)
        case badIndex(String)
        case repeatedKey(String)
        case badKey(String)
        case emptyOptional
        case badPattern(String)
        case badTimeZone(String)
        case badFormat(String)
        case badArgument(String, String)
        case tooManySteps(Int)
        case tooMuchBuilt(Int)
        /// A value that the host says it does not have, such as a document that could not be fetched.
        case unavailable(String)
    }

    /// An error of a cause.
    public init(_ cause: Cause, at place: SourceRange? = nil) {
        storage = Storage(cause, place)
    }

    /// What went wrong.
    public var cause: Cause { storage.cause }

    /// Where in the expression, where that is known.
    public var place: SourceRange? { storage.place }

    /// The same at a place, unless it has one.
    func located(at place: SourceRange) -> EvaluationError {
        storage.place == nil ? EvaluationError(storage.cause, at: place) : self
    }
}

extension EvaluationError: Hashable {
    public static func == (left: Self, right: Self) -> Bool { left.cause == right.cause && left.place == right.place }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(cause)
        hasher.combine(place)
    }
}

extension EvaluationError {
    static func noOverload(_ function: String, _ arguments: Value...) -> EvaluationError {
        EvaluationError(.noSuchOverload(function, arguments.map(\.typeName.name)))
    }
}
