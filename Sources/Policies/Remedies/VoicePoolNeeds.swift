internal import AuditModel

/// What the parts of a check that fail ask of a voice pool.
///
/// Only what has one answer counts: `supersetOf` and `contains` ask for what is missing; `subsetOf`, `containsNone` and
/// `each` for the removal of what does not fit, since an id cannot become another one. `size`, `unique`, `any` and `not`
/// leave a choice.
struct VoicePoolNeeds {
    static let path = SettingPath(.voicePool, [.key("voice"), .each, .key("id")])
    private static let legalIDs: ClosedRange<Int64> = 1...Int64(Int32.max)

    var additions: Set<Int64> = []
    var removals: Set<Int64> = []

    /// The voices of a pool that writes can be planned for: different ids from 1 on; nil for any other.
    static func voices(of body: SettingValue?) -> [Int64]? {
        guard let elements = body?["voice"]?.arrayValue else { return nil }
        var voices: [Int64] = []
        for element in elements {
            guard let id = element["id"]?.integerValue, legalIDs.contains(id), !voices.contains(id) else { return nil }
            voices.append(id)
        }
        return voices
    }

    /// Adds what a check asks for.
    ///
    /// - Throws: the reason where no writes are its one answer.
    mutating func add(_ check: Condition, on evidence: Evidence, voices: [Int64]) throws(ByHandReason) {
        var evaluation = Evaluation(evidence, isWhen: false)
        guard evaluation.outcome(of: check) != .pass else { return }
        switch check {
        case .all(let parts): for part in parts { try add(part, on: evidence, voices: voices) }
        case .any, .not: throw check.paths.contains(Self.path) ? .severalWays : .otherSetting
        case .expression: throw .expression
        case .scalar: throw .otherSetting
        case .list(let lookup, let matcher):
            guard lookup.path == Self.path else { throw .otherSetting }
            for test in matcher.tests { try add(test, of: matcher, voices: voices) }
        }
    }

    private mutating func add(
        _ test: ListMatcher.Test, of matcher: ListMatcher, voices: [Int64]
    ) throws(ByHandReason) {
        if case .size(let size) = test {
            guard size.reason(for: .integer(Int64(voices.count))) == .satisfied else { throw .severalWays }
            return
        }
        if voices.isEmpty, matcher.emptyPasses == true { return }
        switch test {
        case .size: return
        case .supersetOf(let wanted):
            for value in wanted {
                guard let id = value.integerValue, Self.legalIDs.contains(id) else { throw .noVoiceID }
                if !voices.contains(id) { additions.insert(id) }
            }
        case .subsetOf(let allowed): remove(voices.filter { !allowed.contains(.integer($0)) })
        case .containsNone(let unwanted): remove(voices.filter { unwanted.contains(.integer($0)) })
        case .each(let each): remove(voices.filter { each.reason(for: .integer($0)) != .satisfied })
        // The voices differ, or nothing would have been planned.
        case .unique(let isWanted): if !isWanted { throw .severalWays }
        }
        // An empty list that must not be empty and asks for no voice by name.
        if voices.isEmpty, matcher.emptyPasses == false, additions.isEmpty { throw .severalWays }
    }

    private mutating func remove(_ voices: [Int64]) { removals.formUnion(voices) }
}

extension ByHandReason: Error {}
