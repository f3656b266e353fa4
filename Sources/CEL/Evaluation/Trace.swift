/// Where in the variables a value was read: `voicePool.voice[1].id`.
public struct OperandPath: Sendable, Hashable, CustomStringConvertible {
    /// One step down.
    public enum Step: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    /// The variable's full name.
    public let variable: String
    /// The way from there.
    public private(set) var steps: [Step]

    init(_ reference: Reference) {
        variable = reference.variable
        steps = reference.path.map { .key($0) }
    }

    func appending(_ step: Step) -> OperandPath {
        var path = self
        path.steps.append(step)
        return path
    }

    /// The path as the language writes it, with keys that are no names as `["a b"]`.
    public var description: String {
        steps.reduce(variable) { text, step in
            switch step {
            case .index(let index): "\(text)[\(index)]"
            case .key(let key):
                key.utf8.allSatisfy { isLetter($0) || isDigit($0) } && !(key.utf8.first.map(isDigit) ?? true)
                    ? text + "." + key : text + "[" + quoted(key) + "]"
            }
        }
    }
}

/// A value that an evaluation read from its variables.
public struct TracedOperand: Sendable {
    /// What reading it gave.
    public enum Outcome: Sendable {
        case value(Value)
        /// The last key is not there.
        case absent
        case failed(EvaluationError)
    }

    /// Where it was read.
    public let path: OperandPath
    /// What was there.
    public let outcome: Outcome
}

/// Writes down what an evaluation reads, each operand once, in the order of first reading.
final class TraceRecorder {
    private(set) var operands: [TracedOperand] = []
    private var known: Set<OperandPath> = []
    /// Where the values of the names that macros bind come from.
    var localPaths: [OperandPath?]

    /// More than this many operands help nobody.
    static let maximumCount = 1000

    init(localCount: Int) {
        localPaths = Array(repeating: nil, count: localCount)
    }

    func record(_ path: OperandPath, _ outcome: TracedOperand.Outcome) {
        guard operands.count < Self.maximumCount, known.insert(path).inserted else { return }
        operands.append(TracedOperand(path: path, outcome: outcome))
    }
}

/// The end of a chain of selections and indexes, which writes down what it gives.
final class TracedNode: Node {
    private let wrapped: any Node

    init(_ wrapped: any Node) {
        self.wrapped = wrapped
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        do throws(EvaluationError) {
            let value = try wrapped.evaluate(&frame)
            if let path = wrapped.path(&frame) { frame.trace?.record(path, .value(value)) }
            return value
        } catch {
            if let path = wrapped.path(&frame) {
                if case .noSuchKey = error.cause {
                    frame.trace?.record(path, .absent)
                } else {
                    frame.trace?.record(path, .failed(error))
                }
            }
            throw error
        }
    }

    func path(_ frame: inout Frame) -> OperandPath? { wrapped.path(&frame) }
}
