internal import AuditModel

/// A named selector over a client's labels: every label has one of its values.
struct Scope: Sendable {
    let name: String
    let labels: [(name: String, values: [String])]

    func matches(_ client: Client) -> Bool {
        labels.allSatisfy { label in
            guard let value = client.labels[label.name] else { return false }
            return label.values.contains { $0.isIdentical(to: value) }
        }
    }
}
