extension SettingsCatalogue {
    /// How a body differs from what the vendor documents: keys that the catalogue does not know, and mandatory keys that
    /// are not there (a mandatory key that is null is there).
    ///
    /// Unknown members of list elements are reported once, as `list[*].key`.
    public static func deviations(of body: SettingValue, group: SettingsGroup) -> [(
        kind: KeyDeviation.Kind, path: SettingPath
    )] {
        var undocumented: Set<SettingPath> = []
        collectUndocumented(body, at: SettingPath(group), into: &undocumented)
        let missing = mandatoryPaths(of: group).filter { path in
            guard case .key(let key)? = path.steps.first else { return false }
            return body[key] == nil
        }
        return undocumented.sorted().map { (.undocumented, $0) } + missing.map { (.mandatoryMissing, $0) }
    }

    private static func collectUndocumented(
        _ value: SettingValue, at path: SettingPath, into found: inout Set<SettingPath>
    ) {
        switch value {
        case .object(let object):
            for member in object.members {
                let place = path.appending(.key(member.key))
                if definition(at: place) == nil {
                    found.insert(place.generalised)
                } else {
                    collectUndocumented(member.value, at: place, into: &found)
                }
            }
        case .array(let elements):
            for element in elements { collectUndocumented(element, at: path.appending(.each), into: &found) }
        case .null, .bool, .integer, .number, .string: break
        }
    }
}
