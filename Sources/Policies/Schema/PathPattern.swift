internal import AuditModel

/// The spellings of paths, as patterns of JSON Schema (ECMA-262).
///
/// A key may stand in brackets (`internal["maxDailyAttempts"]`), an element may be named by its position or by a member,
/// and what the catalogue knows as one setting then has many names.
enum PathPattern {
    private static let word = "[A-Za-z0-9_$-]+"
    private static let quoted = #""(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*""#
    private static let occurrence = "(?:#0*[1-9][0-9]{0,17})?"
    private static let value = "(?:\(quoted)|[^\"\\]#][^\\]#]*)\(occurrence)"
    private static let position = "\\[[0-9]{1,18}\\]"
    private static let group = "(?:" + SettingsGroup.allCases.map(\.rawValue).joined(separator: "|") + ")"
    private static let concreteStep = "(?:\\.\(word)|\\[\(quoted)\\]|\(position)|\\[\(word)=\(value)\\])"

    /// Any path.
    static let any = "^\(group)(?:\(concreteStep)|\\[\\*\\])*$"
    /// Any path to one value.
    static let anyScalar = "^\(group)\(concreteStep)*$"
    /// Any path with `[*]`.
    static let anyList = "^\(group)\(concreteStep)*\\[\\*\\](?:\(concreteStep)|\\[\\*\\])*$"

    /// What a catalogue's path may be spelled as, without anchors.
    ///
    /// - Parameters:
    ///   - definition: the setting.
    ///   - selecting: whether elements are picked by position or member, rather than all by `[*]`.
    ///   - isOpen: whether they may be picked by members that the catalogue does not know.
    static func spellings(of definition: SettingDefinition, selecting: Bool, isOpen: Bool) -> String {
        var text = definition.path.group.rawValue
        for (index, step) in definition.path.steps.enumerated() {
            switch step {
            case .key(let key): text += "(?:\\.\(escaped(key))|\\[\"\(escaped(key))\"\\])"
            case .index(let index): text += "\\[\(index)\\]"
            case .each where !selecting: text += "\\[\\*\\]"
            case .each:
                let list = SettingPath(definition.path.group, Array(definition.path.steps[..<index]))
                text += selections(in: list, before: definition.path.steps.last, isOpen: isOpen)
            case .selected(let key, let value, _):
                let name = escaped(value.stringValue ?? "")
                text += "\\[\(escaped(key))=(?:\(name)|\"\(name)\")\(occurrence)\\]"
            }
        }
        return text
    }

    /// The ways to pick elements of a list.
    private static func selections(in list: SettingPath, before last: SettingPath.Step?, isOpen: Bool) -> String {
        let elements = SettingsCatalogue.definitions.map(\.path).filter {
            $0.steps.count > list.steps.count && Array($0.steps.prefix(list.steps.count)) == list.steps
        }
        let members = elements.compactMap { path -> String? in
            guard path.steps[list.steps.count] == .each, case .key(let key)? = path.steps.last else { return nil }
            return key
        }
        // An element that the catalogue knows by its member has a definition of its own, and others of that list none.
        let named = elements.filter { $0.steps.last == last }.compactMap { path -> (key: String, value: String)? in
            guard case .selected(let key, let value, _) = path.steps[list.steps.count] else { return nil }
            return (key, value.stringValue ?? "")
        }
        let key = isOpen ? word : "(?:" + members.map(escaped).joined(separator: "|") + ")"
        var exclusion = ""
        if let known = named.first?.key {
            let names = named.map { escaped($0.value) }.joined(separator: "|")
            exclusion =
                isOpen
                ? "(?!\(escaped(known))=(?:\(names)|\"(?:\(names))\")\(occurrence)\\])"
                // Whatever is no text names no property, and is for the snapshot to find.
                : "(?!\(escaped(known))=(?!(?:-?[0-9]{1,15}|true|false|null)\(occurrence)\\]))"
        }
        return "(?:\(position)|\\[\(exclusion)\(key)=\(value)\\])"
    }

    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            if "\\^$.|?*+()[]{}/".contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
        return escaped
    }
}
