import LinearRegex

/// A regular expression, ready to match.
struct CompiledPattern: Sendable {
    private let pattern: LinearPattern

    /// Reads a pattern.
    init(_ text: String) throws(PatternError) {
        pattern = try LinearPattern(text)
    }

    /// Reads a pattern that is known only at run time.
    static func compiled(_ text: String) throws(EvaluationError) -> CompiledPattern {
        do {
            return try CompiledPattern(text)
        } catch {
            throw EvaluationError(.badPattern(error.description))
        }
    }

    /// What is wrong with a pattern, and at which byte; nil for a good one.
    static func problem(in text: String) -> (reason: String, offset: Int)? {
        do {
            _ = try LinearPattern(text)
            return nil
        } catch {
            return (error.description, error.utf8Offset)
        }
    }

    func isMatch(in text: String) -> Bool { pattern.isMatch(in: text) }
}
