/// One thing that is wrong with an expression's text.
public struct Mistake: Sendable, Hashable {
    /// What is wrong.
    public let cause: MistakeCause
    /// Where, as offsets in bytes of UTF-8.
    public let utf8Range: Range<Int>
    /// Where, as offsets in Unicode scalars.
    public let scalarRange: Range<Int>

    init(_ cause: MistakeCause, at place: SourceRange, in source: String) {
        self.cause = cause
        utf8Range = place.range(in: source)
        scalarRange = place.scalarRange(in: source)
    }
}

/// An expression that cannot be used, with all that is wrong with it, in the order of the text.
public struct CompilationError: Error, Sendable, Hashable {
    /// At least one.
    public let mistakes: [Mistake]

    init(_ mistakes: [(cause: MistakeCause, place: SourceRange)], in source: String) {
        var told: Set<Mistake> = []
        self.mistakes = mistakes.map { Mistake($0.cause, at: $0.place, in: source) }
            .filter { told.insert($0).inserted }
            .enumerated()
            .sorted {
                ($0.element.utf8Range.lowerBound, $0.offset) < ($1.element.utf8Range.lowerBound, $1.offset)
            }
            .map(\.element)
    }
}

/// What can be wrong with an expression's text.
public enum MistakeCause: Sendable, Hashable {
    // Reading
    case tooLong(Int)
    case tooDeep
    case unexpectedCharacter(String)
    case unterminatedText
    case badEscape(String)
    case noCodePoint(String)
    case badNumber(String)
    case numberOutOfRange(String)
    case badQuotedIdentifier
    case reservedWord(String)
    case unexpected(String, expected: String)
    case messageLiteral
    // Macros
    case badPresence
    case badVariable(macro: String)
    case repeatedVariable(String, macro: String)
    // Names
    case undeclaredName(String, nearest: String?)
    case undeclaredField(String, of: String, nearest: String?)
    case unknownFunction(String, nearest: String?)
    case notAMember(String)
    case onlyAMember(String)
    case wrongArity(String, given: Int, expected: [Int])
    // Types
    case typesTooLarge
    case noOverload(String, [ValueType])
    case incomparable(String, ValueType, ValueType)
    case noOrder(String, ValueType)
    case badOperands(String, ValueType, ValueType)
    case notBoolean(String, ValueType)
    case wrongResult(ValueType, wanted: ValueType)
    case noFields(ValueType, field: String)
    case notIndexable(ValueType)
    case badIndex(ValueType, of: ValueType)
    case notIterable(String, ValueType)
    case badMember(ValueType, of: ValueType)
    case badKey(ValueType)
    case notOptional(String, ValueType)
    case differentResults(ValueType, ValueType)
    // Arguments
    case badPattern(String)
    case badArgument(String, String)
}
