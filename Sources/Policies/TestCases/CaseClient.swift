internal import AuditModel

/// The client of a test case, while cases change it.
struct CaseClient {
    var number = 1
    var labels: [String: String] = [:]
    var bodies = PerGroup<SettingValue?>(repeating: nil)
    var notCollected: Set<SettingsGroup> = []

    /// The name in `client.labels.NAME`.
    static func label(in path: String) -> String? {
        let prefix = "client.labels."
        return path.hasPrefix(prefix) && path.count > prefix.count ? String(path.dropFirst(prefix.count)) : nil
    }

    var snapshot: Snapshot {
        let client = Client(
            id: Client.ID(environment: EnvironmentName("test"), number: number), code: "TEST", labels: labels)
        let groups = PerGroup<GroupContent> { group in
            if let body = bodies[group] { return .document(body, Digest(of: body)) }
            return notCollected.contains(group)
                ? .notCollected(.countriesOfAnotherClient)
                : .failure(CaptureFailure(.notAttempted, detail: "the test case does not have it"))
        }
        return Snapshot(client: client, groups: groups)
    }

    /// Sets (or, to nil, removes) what a path leads to; false where there is nothing that could be changed.
    mutating func change(_ path: SettingPath, to value: SettingValue?) -> Bool {
        if path.steps.isEmpty {
            guard value != nil || bodies[path.group] != nil else { return false }
            bodies[path.group] = value
            return true
        }
        guard let body = bodies[path.group], let changed = Self.changed(body, path.steps[...], value) else {
            return false
        }
        bodies[path.group] = changed
        return true
    }

    private static func changed(
        _ body: SettingValue, _ steps: ArraySlice<SettingPath.Step>, _ value: SettingValue?
    ) -> SettingValue? {
        guard let step = steps.first else { return nil }
        let rest = steps.dropFirst()
        switch step {
        case .key(let key):
            guard case .object(var object) = body else { return nil }
            if rest.isEmpty {
                guard value != nil || object[key] != nil else { return nil }
                object[key] = value
            } else {
                guard let member = object[key], let changed = changed(member, rest, value) else { return nil }
                object[key] = changed
            }
            return .object(object)
        case .index(let index):
            guard case .array(let elements) = body, elements.indices.contains(index) else { return nil }
            return changed(elements, at: [index], rest, value)
        case .each:
            guard case .array(let elements) = body, !elements.isEmpty else { return nil }
            return changed(elements, at: Array(elements.indices), rest, value)
        case .selected(let key, let wanted, let occurrence):
            guard case .array(let elements) = body else { return nil }
            var indices = elements.indices.filter { elements[$0][key] == wanted }
            if let occurrence { indices = indices.count >= occurrence ? [indices[occurrence - 1]] : [] }
            return indices.isEmpty ? nil : changed(elements, at: indices, rest, value)
        }
    }

    private static func changed(
        _ elements: [SettingValue], at indices: [Int], _ rest: ArraySlice<SettingPath.Step>, _ value: SettingValue?
    ) -> SettingValue? {
        var result = elements
        // From the end, so that removing one does not move the others.
        for index in indices.reversed() {
            if !rest.isEmpty {
                guard let element = changed(elements[index], rest, value) else { return nil }
                result[index] = element
            } else if let value {
                result[index] = value
            } else {
                result.remove(at: index)
            }
        }
        return .array(result)
    }
}
