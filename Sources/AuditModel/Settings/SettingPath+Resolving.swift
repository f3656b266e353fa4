/// One setting that a path led to.
public struct ResolvedSetting: Sendable, Hashable {
    /// The concrete path: elements of keyed lists by their key, others by position.
    public var path: SettingPath
    /// The RFC 6901 pointer within the group's body.
    public var pointer: String
    /// The value, or nil where the body has nothing there.
    public var value: SettingValue?
}

extension SettingPath {
    /// What the path names in a body of its group.
    ///
    /// A path without `[*]` and selections gives exactly one element, whose value is nil where the key is absent. `[*]`
    /// gives one for each element of the list (none for an empty one), and a selection one for each element selected;
    /// where there is no such list, or nothing is selected, one element with the value nil.
    public func resolved(in body: SettingValue) -> [ResolvedSetting] {
        var found: [ResolvedSetting] = []
        resolve(steps[...], value: body, at: SettingPath(group), pointer: "", into: &found)
        return found
    }

    private func resolve(
        _ remaining: ArraySlice<Step>, value: SettingValue?, at path: SettingPath, pointer: String,
        into found: inout [ResolvedSetting]
    ) {
        guard let step = remaining.first else {
            found.append(ResolvedSetting(path: path, pointer: pointer, value: value))
            return
        }
        let rest = remaining.dropFirst()
        switch step {
        case .key(let key):
            let next = SettingPath(group, [.key(key)]).pointer ?? ""
            resolve(rest, value: value?[key], at: path.appending(step), pointer: pointer + next, into: &found)
        case .index(let index):
            resolve(rest, value: value?[index], at: path.appending(step), pointer: pointer + "/\(index)", into: &found)
        case .each, .selected:
            guard case .array(let elements)? = value else {
                found.append(ResolvedSetting(path: absent(path, step, rest), pointer: pointer, value: nil))
                return
            }
            let before = found.count
            for (index, concrete) in Self.concreteSteps(of: elements, at: path).enumerated()
            where Self.step(step, selects: elements[index], concrete) {
                resolve(
                    rest, value: elements[index], at: path.appending(concrete), pointer: pointer + "/\(index)",
                    into: &found)
            }
            if found.count == before, case .selected = step {
                found.append(ResolvedSetting(path: absent(path, step, rest), pointer: pointer, value: nil))
            }
        }
    }

    private func absent(_ path: SettingPath, _ step: Step, _ rest: ArraySlice<Step>) -> SettingPath {
        SettingPath(group, path.steps + [step] + rest)
    }

    /// How each element of a list is named: by key and occurrence where the catalogue keys the list, else by position.
    public static func concreteSteps(of elements: [SettingValue], at path: SettingPath) -> [Step] {
        guard let key = SettingsCatalogue.listKey(at: path) else { return elements.indices.map { .index($0) } }
        var seen: [SettingValue: Int] = [:]
        return elements.enumerated().map { index, element in
            guard let value = element[key] else { return .index(index) }
            switch value {
            case .null, .bool, .integer, .number, .string:
                seen[value, default: 0] += 1
                return .selected(key: key, value: value, occurrence: seen[value])
            case .array, .object: return .index(index)
            }
        }
    }

    private static func step(_ step: Step, selects element: SettingValue, _ concrete: Step) -> Bool {
        guard case .selected(let key, let value, let occurrence) = step else { return true }
        guard element[key] == value else { return false }
        guard let occurrence, case .selected(_, _, let own) = concrete else { return true }
        return own == occurrence
    }
}
