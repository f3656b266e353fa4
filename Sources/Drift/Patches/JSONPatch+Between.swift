public import AuditModel

extension JSONPatch {
    /// The patch that turns one document into another exactly, the order of arrays included; empty where they are equal.
    ///
    /// Members of objects are paired by key. Of two arrays, what they begin and end with alike is left alone, and what is
    /// between is paired by position; the rest is added or removed. So the patch is small where few elements changed in
    /// place, or where some were put in or taken out at one spot; it is not the smallest there is, and never has `move`,
    /// `copy` or `test`.
    public static func between(_ before: SettingValue, _ after: SettingValue) -> JSONPatch {
        var walk = PatchWalk()
        walk.compare(before, after)
        return JSONPatch(walk.operations)
    }
}

/// Walks two documents side by side and collects the edits.
private struct PatchWalk {
    private var place = JSONPointer()
    private(set) var operations: [JSONPatch.Operation] = []

    mutating func compare(_ before: SettingValue, _ after: SettingValue) {
        if before == after { return }
        switch (before, after) {
        case (.object(let before), .object(let after)): compareMembers(before, after)
        case (.array(let before), .array(let after)): compareElements(before, after)
        case (.null, _), (.bool, _), (.integer, _), (.number, _), (.string, _), (.array, _), (.object, _):
            operations.append(.replace(place, after))
        }
    }

    private mutating func compareMembers(_ before: SettingObject, _ after: SettingObject) {
        for member in before.members {
            if let value = after[member.key] {
                step(into: member.key, member.value, value)
            } else {
                operations.append(.remove(place.appending(member.key)))
            }
        }
        for member in after.members where before[member.key] == nil {
            operations.append(.add(place.appending(member.key), member.value))
        }
    }

    private mutating func compareElements(_ before: [SettingValue], _ after: [SettingValue]) {
        let shorter = min(before.count, after.count)
        var start = 0
        while start < shorter, before[start] == after[start] { start += 1 }
        var tail = 0
        while tail < shorter - start, before[before.count - 1 - tail] == after[after.count - 1 - tail] { tail += 1 }
        let paired = shorter - tail
        for index in start..<paired { step(into: String(index), before[index], after[index]) }
        // From behind, so that each edit's position is the one it has in the document at hand.
        for index in (paired..<(before.count - tail)).reversed() {
            operations.append(.remove(place.appending(String(index))))
        }
        for index in paired..<(after.count - tail) {
            operations.append(.add(place.appending(String(index)), after[index]))
        }
    }

    private mutating func step(into token: String, _ before: SettingValue, _ after: SettingValue) {
        place.tokens.append(token)
        compare(before, after)
        place.tokens.removeLast()
    }
}
