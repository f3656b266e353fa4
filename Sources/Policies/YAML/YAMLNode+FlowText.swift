extension YAMLNode {
    /// A value as people read it, on one line: `internal.maxFailedCcsLoginAttempts: {atMost: 10}`.
    var flowText: String {
        guard let entries else { return nestedText }
        return entries.map { "\($0.key): \($0.value.nestedText)" }.joined(separator: ", ")
    }

    private var nestedText: String {
        switch kind {
        case .mapping(let entries):
            "{" + entries.map { "\($0.key): \($0.value.nestedText)" }.joined(separator: ", ") + "}"
        case .sequence(let elements): "[" + elements.map(\.nestedText).joined(separator: ", ") + "]"
        case .null, .bool, .integer, .float, .string: text ?? "null"
        }
    }
}
