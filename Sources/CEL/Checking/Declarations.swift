/// One way to call a function.
public struct Overload: Sendable {
    /// The types of the arguments; of a member function the first is what it is called on.
    public let parameters: [ValueType]
    /// The type of the result.
    public let result: ValueType
    /// Whether it is called as `x.f(y)`, else as `f(x, y)`.
    public let isMember: Bool

    /// Declares a way to call a function.
    public init(_ parameters: [ValueType], _ result: ValueType, isMember: Bool = false) {
        self.parameters = parameters
        self.result = result
        self.isMember = isMember
    }

    static func member(_ parameters: [ValueType], _ result: ValueType) -> Overload {
        Overload(parameters, result, isMember: true)
    }

    static func global(_ parameters: [ValueType], _ result: ValueType) -> Overload { Overload(parameters, result) }
}

/// A function with all its overloads of one number of arguments, and what computes it.
public struct Function: Sendable {
    /// The name; may have dots (`math.abs`).
    public let name: String
    /// The ways to call it.
    public let overloads: [Overload]
    /// Computes it; it looks at the types of its arguments itself. Nil where the function is only declared.
    let implementation: Implementation?

    /// Declares a function of the host's.
    /// - Parameter implementation: gets as many arguments as the overload has, of any types.
    public init(
        _ name: String, _ overloads: [Overload],
        implementation: (@Sendable ([Value]) -> Result<Value, EvaluationError>)?
    ) {
        self.name = name
        self.overloads = overloads
        self.implementation = implementation.map { body in
            .many { (arguments, _) throws(EvaluationError) in try body(arguments).get() }
        }
    }

    init(_ name: String, _ overloads: [Overload], _ implementation: Implementation) {
        self.name = name
        self.overloads = overloads
        self.implementation = implementation
    }
}

/// What computes a function, by the number of its arguments, so that the usual ones need no array.
enum Implementation: Sendable {
    typealias One = @Sendable (Value, inout Frame) throws(EvaluationError) -> Value
    typealias Two = @Sendable (Value, Value, inout Frame) throws(EvaluationError) -> Value
    typealias Three = @Sendable (Value, Value, Value, inout Frame) throws(EvaluationError) -> Value
    typealias Many = @Sendable ([Value], inout Frame) throws(EvaluationError) -> Value

    case one(One)
    case two(Two)
    case three(Three)
    case many(Many)
}

/// The offset from UTC of a named time zone at an instant.
public protocol TimeZoneProvider: Sendable {
    /// Seconds east of UTC, or nil where there is no such zone.
    /// - Parameters:
    ///   - name: as in the IANA database: `America/New_York`.
    ///   - seconds: since 1970-01-01T00:00:00Z.
    func secondsFromUTC(in name: String, at seconds: Int64) -> Int?
}
