internal import AuditModel

/// A `check` or `when`, compiled: values only, so that a policy set is Sendable and cheap to walk.
indirect enum Condition: Sendable {
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case scalar(Lookup, ScalarMatcher)
    case list(Lookup, ListMatcher)
    case expression(PolicyExpression)

    /// The paths that are compared, in the order of the file.
    var paths: [SettingPath] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.paths)
        case .not(let part): part.paths
        case .scalar(let lookup, _), .list(let lookup, _): [lookup.path]
        case .expression(let expression): expression.paths
        }
    }

    /// The expressions in it.
    var expressions: [PolicyExpression] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.expressions)
        case .not(let part): part.expressions
        case .scalar, .list: []
        case .expression(let expression): [expression]
        }
    }

    /// The same with a slot for every path of one key.
    func slotted(by slots: inout Slots) -> Condition {
        switch self {
        case .all(let parts): return .all(parts.map { $0.slotted(by: &slots) })
        case .any(let parts): return .any(parts.map { $0.slotted(by: &slots) })
        case .not(let part): return .not(part.slotted(by: &slots))
        case .scalar(var lookup, let matcher):
            lookup.slot = lookup.plainKey.map { slots.slot(of: $0, in: lookup.path.group) }
            return .scalar(lookup, matcher)
        case .list: return self
        case .expression(let expression): return .expression(expression.slotted(by: &slots))
        }
    }
}

/// How a path is followed in a body.
struct Lookup: Sendable {
    /// The path as the rule has it.
    let path: SettingPath
    /// The one key that the path is, as most are.
    let plainKey: String?
    /// Where ``Evidence`` has that key's value ready.
    var slot: Int?

    init(_ path: SettingPath) {
        self.path = path
        plainKey = if path.steps.count == 1, case .key(let key) = path.steps[0] { key } else { nil }
    }
}
