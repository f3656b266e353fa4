extension ExportedReader {
    /// An object with no other keys than these; which of them must be there is the reader's of each.
    mutating func object(_ value: SettingValue?, _ place: String, keys: [String]) -> SettingObject? {
        guard case .object(let object)? = value else {
            mistakes.append(ExportedMistake(place, "an object belongs here\(found(value))"))
            return nil
        }
        for member in object.members where !keys.contains(where: { $0.isIdentical(to: member.key) }) {
            let near = NearestName.to(member.key, among: keys).map { "; did you mean '\($0)'?" } ?? ""
            mistakes.append(ExportedMistake(place, "the key '\(member.key.prefix(60))' does not belong here\(near)"))
        }
        return object
    }

    mutating func text(_ object: SettingObject, _ key: String, _ place: String) -> String? {
        let value = object[key]
        guard let text = value?.stringValue else {
            mistakes.append(ExportedMistake("\(place).\(key)", "a text belongs here\(found(value))"))
            return nil
        }
        return text
    }

    mutating func number(_ object: SettingObject, _ key: String, _ place: String, from least: Int) -> Int? {
        let value = object[key]
        guard let number = value?.integerValue, number >= least else {
            mistakes.append(
                ExportedMistake("\(place).\(key)", "a whole number of \(least) or more belongs here\(found(value))"))
            return nil
        }
        return Int(number)
    }

    mutating func time(_ object: SettingObject, _ key: String, _ place: String) -> Timestamp? {
        let value = object[key]
        guard let time = value?.stringValue.flatMap({ Timestamp(rfc3339: $0) }) else {
            mistakes.append(
                ExportedMistake(
                    "\(place).\(key)", "a moment such as 2026-11-01T02:00:00.250Z belongs here\(found(value))"))
            return nil
        }
        return time
    }

    /// One of a closed set, by its raw value.
    mutating func named<Name: RawRepresentable<String>>(
        _ object: SettingObject, _ key: String, _ place: String, among names: [Name]
    ) -> Name? {
        let value = object[key]
        if let text = value?.stringValue, let name = names.first(where: { $0.rawValue.isIdentical(to: text) }) {
            return name
        }
        let known = names.map(\.rawValue).joined(separator: ", ")
        mistakes.append(ExportedMistake("\(place).\(key)", "one of \(known) belongs here\(found(value))"))
        return nil
    }

    private func found(_ value: SettingValue?) -> String {
        switch value {
        case nil: "; it is not there"
        case .string(let text)?: "; it is '\(text.prefix(40))'"
        case .integer(let number)?: "; it is \(number)"
        case let value?: "; it is of type \(value.typeName)"
        }
    }
}
