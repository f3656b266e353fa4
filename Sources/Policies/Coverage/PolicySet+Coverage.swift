public import AuditModel

extension PolicySet {
    /// The documented settings that no rule reads, by group and then in the catalogue's order.
    ///
    /// A rule that reads a list or a group as a whole reads what is in it; a setting inside a list that is read makes the
    /// list read. Rules that select one element by its key (`[key=requeue_limit]`) read that one alone.
    public var settingsReadByNoRule: [SettingDefinition] {
        let paths = Set(facts.flatMap { self.paths(comparedBy: $0.id) })
        return SettingsCatalogue.definitions.filter { definition in
            !paths.contains { $0.overlaps(definition.path) }
        }
    }
}

extension SettingPath {
    /// Whether two patterns can name the same setting, or one of them something inside what the other names.
    func overlaps(_ other: SettingPath) -> Bool {
        guard group == other.group else { return false }
        return zip(steps, other.steps).allSatisfy { one, other in
            switch (one, other) {
            case (.key(let one), .key(let other)): one.isIdentical(to: other)
            case (.key, _), (_, .key): false
            case (.selected(let ownKey, let own, _), .selected(let key, let value, _)):
                // Selections by different members may meet in one element.
                !ownKey.isIdentical(to: key) || own == value
            case (.index(let one), .index(let other)): one == other
            case (.each, _), (_, .each), (.index, .selected), (.selected, .index): true
            }
        }
    }
}
