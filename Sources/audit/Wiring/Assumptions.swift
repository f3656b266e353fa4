import AuditModel

/// What `--set` assumes: parameters of the policies, and settings of every client.
struct Assumptions {
    /// Parameters by name.
    var parameters: [String: SettingValue] = [:]
    /// Settings by path.
    var settings: [SettingPath: SettingValue] = [:]

    /// Reads `name=value` and `group.key=value`; the value is JSON, or text where it is none.
    init(_ texts: [String]) throws {
        for text in texts {
            guard let split = text.firstIndex(of: "="), split != text.startIndex else {
                throw CommandEnd(.usage, "--set \(text): write NAME=VALUE or group.key=VALUE.")
            }
            let name = String(text[..<split])
            let raw = String(text[text.index(after: split)...])
            let value = (try? JSONReader.value(of: raw)) ?? .string(raw)
            guard name.contains(".") else {
                parameters[name] = value
                continue
            }
            let path: SettingPath
            do throws(SettingPathError) {
                path = try SettingPath(dotted: name)
            } catch {
                let near = error.suggestion.map { " Did you mean '\($0)'?" } ?? ""
                throw CommandEnd(.usage, "--set \(text): \(error.message).\(near)")
            }
            guard case .key? = path.steps.first, path.steps.count == 1 else {
                throw CommandEnd(
                    .usage, "--set \(text): only plain settings such as internal.maxDailyAttempts can be assumed.")
            }
            guard SettingsCatalogue.definition(at: path) != nil else {
                let near = NearestName.to(
                    path.steps.first.map { if case .key(let key) = $0 { key } else { "" } } ?? "",
                    among: SettingsCatalogue.knownKeys(of: path.group).sorted())
                throw CommandEnd(
                    .usage,
                    "--set \(text): unknown setting '\(name)'."
                        + (near.map { " Did you mean '\(path.group.rawValue).\($0)'?" } ?? ""))
            }
            settings[path] = value
        }
    }
}
