internal import AuditModel

/// One thing that speaks against a list.
struct ListFinding {
    var path: SettingPath
    var expected: String
    var actual: SettingValue?
    var reason: ComparisonReason
}

extension ListMatcher {
    /// All that speaks against the list; empty where it passes.
    func judgement(of path: SettingPath, in body: SettingValue) -> [ListFinding] {
        if let reason = containerReason(of: path, in: body) {
            if reason.reason == .absent, absentPasses { return [] }
            if reason.reason == .null, nullPasses { return [] }
            return [
                ListFinding(
                    path: path, expected: tests.map(\.text).joined(separator: ", "), actual: reason.actual,
                    reason: reason.reason)
            ]
        }
        let values = path.values(in: body)
        var findings: [ListFinding] = []
        var present: [(index: Int, value: SettingValue)] = []
        for (index, value) in values.enumerated() where looksAtValues {
            if let reason = unusable(value) {
                findings.append(
                    ListFinding(
                        path: path.concrete(index, in: body), expected: tests.map(\.text).joined(separator: ", "),
                        actual: value, reason: reason))
            } else if let value, value != .null {
                present.append((index, value))
            }
        }
        for test in tests {
            findings += self.findings(of: test, present, count: values.count, path: path, body: body)
        }
        return findings
    }

    /// Why a list that the path goes through is none; nil where all are lists.
    private func containerReason(
        of path: SettingPath, in body: SettingValue
    ) -> (reason: ComparisonReason, actual: SettingValue?)? {
        guard let first = path.steps.firstIndex(of: .each) else { return nil }
        let container = SettingPath(path.group, Array(path.steps[..<first]))
        for value in container.values(in: body) {
            switch value {
            case .array?: continue
            case nil: return (.absent, nil)
            case .null?: return (.null, .null)
            case let other?: return (.wrongType, other)
            }
        }
        return nil
    }

    private func unusable(_ value: SettingValue?) -> ComparisonReason? {
        guard let value else { return absentPasses ? nil : .absent }
        if case .null = value, !accepted.contains(.null) { return nullPasses ? nil : .null }
        if !accepted.isEmpty, !accepted.contains(JSONTypes(of: value)) { return .wrongType }
        if case .integer(let integer) = value, let legalRange, !legalRange.contains(integer) { return .outOfRange }
        return nil
    }

    private func findings(
        of test: Test, _ present: [(index: Int, value: SettingValue)], count: Int, path: SettingPath,
        body: SettingValue
    ) -> [ListFinding] {
        // Found out once, and only where an element is to be named.
        lazy var resolved = path.resolved(in: body)
        func finding(_ index: Int?, _ actual: SettingValue?, _ reason: ComparisonReason = .violated) -> ListFinding {
            ListFinding(
                path: index.map { resolved.indices.contains($0) ? resolved[$0].path : path } ?? path,
                expected: test.text, actual: actual,
                reason: reason)
        }
        if case .size(let matcher) = test {
            let size = SettingValue.integer(Int64(count))
            let reason = matcher.reason(for: size)
            return reason == .satisfied ? [] : [finding(nil, size, reason)]
        }
        if count == 0, let emptyPasses {
            return emptyPasses ? [] : [finding(nil, .array([]))]
        }
        switch test {
        case .size: return []
        case .subsetOf(let allowed):
            return present.filter { !allowed.contains($0.value) }.map { finding($0.index, $0.value) }
        case .containsNone(let unwanted):
            return present.filter { unwanted.contains($0.value) }.map { finding($0.index, $0.value) }
        case .supersetOf(let wanted):
            let values = present.map(\.value)
            return wanted.allSatisfy(values.contains) ? [] : [finding(nil, .array(values))]
        case .unique(let isWanted):
            var seen: Set<SettingValue> = []
            let repeated = present.filter { !seen.insert($0.value).inserted }
            if isWanted { return repeated.map { finding($0.index, $0.value) } }
            return repeated.isEmpty ? [finding(nil, .array(present.map(\.value)))] : []
        case .each(let matcher):
            return present.compactMap { element in
                let reason = matcher.reason(for: element.value)
                return reason == .satisfied ? nil : finding(element.index, element.value, reason)
            }
        }
    }
}

extension SettingPath {
    /// What stands where the path needs a list or an object to go on, and is neither; nil where nothing is in its way.
    /// An absent container is not in its way: what is in it is absent, too.
    func blockingContainer(in body: SettingValue) -> (path: SettingPath, value: SettingValue)? {
        var value = body
        for (index, step) in steps.enumerated() {
            let isOpen =
                switch (step, value) {
                case (.key, .object), (.index, .array), (.each, .array), (.selected, .array): true
                default: false
                }
            guard isOpen else { return (SettingPath(group, Array(steps[..<index])), value) }
            // From the first selection on there is more than one way.
            guard case .key(let key) = step, let next = value[key] else { return nil }
            value = next
        }
        return nil
    }

    /// The values that the path leads to, in the order of ``resolved(in:)``, without making the concrete paths.
    func values(in body: SettingValue) -> [SettingValue?] {
        var found: [SettingValue?] = []
        collect(steps[...], body, into: &found)
        return found
    }

    /// The concrete path of one of ``values(in:)``.
    func concrete(_ index: Int, in body: SettingValue) -> SettingPath {
        let resolved = resolved(in: body)
        return resolved.indices.contains(index) ? resolved[index].path : self
    }

    private func collect(_ steps: ArraySlice<Step>, _ value: SettingValue?, into found: inout [SettingValue?]) {
        guard let step = steps.first else {
            found.append(value)
            return
        }
        let rest = steps.dropFirst()
        switch step {
        case .key(let key): collect(rest, value?[key], into: &found)
        case .index(let index): collect(rest, value?[index], into: &found)
        case .each:
            guard case .array(let elements)? = value else {
                found.append(nil)
                return
            }
            for element in elements { collect(rest, element, into: &found) }
        case .selected(let key, let wanted, let occurrence):
            var count = 0
            let before = found.count
            for element in value?.arrayValue ?? [] where element[key] == wanted {
                count += 1
                if occurrence == nil || occurrence == count { collect(rest, element, into: &found) }
            }
            if found.count == before { found.append(nil) }
        }
    }
}
