/// Every documented setting of the five groups: what it is, its unit and range, and what its 0 may mean.
///
/// Sources: the vendor's page "Clients API Methods" (types, mandatory, meanings), the portal's "Security" tab (the 1–9
/// lockout range, the default of 90 days), public client code for voice names and enumeration values. What is inferred
/// says so.
public enum SettingsCatalogue {
    /// All definitions, by group and then in the vendor's order.
    public static let definitions: [SettingDefinition] =
        internalDefinitions + generalDefinitions + messagingDefinitions + voicePoolDefinitions + countriesDefinitions

    private static let byPath: [SettingPath: SettingDefinition] = Dictionary(
        uniqueKeysWithValues: definitions.map { ($0.path, $0) })

    private static let knownKeysByGroup: PerGroup<Set<String>> = PerGroup { group in
        Set(
            definitions.compactMap { definition in
                guard definition.path.group == group, case .key(let key) = definition.path.steps.first else {
                    return nil
                }
                return key
            })
    }

    /// The definition of the setting at a path; positions and selections are looked up exactly, then as `[*]`.
    public static func definition(at path: SettingPath) -> SettingDefinition? {
        byPath[path] ?? byPath[withoutOccurrences(path)] ?? byPath[path.generalised]
    }

    /// The keys that the top level of a group's body is known to have; empty for `countries`, which is a bare list.
    public static func knownKeys(of group: SettingsGroup) -> Set<String> {
        knownKeysByGroup[group]
    }

    /// The member that identifies the elements of the list at a path: `id` for voices and countries, `key` for
    /// messaging properties; nil for a list that the catalogue does not know, which is compared by position.
    public static func listKey(at path: SettingPath) -> String? {
        byPath[path.generalised]?.listKey
    }

    /// The keys of a group that the vendor's page calls mandatory.
    public static func mandatoryPaths(of group: SettingsGroup) -> [SettingPath] {
        mandatoryByGroup[group]
    }

    private static let mandatoryByGroup: PerGroup<[SettingPath]> = PerGroup { group in
        definitions.filter { $0.path.group == group && $0.isMandatory && $0.path.steps.count == 1 }.map(\.path)
    }

    private static func withoutOccurrences(_ path: SettingPath) -> SettingPath {
        SettingPath(
            path.group,
            path.steps.map { step in
                guard case .selected(let key, let value, _) = step else { return step }
                return .selected(key: key, value: value, occurrence: nil)
            })
    }
}
