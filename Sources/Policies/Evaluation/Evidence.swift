internal import AuditModel

/// The keys that the rules of a set compare, each looked up once in a snapshot however many rules read it.
struct Slots: Sendable {
    private(set) var keys: [(group: SettingsGroup, key: String)] = []

    mutating func slot(of key: String, in group: SettingsGroup) -> Int {
        if let index = keys.firstIndex(where: { $0.group == group && $0.key.isIdentical(to: key) }) { return index }
        keys.append((group, key))
        return keys.count - 1
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
