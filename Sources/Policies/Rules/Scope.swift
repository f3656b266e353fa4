internal import AuditModel

/// A named selector over a client's labels: every label has one of its values.
struct Scope: Sendable {
    let name: String
    let labels: [(name: String, values: [String])]

    /// Whether two scopes select the same clients by the same labels, whatever their names.
    func selects(alike other: Scope) -> Bool {
        labels.count == other.labels.count
            && zip(labels, other.labels).allSatisfy { own, other in
                own.name.isIdentical(to: other.name) && own.values.count == other.values.count
                    && zip(own.values, other.values).allSatisfy { $0.isIdentical(to: $1) }
            }
    }

    func matches(_ client: Client) -> Bool {
        labels.allSatisfy { label in
            guard let value = client.labels[label.name] else { return false }
            return label.values.contains { $0.isIdentical(to: value) }
        }
    }
}
