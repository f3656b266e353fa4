internal import AuditModel

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
    /// Why it judges nobody, with the place of the override that says so; nil for a rule that judges.
    let disabled: String?
    /// Its forms for clients that overrides are for; nil where there is none.
    let overlay: RuleOverlay?
    /// What is said of its fields and where; nil in forms for single clients.
    let account: RuleAccount?
    /// The check where it is one setting against one matcher, for every client: most rules of most policies.
    let plain: PlainCheck?

    init(
        facts: RuleFacts, scopes: [Scope]?, condition: Condition?, check: Condition, message: MessageTemplate?,
        definition: Digest, disabled: String? = nil, overlay: RuleOverlay? = nil, account: RuleAccount? = nil
    ) {
        self.facts = facts
        self.scopes = scopes
        self.condition = condition
        self.check = check
        self.message = message
        self.definition = definition
        self.disabled = disabled
        self.overlay = overlay
        self.account = account
        plain =
            if scopes == nil, condition == nil, disabled == nil, overlay == nil,
                case .scalar(let lookup, let matcher) = check, let slot = lookup.slot
            {
                PlainCheck(slot: slot, matcher: matcher)
            } else {
                nil
            }
    }

    /// All that the rule compares, its condition first.
    var paths: [SettingPath] {
        (condition?.paths ?? []) + check.paths
    }

    /// The expressions of its condition and of its check.
    var expressions: [PolicyExpression] {
        (condition?.expressions ?? []) + check.expressions
    }

    /// The same rule, its paths in slots.
    func slotted(by slots: inout Slots) -> CompiledRule {
        let condition = condition?.slotted(by: &slots)
        return CompiledRule(
            facts: facts, scopes: scopes, condition: condition, check: check.slotted(by: &slots), message: message,
            definition: definition, disabled: disabled, overlay: overlay?.slotted(by: &slots), account: account)
    }

    /// The same rule with forms for single clients and an account of its fields.
    func with(overlay: RuleOverlay?, account: RuleAccount) -> CompiledRule {
        CompiledRule(
            facts: facts, scopes: scopes, condition: condition, check: check, message: message, definition: definition,
            disabled: disabled, overlay: overlay, account: account)
    }

    /// The rule as it judges a client.
    func form(for client: Client) -> CompiledRule { overlay?.form(for: client) ?? self }
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
