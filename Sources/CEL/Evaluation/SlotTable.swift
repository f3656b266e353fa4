/// A chain of selections from a variable that an expression reads: `internal.maxDailyAttempts`.
public struct Reference: Sendable, Hashable, CustomStringConvertible {
    /// The variable's full name.
    public let variable: String
    /// The keys that are followed from it; none where the variable is read as a whole.
    public let path: [String]

    /// Names a chain.
    public init(variable: String, path: [String] = []) {
        self.variable = variable
        self.path = path
    }

    public var description: String { OperandPath(self).description }
}

/// What a reference stands for in one set of data.
public enum Slot: Sendable {
    case value(Value)
    /// The last key of the chain is not in its map: reading it is an error, `has` is false.
    case absent
    /// Something before the last key went wrong, or the host has no data: reading it and `has` are this error.
    case failed(EvaluationError)
}

/// The references of any number of programs, each once, so that a set of data is looked into once for all of them.
public struct SlotTable: Sendable {
    /// The references, in the order of the slots.
    public private(set) var references: [Reference] = []
    private var indices: [Reference: Int] = [:]
    /// The variables of the references, and for each reference which it is.
    private var variables: [String] = []
    private var variableIndices: [Int] = []

    /// An empty table.
    public init() {}

    mutating func index(of reference: Reference) -> Int {
        if let index = indices[reference] { return index }
        let index = references.count
        indices[reference] = index
        references.append(reference)
        if let known = variables.firstIndex(of: reference.variable) {
            variableIndices.append(known)
        } else {
            variableIndices.append(variables.count)
            variables.append(reference.variable)
        }
        return index
    }

    /// What the references stand for where variables have values.
    /// - Parameter value: a variable's value by its full name, or why there is none; nil where it is not bound.
    public func slots(_ value: (String) -> Result<Value, EvaluationError>?) -> [Slot] {
        let roots = variables.map { name in
            value(name) ?? .failure(EvaluationError(.undeclaredName(name)))
        }
        return references.indices.map { index in
            let reference = references[index]
            var current: Value
            switch roots[variableIndices[index]] {
            case .success(let value): current = value
            case .failure(let error): return .failed(error)
            }
            for (position, key) in reference.path.enumerated() {
                do throws(EvaluationError) {
                    guard let next = try current.selected(key) else {
                        return position == reference.path.count - 1
                            ? .absent : .failed(EvaluationError(.noSuchKey(key)))
                    }
                    current = next
                } catch {
                    return .failed(error)
                }
            }
            return .value(current)
        }
    }

    /// What the references stand for where variables have values.
    public func slots(of variables: [String: Value]) -> [Slot] {
        slots { variables[$0].map { .success($0) } }
    }
}
