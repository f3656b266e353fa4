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

    /// The same with a slot for every path of one key.
    func slotted(by slots: inout Slots) -> Condition {
        switch self {
        case .all(let parts): return .all(parts.map { $0.slotted(by: &slots) })
        case .any(let parts): return .any(parts.map { $0.slotted(by: &slots) })
        case .not(let part): return .not(part.slotted(by: &slots))
        case .scalar(var lookup, let matcher):
            lookup.slot = lookup.plainKey.map { slots.slot(of: $0, in: lookup.path.group) }
            return .scalar(lookup, matcher)
        case .list: return self
        }
    }
}

/// How a path is followed in a body.
struct Lookup: Sendable {
    /// The path as the rule has it.
    let path: SettingPath
    /// The one key that the path is, as most are.
    let plainKey: String?
    /// Where ``Evidence`` has that key's value ready.
    var slot: Int?

    init(_ path: SettingPath) {
        self.path = path
        plainKey = if path.steps.count == 1, case .key(let key) = path.steps[0] { key } else { nil }
    }
}

/// The keys that the rules of a set compare, each looked up once in a snapshot however many rules read it.
struct Slots: Sendable {
    private(set) var keys: [(group: SettingsGroup, key: String)] = []

    mutating func slot(of key: String, in group: SettingsGroup) -> Int {
        if let index = keys.firstIndex(where: { $0.group == group && $0.key.isIdentical(to: key) }) { return index }
        keys.append((group, key))
        return keys.count - 1
    }
}

/// A rule, compiled. A class, so that walking thousands of rules copies none of them.
final class CompiledRule: Sendable {
    let facts: RuleFacts
    /// The client is in scope where one of these matches; nil for every client.
    let scopes: [Scope]?
    let condition: Condition?
    let check: Condition
    let message: MessageTemplate?
    /// The digest of all that its verdict depends on, see ``RuleDefinition``.
    let definition: Digest
    /// The check where it is one setting against one matcher, for every client: most rules of most policies.
    let plain: PlainCheck?

    init(
        facts: RuleFacts, scopes: [Scope]?, condition: Condition?, check: Condition, message: MessageTemplate?,
        definition: Digest
    ) {
        self.facts = facts
        self.scopes = scopes
        self.condition = condition
        self.check = check
        self.message = message
        self.definition = definition
        plain =
            if scopes == nil, condition == nil, case .scalar(let lookup, let matcher) = check, let slot = lookup.slot {
                PlainCheck(slot: slot, matcher: matcher)
            } else {
                nil
            }
    }

    /// All that the rule compares, its condition first.
    var paths: [SettingPath] {
        (condition?.paths ?? []) + check.paths
    }

    /// The same rule, its paths in slots.
    func slotted(by slots: inout Slots) -> CompiledRule {
        let condition = condition?.slotted(by: &slots)
        return CompiledRule(
            facts: facts, scopes: scopes, condition: condition, check: check.slotted(by: &slots), message: message,
            definition: definition)
    }
}

/// A whole check that is one matcher.
final class PlainCheck: Sendable {
    private let slot: Int
    private let matcher: ScalarMatcher

    init(slot: Int, matcher: ScalarMatcher) {
        self.slot = slot
        self.matcher = matcher
    }

    /// Whether the check passes and has nothing to say about it; otherwise it is walked in full.
    func passesPlainly(_ evidence: Evidence) -> Bool {
        guard let value = evidence.values[slot] else { return false }
        return matcher.reason(for: value) == .satisfied && !matcher.leavesZeroOpen(for: value)
    }
}

/// A snapshot as the rules of one set read it.
final class Evidence: Sendable {
    let snapshot: Snapshot
    /// By slot: nil where the group has no body, else the key's value, which is nil where the key is absent.
    let values: [SettingValue??]

    init(_ snapshot: Snapshot, _ slots: Slots) {
        self.snapshot = snapshot
        let bodies = snapshot.groups.map { $1.value }
        values = slots.keys.map { slot in bodies[slot.group].map { $0[slot.key] } }
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
