public import AuditModel

extension PolicySet {
    /// The result of every rule for one snapshot, passes included, by rule id.
    ///
    /// Out of scope, or a `when` that is false: not applicable. A needed group that was not captured: unknown; one that
    /// is not collected by configuration: not applicable. The three-valued logic is that of ``Outcome``.
    ///
    /// - Parameter now: the moment that expressions call `now`: the start of the run; nil where none is known, and
    ///   then an expression that reads it has no value.
    public func results(for snapshot: Snapshot, now: Timestamp? = nil) -> [RuleResult] {
        let evidence = Evidence(snapshot, slots, now: now)
        return rules.map { $0.result(for: evidence) }
    }

    /// The result of one rule; nil for an unknown rule.
    public func result(of ruleID: String, for snapshot: Snapshot, now: Timestamp? = nil) -> RuleResult? {
        rules.first { $0.facts.id.isIdentical(to: ruleID) }?
            .result(for: Evidence(snapshot, slots, now: now))
    }
}

extension CompiledRule {
    func result(for evidence: Evidence) -> RuleResult {
        if let quick, let (verdict, reason) = quick.verdict(for: evidence) {
            return RuleResult(ruleID: facts.id, verdict: verdict, notApplicableReason: reason)
        }
        guard let form = overlay?.form(for: evidence.snapshot.client) else { return ownResult(for: evidence) }
        var result = form.ownResult(for: evidence)
        if form.facts.severity != facts.severity { result.severity = form.facts.severity }
        return result
    }

    /// The result of this form of the rule.
    func ownResult(for evidence: Evidence) -> RuleResult {
        let snapshot = evidence.snapshot
        if let disabled { return notApplicable(disabled) }
        if let scopes, !scopes.contains(where: { $0.matches(snapshot.client) }) {
            return notApplicable(Self.outOfScope)
        }
        if let condition {
            var evaluation = Evaluation(evidence, isWhen: true)
            let outcome = evaluation.outcome(of: condition)
            switch outcome {
            case .pass: break
            case .fail, .noValue: return notApplicable(Self.conditionIsFalse)
            case .unknown: return unknown(evaluation, outcome)
            case .notCollected: return notApplicable(notCollected(evaluation))
            }
        }
        var evaluation = Evaluation(evidence, isWhen: false)
        let outcome = evaluation.outcome(of: check)
        switch outcome {
        case .pass:
            return RuleResult(
                ruleID: facts.id, verdict: .pass, comparisons: evaluation.comparisons(explaining: outcome))
        case .fail, .noValue:
            let comparisons = evaluation.comparisons(explaining: outcome)
            return RuleResult(
                ruleID: facts.id, verdict: .fail, comparisons: comparisons,
                message: Self.isOfValue(comparisons.first)
                    ? message?.text(for: comparisons.first, client: snapshot.client)
                        ?? evaluation.remarks.first : evaluation.remarks.first)
        case .unknown: return unknown(evaluation, outcome)
        case .notCollected: return notApplicable(notCollected(evaluation))
        }
    }

    /// Whether a rule's own message fits: it speaks of a value that is there and is not what it must be. Of a value that
    /// is absent, null, of a wrong type or out of range it would say something untrue; the comparison tells those.
    private static func isOfValue(_ comparison: Comparison?) -> Bool {
        switch comparison?.reason {
        case .violated, .zero, .satisfied, nil: true
        case .absent, .null, .wrongType, .outOfRange, .notCaptured, .error: false
        }
    }

    private func notApplicable(_ reason: String) -> RuleResult {
        RuleResult(ruleID: facts.id, verdict: .notApplicable, notApplicableReason: reason)
    }

    private func unknown(_ evaluation: Evaluation, _ outcome: Outcome) -> RuleResult {
        RuleResult(
            ruleID: facts.id, verdict: .unknown, comparisons: evaluation.comparisons(explaining: outcome),
            missing: evaluation.missingGroups)
    }

    private func notCollected(_ evaluation: Evaluation) -> String {
        evaluation.uncollectedGroups.map(\.rawValue).joined(separator: ", ") + " not collected"
    }
}
