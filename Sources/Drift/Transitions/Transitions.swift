public import AuditModel

/// How verdicts moved against the last known ones, and why (decision 15 of the architecture).
public enum Transitions {
    /// The name of a rule's move for one client that is on both rosters, with the rule in both policy sets.
    ///
    /// - Parameters:
    ///   - lastKnown: the last verdict other than unknown, from whatever run; nil if there was never one.
    ///   - previous: the verdict of the run before; nil where that run did not judge the client by this rule.
    ///   - current: tonight's verdict.
    /// - Returns: nil for what is no news by itself: what passes or does not apply and did not fail before, and an
    ///   unknown that was unknown before.
    public static func transition(lastKnown: Verdict?, previous: Verdict?, current: Verdict) -> Transition? {
        let known = previous.flatMap { $0 == .unknown ? nil : $0 } ?? lastKnown
        switch (current, known) {
        case (.fail, nil), (.fail, .unknown?): return .firstSeen
        case (.fail, .fail?): return .still
        case (.fail, .pass?), (.fail, .notApplicable?): return .new
        case (.pass, .fail?): return .fixed
        case (.notApplicable, .fail?): return .noLongerApplicable
        case (.unknown, .some): return previous == .unknown ? nil : .sightLost
        case (.pass, _), (.notApplicable, _), (.unknown, nil): return nil
        }
    }

    /// Each verdict of a client that moved between two runs, by rule id; what stays (``Transition/still`` too) is not in it.
    ///
    /// Of a client that joined, what fails is told; of one that left, what failed. A first run has no run to compare with:
    /// it is a baseline, and nothing is to be asked here.
    /// - Parameters:
    ///   - before: the client in the earlier run; nil where it was not on the roster.
    ///   - after: the client in the later run; nil where it is not on the roster any more.
    ///   - lastKnown: the last verdict other than unknown up to the earlier run, by rule id. It is needed only for rules
    ///     that are unknown in `before`, or where `before` is nil.
    ///   - difference: what changed between the two snapshots.
    ///   - pathsCompared: the paths (patterns) that a rule compares, its condition's included, by rule id.
    ///   - timeRole: what the time that went by had to do with the move of a rule that both sides have; asked only of
    ///     rules whose verdict moved.
    public static func changes(
        from before: Judgement?, to after: Judgement?, lastKnown: [String: Verdict] = [:],
        difference: SnapshotDifference = SnapshotDifference(), pathsCompared: (String) -> [SettingPath],
        timeRole: (String) throws -> TimeRole
    ) rethrows -> [VerdictChange] {
        guard let client = after?.client ?? before?.client else { return [] }
        var changes: [VerdictChange] = []
        for ruleID in ruleIDs(before, after) {
            let previous = before?.verdicts[ruleID]
            let known = previous.flatMap { $0 == .unknown ? nil : $0 } ?? lastKnown[ruleID]
            let current = after?.verdicts[ruleID]
            let (waiverBefore, waiverAfter) = (before?.waivers[ruleID], after?.waivers[ruleID])
            // A failure that stays one has moved where a waiver came over it or went; which one it is does not count.
            let hasMovedByWaiver =
                previous == .fail && current == .fail && (waiverBefore == nil) != (waiverAfter == nil)
            // An unknown that was unknown, or a verdict that came back as it was known, is no move.
            guard previous != current && known != current || hasMovedByWaiver else { continue }
            let transition: Transition?
            switch current {
            case .fail? where hasMovedByWaiver: transition = nil
            case let current?:
                transition = Self.transition(lastKnown: known, previous: previous, current: current)
                if before == nil, transition == nil { continue }
            case nil where after == nil:
                guard known == .fail else { continue }
                transition = .clientLeft
            case nil: transition = known == .fail ? .ruleRetired : nil
            }
            let patterns = pathsCompared(ruleID)
            // A rule that only one side had was not flipped by any setting.
            let wasThere = before.map { $0.rules[ruleID] != nil } ?? true
            let isThere = after.map { $0.rules[ruleID] != nil } ?? true
            let isCommon = before != nil && after != nil && wasThere && isThere
            let time: TimeRole = isCommon && previous != current ? try timeRole(ruleID) : .none
            // What the time did alone was not flipped by any setting either, though one may have changed.
            let paths =
                wasThere && isThere && time != .alone
                ? CausalPaths.paths(of: difference.changes, comparedBy: patterns) : [SettingPath]()
            changes.append(
                VerdictChange(
                    client: client, ruleID: ruleID, before: known ?? previous, after: current, transition: transition,
                    causes: causes(
                        of: ruleID, before, after, groups: Set(patterns.map(\.group)), paths: paths,
                        hasMovedByWaiver: hasMovedByWaiver, time: time),
                    paths: paths, waiverBefore: waiverBefore, waiverAfter: waiverAfter))
        }
        return changes
    }

    private static func ruleIDs(_ before: Judgement?, _ after: Judgement?) -> [String] {
        Set(before.map { Array($0.verdicts.keys) } ?? []).union(after.map { Array($0.verdicts.keys) } ?? [])
            .sorted { $0.precedesInUTF16($1) }
    }

    /// Everything that differs between the two sides and bears on the rule; several may hold at once.
    private static func causes(
        of ruleID: String, _ before: Judgement?, _ after: Judgement?, groups: Set<SettingsGroup>, paths: [SettingPath],
        hasMovedByWaiver: Bool, time: TimeRole
    ) -> [TransitionCause] {
        guard let before, let after else { return [.client] }
        guard before.rules[ruleID] != nil, after.rules[ruleID] != nil else { return [.rule] }
        if time == .alone { return [.time] }
        return TransitionCause.allCases.filter { cause in
            switch cause {
            case .setting: !paths.isEmpty
            case .rule: before.rules[ruleID] != after.rules[ruleID]
            case .waiver: hasMovedByWaiver
            case .evidence: !before.missing.symmetricDifference(after.missing).isDisjoint(with: groups)
            case .client: !haveIdenticalLabels(before.client, after.client)
            case .time: time != .none
            case .tool: !before.evaluatorVersion.isIdentical(to: after.evaluatorVersion)
            }
        }
    }

    /// Labels are the only facts of a client that a rule can read, besides the id.
    private static func haveIdenticalLabels(_ left: Client, _ right: Client) -> Bool {
        left.labels.count == right.labels.count
            && left.labels.allSatisfy { key, value in right.labels[key]?.isIdentical(to: value) ?? false }
    }
}
