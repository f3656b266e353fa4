public import AuditModel

/// What differs between two states of a client's settings.
public enum Changes {
    /// The changes that lead from one body of a group to another, sorted by path; empty for bodies that differ in the
    /// order of keyed lists alone.
    ///
    /// Changes are told at the leaf: a member that is another inside an element of a keyed list is one
    /// ``Change/Kind/modified`` at `messaging.property[key=x].value`; an element that only one side has is one change
    /// with the whole element as its value. Absent, `null`, `""`, `[]`, `{}` and another type are all different.
    /// Paths are unique; see ``KeyedPairing`` for how repeated keys are told apart.
    public static func between(_ before: SettingValue, _ after: SettingValue, group: SettingsGroup) -> [Change] {
        var comparison = ValueComparison(at: SettingPath(group))
        comparison.compare(before, after)
        return comparison.changes.count < 2 ? comparison.changes : comparison.changes.sorted { $0.path < $1.path }
    }

    /// What differs between two snapshots of one client: digests are compared first, and only documents that differ
    /// are looked into.
    ///
    /// A group that either side lacks cannot be compared and is told as such; one that configuration leaves out on both
    /// sides is silent.
    public static func between(_ before: Snapshot, _ after: Snapshot) -> SnapshotDifference {
        var difference = SnapshotDifference()
        for group in SettingsGroup.allCases {
            switch (before.groups[group], after.groups[group]) {
            case (.document(_, let earlier), .document(_, let later)) where earlier == later: break
            case (.document(let earlier, _), .document(let later, _)):
                difference.changes += between(earlier, later, group: group)
            case (.notCollected, .notCollected): break
            case (let earlier, let later):
                difference.incomparable.append(
                    IncomparableGroup(group: group, before: earlier.capture, after: later.capture))
            }
        }
        return difference
    }
}

/// What differs between two snapshots of one client, and what cannot be compared.
public struct SnapshotDifference: Sendable, Hashable {
    /// The changes, by group and then by path.
    public var changes: [Change]
    /// The groups that one side or both lack, in the order of the groups.
    public var incomparable: [IncomparableGroup]

    /// Joins the two.
    public init(changes: [Change] = [], incomparable: [IncomparableGroup] = []) {
        self.changes = changes
        self.incomparable = incomparable
    }

    /// Whether nothing differs and everything could be compared.
    public var isEmpty: Bool { changes.isEmpty && incomparable.isEmpty }
}
