public import AuditModel

/// What a rule asks of one setting, whether or not the setting is so.
public struct SettingDemand: Sendable, Hashable {
    /// The rule.
    public var ruleID: String
    /// As people read it: `at most 5`, `not 0`.
    public var wanted: String
    /// Whether the rule can be satisfied in other ways, too.
    public var isOneOfSeveral: Bool
    /// Whether the rule does not judge the client now, but may once the setting is another: its `when` reads it.
    public var isConditional: Bool
}

extension PolicySet {
    /// What the rules ask of some settings of a client, so that who changes one of them does not break another rule.
    ///
    /// Rules that do not judge the client are left out, but for those whose `when` reads the setting.
    ///
    /// - Parameter paths: settings as comparisons have them, with positions and keys of list elements.
    /// - Returns: the demands on each path, by rule; nothing for a path of no rule.
    public func demands(
        on paths: Set<SettingPath>, of snapshot: Snapshot, now: Timestamp? = nil
    ) -> [SettingPath: [SettingDemand]] {
        var demands: [SettingPath: [SettingDemand]] = [:]
        guard !paths.isEmpty else { return demands }
        let evidence = Evidence(snapshot, slots, now: now)
        for rule in rules {
            let form = rule.form(for: snapshot.client)
            guard form.disabled == nil, form.scopes?.contains(where: { $0.matches(snapshot.client) }) ?? true else {
                continue
            }
            var sayings: [Saying] = []
            Self.collect(form.check, isNegated: false, isOneOfSeveral: false, in: &sayings)
            for path in paths {
                let own = sayings.filter { path.isNamed(by: $0.path) }
                guard !own.isEmpty else { continue }
                let isJudged = rule.result(for: evidence).verdict != .notApplicable
                guard isJudged || form.condition?.paths.contains(where: path.isNamed) ?? false else { continue }
                for saying in own {
                    let demand = SettingDemand(
                        ruleID: rule.facts.id, wanted: saying.wanted, isOneOfSeveral: saying.isOneOfSeveral,
                        isConditional: !isJudged)
                    if demands[path]?.contains(demand) != true { demands[path, default: []].append(demand) }
                }
            }
        }
        return demands
    }

    private struct Saying {
        var path: SettingPath
        var wanted: String
        var isOneOfSeveral: Bool
    }

    private static func collect(
        _ check: Condition, isNegated: Bool, isOneOfSeveral: Bool, in sayings: inout [Saying]
    ) {
        func add(_ path: SettingPath, _ wanted: String, isChoice: Bool = false) {
            sayings.append(
                Saying(
                    path: path, wanted: (isNegated ? "not " : "") + wanted,
                    isOneOfSeveral: isOneOfSeveral || isChoice))
        }
        switch check {
        case .all(let parts), .any(let parts):
            // Of `not: {all: …}` it takes one that does not hold, and of `not: {any: …}` all.
            let isChoice = if case .all = check { isNegated } else { !isNegated }
            for part in parts {
                collect(
                    part, isNegated: isNegated, isOneOfSeveral: isOneOfSeveral || isChoice && parts.count > 1,
                    in: &sayings)
            }
        case .not(let part): collect(part, isNegated: !isNegated, isOneOfSeveral: isOneOfSeveral, in: &sayings)
        case .scalar(let lookup, let matcher): add(lookup.path, matcher.expected)
        case .list(let lookup, let matcher):
            // All of them must hold; under `not`, it takes one that does not.
            let isChoice = isNegated && matcher.tests.count > 1
            for test in matcher.tests { add(lookup.path, test.text, isChoice: isChoice) }
        case .expression(let expression): for path in expression.paths { add(path, expression.expected) }
        }
    }
}

extension SettingPath {
    /// Whether a rule that names a path means this setting: the very path, or one with `[*]` where this has an element.
    fileprivate func isNamed(by path: SettingPath) -> Bool {
        if path == self { return true }
        let general = path.generalised
        return general == generalised && (path == general || self == generalised)
    }
}
