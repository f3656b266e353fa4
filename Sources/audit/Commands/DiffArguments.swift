import AuditModel

/// Reads the groups and paths that a command tells of alone.
enum DiffArguments {
    /// Groups by name.
    static func groups(_ names: [String]) throws -> [SettingsGroup] {
        try names.map { name in
            guard let group = SettingsGroup(rawValue: name) else {
                let near = NearestName.to(name, among: SettingsGroup.allCases.map(\.rawValue)).map {
                    " Did you mean '\($0)'?"
                }
                throw CommandEnd(
                    .usage,
                    "--group \(name): the groups are \(SettingsGroup.allCases.map(\.rawValue).joined(separator: ", ")).\(near ?? "")"
                )
            }
            return group
        }
    }

    /// Paths in dotted form.
    ///
    /// - Parameter option: what the user wrote them after.
    static func paths(_ texts: [String], option: String) throws -> [SettingPath] {
        try texts.map { text in
            do throws(SettingPathError) {
                return try SettingPath(dotted: text)
            } catch {
                let near = error.suggestion.map { " Did you mean '\($0)'?" } ?? ""
                throw CommandEnd(
                    .usage, "\(option) \(text): \(error.message) (at character \(error.offset + 1)).\(near)")
            }
        }
    }
}
