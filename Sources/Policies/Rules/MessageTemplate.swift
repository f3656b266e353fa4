internal import AuditModel

/// A rule's own words about a failure, with places for values.
struct MessageTemplate: Sendable {
    enum Part: Sendable {
        case text(String)
        /// `{value}`: what the client has.
        case value
        /// `{path}`: where.
        case path
        /// `{client.id}`: the vendor's number.
        case clientID
    }

    /// The parts; parameters are put in when the file is loaded.
    let parts: [Part]

    var readsClientID: Bool {
        parts.contains { if case .clientID = $0 { true } else { false } }
    }

    func text(for comparison: Comparison?, client: Client) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .value:
                switch comparison?.actual {
                // A text in quotes: "5" and 5 are different findings.
                case let value?: CanonicalJSON.text(of: value)
                case nil: "no value"
                }
            case .path: comparison?.path.dotted ?? ""
            case .clientID: String(client.id.number)
            }
        }.joined()
    }
}
