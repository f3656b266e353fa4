internal import AuditModel

/// What a condition comes to for one client.
///
/// `all` takes the first of fail, noValue, unknown, notCollected, pass that it finds; `any` the first of pass, unknown,
/// notCollected, noValue, fail; `not` swaps pass and fail and leaves the others as they are.
enum Outcome: Int, Sendable {
    case fail
    /// A fail because there is no usable value (absent, null, wrong type, out of range): `not` does not make it a pass.
    case noValue
    case unknown
    /// The group is not collected by configuration: the rule does not apply, unless the rest decides.
    case notCollected
    case pass

    /// The order in which `any` decides.
    var rankInAny: Int {
        switch self {
        case .pass: 0
        case .unknown: 1
        case .notCollected: 2
        case .noValue: 3
        case .fail: 4
        }
    }
}

/// One rule against one snapshot: walks the condition and keeps what the verdict rests on.
struct Evaluation {
    /// A comparison that was kept, and whether it speaks against the rule (else it merely carries a note).
    private struct Record {
        var comparison: Comparison
        var outcome: Outcome
        var isAgainst: Bool
    }

    let evidence: Evidence
    /// Whether the condition is a `when`, where a value that is not there makes the rule unknown.
    let isWhen: Bool
    private var records: [Record] = []
    private var missing: [SettingsGroup] = []
    private var uncollected: [SettingsGroup] = []
    /// What an expression without settings has to say.
    var remarks: [String] = []

    /// Whether every comparison is kept, for people who want to see them all.
    let keepsAll: Bool

    init(_ evidence: Evidence, isWhen: Bool, keepsAll: Bool = false) {
        self.evidence = evidence
        self.isWhen = isWhen
        self.keepsAll = keepsAll
    }

    /// Every comparison that was kept.
    var allComparisons: [Comparison] { records.map(\.comparison) }

    /// The groups that were not captured though they were needed, in their order.
    var missingGroups: [SettingsGroup] { Set(missing).sorted() }
    /// The needed groups that are not collected by configuration, in their order.
    var uncollectedGroups: [SettingsGroup] { Set(uncollected).sorted() }

    /// The comparisons that explain an outcome of the whole condition.
    func comparisons(explaining outcome: Outcome) -> [Comparison] {
        guard !records.isEmpty else { return [] }
        return records.filter { record in
            switch outcome {
            case .pass: !record.isAgainst
            case .fail, .noValue: record.isAgainst && record.outcome != .unknown
            case .unknown: record.outcome == .unknown
            case .notCollected: false
            }
        }.map(\.comparison)
    }

    mutating func outcome(of condition: Condition, isNegated: Bool = false) -> Outcome {
        switch condition {
        case .scalar(let lookup, let matcher): return outcome(lookup, matcher, isNegated: isNegated)
        case .list(let lookup, let matcher): return outcome(lookup, matcher, isNegated: isNegated)
        case .expression(let expression): return outcome(expression, isNegated: isNegated)
        case .all(let parts):
            let start = records.count
            var result = Outcome.pass
            for part in parts {
                let outcome = outcome(of: part, isNegated: isNegated)
                if outcome.rawValue < result.rawValue { result = outcome }
            }
            return settled(result, isNegated: isNegated, since: start)
        case .any(let parts):
            let start = records.count
            var result = Outcome.fail
            for part in parts {
                let outcome = outcome(of: part, isNegated: isNegated)
                if outcome.rankInAny < result.rankInAny { result = outcome }
            }
            return settled(result, isNegated: isNegated, since: start)
        case .not(let part):
            let start = records.count
            let result: Outcome =
                switch outcome(of: part, isNegated: !isNegated) {
                case .pass: .fail
                case .fail: .pass
                case .noValue: .noValue
                case .unknown: .unknown
                case .notCollected: .notCollected
                }
            return settled(result, isNegated: isNegated, since: start)
        }
    }

    /// Drops what spoke against a part that came out as it should; what it says is no reason any more.
    private mutating func settled(_ outcome: Outcome, isNegated: Bool, since start: Int) -> Outcome {
        if !keepsAll, outcome == (isNegated ? .fail : .pass), records.count > start {
            records.removeAll(from: start) { $0.isAgainst }
        }
        return outcome
    }

    /// The group's body, or why there is none.
    enum Body {
        case value(SettingValue)
        case none(Outcome)
    }

    private mutating func body(of lookup: Lookup, expected: () -> String, isNegated: Bool) -> Body {
        body(of: lookup.path.group, path: lookup.path, expected: expected, isNegated: isNegated)
    }

    mutating func body(
        of group: SettingsGroup, path: @autoclosure () -> SettingPath, expected: () -> String, isNegated: Bool
    ) -> Body {
        switch evidence.snapshot.groups[group] {
        case .document(let value, _): return .value(value)
        case .failure:
            missing.append(group)
            keep(
                Comparison(
                    path: path(), expected: expected(), actual: nil, reason: .notCaptured, isNegated: isNegated),
                .unknown, isAgainst: true)
            return .none(.unknown)
        case .notCollected:
            uncollected.append(group)
            return .none(.notCollected)
        }
    }

