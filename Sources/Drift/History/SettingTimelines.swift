public import AuditModel

/// One setting of a client over some nights; nil where it was not there.
public struct SettingTimeline: Sendable, Hashable {
    /// Where.
    public var path: SettingPath
    /// Its values.
    public var timeline: Timeline<SettingValue?>
}

/// Follows the settings of one group through nights, from the changes between them.
public enum SettingTimelines {
    /// What one night showed of the group.
    public enum Sight: Sendable {
        /// The group was captured; with the changes since the night before it that captured it (none for the first).
        case seen([Change])
        /// It was not.
        case missed
    }

    /// The settings that changed, and some that need not have, by path.
    ///
    /// A setting is told at its leaf: where an element of a list came or went in one night and a member of it changed in
    /// another, the members are told and the element is not.
    /// - Parameters:
    ///   - nights: by position, in order.
    ///   - known: values that settings have in the last night that captured the group; those that never changed are told too.
    public static func timelines(
        of nights: [(night: Int, sight: Sight)], known: [SettingPath: SettingValue?] = [:]
    ) -> [SettingTimeline] {
        let steps = nights.compactMap { night -> [Change]? in
            guard case .seen(let changes) = night.sight, !changes.isEmpty else { return nil }
            return changes
        }
        var paths = leafPaths(of: steps.flatMap { $0 })
        let above = Set(paths.flatMap { path in path.properPrefixes })
        for path in known.keys where !above.contains(path) && path.properPrefixes.allSatisfy({ !paths.contains($0) }) {
            paths.insert(path)
        }
        let byPath = steps.map { step in Dictionary(step.map { ($0.path, $0) }, uniquingKeysWith: { $1 }) }
        return paths.sorted().map { path in
            let moves = byPath.map { move(of: path, in: $0) }
            let first = moves.lazy.compactMap { $0 }.first
            var value = first.map(\.before) ?? known[path] ?? nil
            var timeline = Timeline<SettingValue?>()
            var next = moves.makeIterator()
            for (night, sight) in nights {
                switch sight {
                case .missed: timeline.miss(night: night)
                case .seen(let changes):
                    if !changes.isEmpty, let move = next.next() ?? nil { value = move.after }
                    timeline.see(value, night: night)
                }
            }
            return SettingTimeline(path: path, timeline: timeline)
        }
    }

    private struct Move {
        var before: SettingValue?
        var after: SettingValue?
    }

    /// What a night's changes did to a setting: a change at its path, or at one above it.
    private static func move(of path: SettingPath, in changes: [SettingPath: Change]) -> Move? {
        for length in stride(from: path.steps.count, through: 0, by: -1) {
            guard let change = changes[SettingPath(path.group, Array(path.steps.prefix(length)))] else { continue }
            let rest = path.steps.dropFirst(length)
            return Move(before: value(at: rest, in: change.before), after: value(at: rest, in: change.after))
        }
        return nil
    }

    private static func value(at steps: ArraySlice<SettingPath.Step>, in value: SettingValue?) -> SettingValue? {
        guard let step = steps.first else { return value }
        let rest = steps.dropFirst()
        switch step {
        case .key(let key): return self.value(at: rest, in: value?[key])
        case .index(let index): return self.value(at: rest, in: value?[index])
        case .selected(let key, let wanted, let occurrence):
            let found = (value?.arrayValue ?? []).filter { $0[key] == wanted }
            let place = (occurrence ?? 1) - 1
            return found.indices.contains(place) ? self.value(at: rest, in: found[place]) : nil
        // Changes are told at concrete paths alone.
        case .each: return nil
        }
    }

    /// The paths of changes; one that has another below it gives way to the leaves of its values.
    private static func leafPaths(of changes: [Change]) -> Set<SettingPath> {
        let paths = Set(changes.map(\.path))
        let above = Set(paths.flatMap { $0.properPrefixes })
        var leaves = paths.subtracting(above)
        for change in changes where above.contains(change.path) {
            for value in [change.before, change.after] {
                guard let value else { continue }
                collectLeaves(of: value, at: change.path, into: &leaves)
            }
        }
        return leaves
    }

    private static func collectLeaves(of value: SettingValue, at path: SettingPath, into leaves: inout Set<SettingPath>)
    {
        switch value {
        case .object(let object):
            for member in object.members {
                // What an element is named by is no setting of its own.
                if case .selected(let key, _, _)? = path.steps.last, key.isIdentical(to: member.key) { continue }
                collectLeaves(of: member.value, at: path.appending(.key(member.key)), into: &leaves)
            }
        case .array(let elements):
            for (element, step) in zip(elements, SettingPath.concreteSteps(of: elements, at: path)) {
                collectLeaves(of: element, at: path.appending(step), into: &leaves)
            }
        case .null, .bool, .integer, .number, .string: leaves.insert(path)
        }
    }
}

extension SettingPath {
    /// The paths above this one, the group's body first.
    fileprivate var properPrefixes: [SettingPath] {
        steps.indices.map { SettingPath(group, Array(steps.prefix($0))) }
    }
}
