import AuditModel

/// JSON that is put together from parts that are texts already: large lists have one element a line, so that files can be
/// compared, and nothing is laid out twice.
enum JSONLayout {
    /// An object of members in the order given; the values are JSON.
    static func object(_ members: [(key: String, json: String)]) -> String {
        "{" + members.map { CanonicalJSON.text(of: .string($0.key)) + ":" + $0.json }.joined(separator: ",\n") + "}"
    }

    /// A list with one element a line; the elements are JSON.
    static func list(_ elements: [String]) -> String {
        elements.isEmpty ? "[]" : "[\n" + elements.joined(separator: ",\n") + "\n]"
    }
}

extension SettingValue {
    /// An object of the members that have a value: formats of others mostly forbid null.
    static func members(_ members: [(String, SettingValue?)]) -> SettingValue {
        .object(SettingObject(members.compactMap { key, value in value.map { .init(key: key, value: $0) } }))
    }
}