    mutating func keep(_ comparison: Comparison, _ outcome: Outcome, isAgainst: Bool) {
        records.append(Record(comparison: comparison, outcome: outcome, isAgainst: isAgainst))
    }

    private func outcome(for reason: ComparisonReason) -> Outcome {
        switch reason {
        case .satisfied: .pass
        case .violated, .zero: .fail
        case .absent, .null, .wrongType, .outOfRange, .error: isWhen ? .unknown : .noValue
        case .notCaptured: .unknown
        }
    }

    // MARK: Scalars

    private mutating func outcome(_ lookup: Lookup, _ matcher: ScalarMatcher, isNegated: Bool) -> Outcome {
        if let slot = lookup.slot, let value = evidence.values[slot] {
            return judge(value, matcher, isNegated: isNegated) { lookup.path }
        }
        let body: SettingValue
        switch self.body(of: lookup, expected: { matcher.expected }, isNegated: isNegated) {
        case .none(let outcome): return outcome
        case .value(let value): body = value
        }
        if let container = lookup.path.blockingContainer(in: body) {
            // What stands where a list or an object should is no absent value, and `absent: pass` does not excuse it.
            return judge(blocked: container, matcher, isNegated: isNegated)
        }
        var result = Outcome.pass
        for (index, value) in lookup.path.values(in: body).enumerated() {
            let outcome = judge(value, matcher, isNegated: isNegated) { lookup.path.concrete(index, in: body) }
            if outcome.rawValue < result.rawValue { result = outcome }
        }
        return result
    }

    private mutating func judge(
        blocked container: (path: SettingPath, value: SettingValue), _ matcher: ScalarMatcher, isNegated: Bool
    ) -> Outcome {
        let reason: ComparisonReason =
            container.value == .null ? (matcher.nullPasses ? .satisfied : .null) : .wrongType
        let outcome = outcome(for: reason)
        let isAgainst = outcome != (isNegated ? .fail : .pass)
        if isAgainst || keepsAll {
            keep(
                Comparison(
                    path: container.path, expected: matcher.expected, actual: container.value, reason: reason,
                    isNegated: isNegated),
                outcome, isAgainst: isAgainst)
        }
        return outcome
    }

    private mutating func judge(
        _ value: SettingValue?, _ matcher: ScalarMatcher, isNegated: Bool, path: () -> SettingPath
    ) -> Outcome {
        let reason = matcher.reason(for: value)
        let outcome = outcome(for: reason)
        let isAgainst = outcome != (isNegated ? .fail : .pass)
        if isAgainst || keepsAll || matcher.leavesZeroOpen(for: value) {
            keep(
                Comparison(
                    path: path(), expected: matcher.expected, actual: value, reason: reason, isNegated: isNegated,
                    note: matcher.note(for: value, failed: isAgainst)),
                outcome, isAgainst: isAgainst)
        }
        return outcome
    }

    // MARK: Lists

    private mutating func outcome(_ lookup: Lookup, _ matcher: ListMatcher, isNegated: Bool) -> Outcome {
        let body: SettingValue
        let expected = { matcher.tests.map(\.text).joined(separator: ", ") }
        switch self.body(of: lookup, expected: expected, isNegated: isNegated) {
        case .none(let outcome): return outcome
        case .value(let value): body = value
        }
        let judgement = matcher.judgement(of: lookup.path, in: body)
        var result = Outcome.pass
        for finding in judgement {
            let outcome = outcome(for: finding.reason)
            if outcome.rawValue < result.rawValue { result = outcome }
        }
        for finding in judgement {
            let outcome = outcome(for: finding.reason)
            let isAgainst = outcome != (isNegated ? .fail : .pass)
            guard isAgainst || keepsAll else { continue }
            keep(
                Comparison(
                    path: finding.path, expected: finding.expected, actual: finding.actual, reason: finding.reason,
                    isNegated: isNegated, note: matcher.caveat),
                outcome, isAgainst: isAgainst)
        }
        // Under `not`, a list that passes whole has no finding of its own to show.
        if result == .pass, isNegated || keepsAll, judgement.isEmpty {
            keep(
                Comparison(
                    path: lookup.path, expected: expected(),
                    actual: .array(lookup.path.values(in: body).compactMap { $0 }), reason: .satisfied,
                    isNegated: isNegated, note: matcher.caveat),
                .pass, isAgainst: isNegated)
        }
        return result
    }
}

extension Array {
    /// Removes from an index on.
    fileprivate mutating func removeAll(from start: Int, where shouldBeRemoved: (Element) -> Bool) {
        let kept = self[start...].filter { !shouldBeRemoved($0) }
        replaceSubrange(start..., with: kept)
    }
}
