/// Lists whose order means nothing, in an order of their own.
public enum KeyedLists {
    /// The body with every list that the catalogue keys sorted by (key value, the element's canonical bytes).
    ///
    /// Two bodies that differ in the order of such lists alone become equal.
    public static func sorted(_ body: SettingValue, of group: SettingsGroup) -> SettingValue {
        sorted(body, at: SettingPath(group))
    }

    /// The digest of ``sorted(_:of:)``: equal for two bodies that differ in order alone.
    public static func orderFreeDigest(of body: SettingValue, group: SettingsGroup) -> Digest {
        Digest(of: sorted(body, of: group))
    }

    private static func sorted(_ value: SettingValue, at path: SettingPath) -> SettingValue {
        switch value {
        case .object(let object):
            var result = object
            for member in object.members {
                switch member.value {
                case .array, .object: result[member.key] = sorted(member.value, at: path.appending(.key(member.key)))
                case .null, .bool, .integer, .number, .string: break
                }
            }
            return .object(result)
        case .array(let elements):
            guard let key = SettingsCatalogue.listKey(at: path) else { return value }
            let keyed = elements.map { element in
                (key: CanonicalJSON.text(of: element[key] ?? .null), text: CanonicalJSON.text(of: element), element)
            }
            return .array(
                keyed.sorted { left, right in
                    left.key == right.key
                        ? left.text.precedesInUTF16(right.text) : left.key.precedesInUTF16(right.key)
                }.map(\.2))
        case .null, .bool, .integer, .number, .string: return value
        }
    }
}
