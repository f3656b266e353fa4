public import AuditModel

/// Which changes bear on what a rule compares.
public enum CausalPaths {
    /// The paths of the changes that one of the patterns can see, in the order of the changes.
    public static func paths(of changes: [Change], comparedBy patterns: [SettingPath]) -> [SettingPath] {
        guard !patterns.isEmpty else { return [] }
        return changes.filter { change in patterns.contains { affects(change, $0) } }.map(\.path)
    }

    /// Whether a change can alter what a pattern selects or reads.
    ///
    /// It can where one of the two paths leads to the other: `voicePool.voice[id=5]`, removed, alters what
    /// `voicePool.voice[*].id` reads, and `settings.odd.inner` alters `settings.odd`. Where it cannot be told which
    /// element a selection by another member meant, the answer is yes.
    static func affects(_ change: Change, _ pattern: SettingPath) -> Bool {
        guard change.path.group == pattern.group else { return false }
        let steps = change.path.steps
        for (index, pair) in zip(steps, pattern.steps).enumerated() {
            switch pair {
            case (.key(let one), .key(let other)):
                guard one.isIdentical(to: other) else { return false }
            case (.key, _), (_, .key): return false
            case (.selected(let ownKey, let own, let occurrence), .selected(let key, let value, let meant)):
                if ownKey.isIdentical(to: key) {
                    guard own == value, meant == nil || meant == occurrence else { return false }
                } else if index + 1 < steps.count {
                    // The member that the pattern selects by has changed: the element may be in or out now.
                    if case .key(let changed) = steps[index + 1], changed.isIdentical(to: key) { return true }
                } else {
                    guard change.before?[key] == value || change.after?[key] == value else { return false }
                }
            case (.index(let one), .index(let other)):
                guard one == other else { return false }
            case (.selected, .index), (.index, .selected), (.selected, .each), (.index, .each), (.each, _): break
            }
        }
        return true
    }
}
