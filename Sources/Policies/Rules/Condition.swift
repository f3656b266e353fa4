internal import AuditModel

/// A `check` or `when`, compiled: values only, so that a policy set is Sendable and cheap to walk.
indirect enum Condition: Sendable {
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case scalar(Lookup, ScalarMatcher)
    case list(Lookup, ListMatcher)

    /// The paths that are compared, in the order of the file.
    var paths: [SettingPath] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.paths)
        case .not(let part): part.paths
        case .scalar(let lookup, _), .list(let lookup, _): [lookup.path]
        }
    }
}

/// How a path is followed in a body.
struct Lookup: Sendable {
    /// The path as the rule has it.
    let path: SettingPath
    /// The one key that the path is, as most are: found without walking steps.
    let plainKey: String?

    init(_ path: SettingPath) {
        self.path = path
        plainKey = if path.steps.count == 1, case .key(let key) = path.steps[0] { key } else { nil }
    }
}

/// A rule, compiled.
struct CompiledRule: Sendable {
    let facts: RuleFacts
    /// The client is in scope where one of these matches; nil for every client.
    let scopes: [Scope]?
    let condition: Condition?
    let check: Condition
    let message: MessageTemplate?
    /// The digest of all that its verdict depends on, see ``RuleDefinition``.
    let definition: Digest

    /// All that the rule compares, its condition first.
    var paths: [SettingPath] {
        (condition?.paths ?? []) + check.paths
    }
}

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
                case .string(let text)?: text
                case let value?: CanonicalJSON.text(of: value)
                case nil: "no value"
                }
            case .path: comparison?.path.dotted ?? ""
            case .clientID: String(client.id.number)
            }
        }.joined()
    }
}
