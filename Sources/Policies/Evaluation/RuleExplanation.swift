public import AuditModel

/// A rule as it judges one client, or everybody: each field with its value, where that is said, and what it replaced.
public struct RuleExplanation: Sendable, Hashable {
    /// A value of a field at one place.
    public struct Saying: Sendable, Hashable {
        /// As people read it.
        public var value: String
        /// Where it is said.
        public var origin: RuleOrigin
    }

    /// A field of the rule.
    public struct Field: Sendable, Hashable {
        /// `severity`, `check`, `params.maxFailedLogins`, `disable` and so on.
        public var name: String
        /// What counts.
        public var saying: Saying
        /// What was said before and does not count any more, the first first.
        public var replaced: [Saying]
        /// What is said for other clients alone.
        public var elsewhere: [Saying]
    }

    /// The rule's facts, as merged.
    public var facts: RuleFacts
    /// The fields that are said anywhere, in the order of the file, parameters after them.
    public var fields: [Field]
    /// The settings that it compares, as it writes them.
    public var paths: [SettingPath]
    /// Why it judges nobody; nil where it does.
    public var disabled: String?
}

extension PolicySet {
    /// How a rule came to be what it is.
    ///
    /// - Parameter client: the client that it is to judge; nil for a client that no override names.
    /// - Returns: nil for an unknown rule.
    public func explanation(of ruleID: String, for client: Client? = nil) -> RuleExplanation? {
        guard let rule = rules.first(where: { $0.facts.id.isIdentical(to: ruleID) }) else { return nil }
        let subjects = rule.overlay?.subjects ?? []
        let selected = client.map { client in subjects.indices.filter { subjects[$0].matches(client) } } ?? []
        let form = client.map(rule.form) ?? rule
        var fields: [RuleExplanation.Field] = []
        for statement in rule.account?.statements ?? [] {
            let saying = RuleExplanation.Saying(value: statement.value, origin: statement.origin)
            let counts = statement.subject.map(selected.contains) ?? true
            if let index = fields.firstIndex(where: { $0.name == statement.field }) {
                if counts {
                    if !fields[index].saying.value.isEmpty { fields[index].replaced.append(fields[index].saying) }
                    fields[index].saying = saying
                } else {
                    fields[index].elsewhere.append(saying)
                }
            } else if counts {
                fields.append(.init(name: statement.field, saying: saying, replaced: [], elsewhere: []))
            } else {
                // Said for others alone: for this client the field is as if nothing was said.
                let nothing = RuleExplanation.Saying(value: "", origin: RuleOrigin(file: nil, line: 0))
                fields.append(.init(name: statement.field, saying: nothing, replaced: [], elsewhere: [saying]))
            }
        }
        return RuleExplanation(facts: form.facts, fields: fields, paths: form.paths, disabled: form.disabled)
    }

    /// The result of a rule with every comparison that it makes, those that speak for the verdict and those that do not.
    ///
    /// The verdict is that of ``result(of:for:)``.
    public func tracedResult(of ruleID: String, for snapshot: Snapshot, now: Timestamp? = nil) -> TracedResult? {
        guard let rule = rules.first(where: { $0.facts.id.isIdentical(to: ruleID) }) else { return nil }
        let evidence = Evidence(snapshot, slots, now: now)
        let form = rule.form(for: snapshot.client)
        var condition: [Comparison] = []
        if let when = form.condition {
            var evaluation = Evaluation(evidence, isWhen: true, keepsAll: true)
            _ = evaluation.outcome(of: when)
            condition = evaluation.allComparisons
        }
        var evaluation = Evaluation(evidence, isWhen: false, keepsAll: true)
        _ = evaluation.outcome(of: form.check)
        return TracedResult(
            result: rule.result(for: evidence), condition: condition, check: evaluation.allComparisons,
            isInScope: form.scopes.map { scopes in scopes.contains { $0.matches(snapshot.client) } } ?? true)
    }

    /// A result with everything that was compared for it.
    public struct TracedResult: Sendable, Hashable {
        /// The result as it is stored and reported.
        public var result: RuleResult
        /// The comparisons of `when`, in the order of the file.
        public var condition: [Comparison]
        /// The comparisons of `check`, whether or not they decided anything.
        public var check: [Comparison]
        /// Whether the client is in the rule's scope.
        public var isInScope: Bool
    }

    /// A rule that an override disables, with the clients that it therefore does not judge.
    public struct DisabledRule: Sendable, Hashable {
        /// The rule.
        public var ruleID: String
        /// `disabled at FILE:LINE: reason`.
        public var reason: String
        /// How many of the clients.
        public var clientCount: Int

        /// Joins the parts.
        public init(ruleID: String, reason: String, clientCount: Int) {
            self.ruleID = ruleID
            self.reason = reason
            self.clientCount = clientCount
        }
    }

    /// The rules that overrides disable for some of these clients, by rule id and reason.
    public func disabledRules(for clients: [Client]) -> [DisabledRule] {
        var found: [DisabledRule] = []
        for rule in rules where rule.disabled != nil || rule.overlay != nil {
            var counts: [String: Int] = [:]
            for client in clients {
                if let reason = rule.form(for: client).disabled { counts[reason, default: 0] += 1 }
            }
            for (reason, count) in counts.sorted(by: { $0.key.precedesInUTF16($1.key) }) {
                found.append(DisabledRule(ruleID: rule.facts.id, reason: reason, clientCount: count))
            }
        }
        return found
    }
}
