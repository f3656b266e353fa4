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
    /// How it is judged where all is well; nil for a rule that is not in a set, or for which there is no such way.
    let quick: QuickRule?

    init(
        facts: RuleFacts, scopes: [Scope]?, condition: Condition?, check: Condition, message: MessageTemplate?,
        definition: Digest, disabled: String? = nil, overlay: RuleOverlay? = nil, account: RuleAccount? = nil,
        quick: QuickRule? = nil
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
        self.quick = quick
    }

    /// All that the rule compares, its condition first.
    var paths: [SettingPath] {
        (condition?.paths ?? []) + check.paths
    }

    static let outOfScope = "out of scope"
    static let conditionIsFalse = "condition is false"

    /// The expressions of its condition and of its check.
    var expressions: [PolicyExpression] {
        (condition?.expressions ?? []) + check.expressions
    }

    /// Those of its forms for single clients, too.
    var expressionsOfAllForms: [PolicyExpression] {
        expressions + (overlay?.forms.values.flatMap(\.expressions) ?? [])
    }

    /// Whether its verdict can depend on the moment of the run.
    var readsNow: Bool { expressionsOfAllForms.contains(where: \.readsNow) }

    /// The same rule, its paths in slots.
    func slotted(by slots: inout Slots) -> CompiledRule {
        let condition = condition?.slotted(by: &slots)
        let check = check.slotted(by: &slots)
        let quick = overlay == nil && disabled == nil ? QuickRule(scopes, condition, check, &slots) : nil
        return CompiledRule(
            facts: facts, scopes: scopes, condition: condition, check: check, message: message,
            definition: definition, disabled: disabled, overlay: overlay?.slotted(by: &slots), account: account,
            quick: quick)
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

/// A rule's quick form: its scopes in slots, its condition and its check.
final class QuickRule: Sendable {
    private let scopes: [Int]?
    private let condition: QuickCheck?
    private let check: QuickCheck

    init?(_ scopes: [Scope]?, _ condition: Condition?, _ check: Condition, _ slots: inout Slots) {
        guard let quick = QuickCheck(check, &slots) else { return nil }
        if let condition {
            guard let quick = QuickCheck(condition, &slots) else { return nil }
            self.condition = quick
        } else {
            self.condition = nil
        }
        self.check = quick
        var places: [Int] = []
        for scope in scopes ?? [] { places.append(slots.slot(of: scope)) }
        self.scopes = scopes == nil ? nil : places
    }

    /// The verdict, and for one that does not apply the reason; nil where it takes a walk.
    func verdict(for evidence: Evidence) -> (verdict: Verdict, notApplicableReason: String?)? {
        if let scopes, !scopes.contains(where: { evidence.scopeMatches[$0] }) {
            return (.notApplicable, CompiledRule.outOfScope)
        }
        if let condition {
            switch condition.outcome(for: evidence) {
            case .pass: break
            case .fail: return (.notApplicable, CompiledRule.conditionIsFalse)
            case .open: return nil
            }
        }
        return check.outcome(for: evidence) == .pass ? (.pass, nil) : nil
    }
}
