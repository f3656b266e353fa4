/// A pattern as a value that can be printed, and matched by the definition alone: slow, and as plain as possible.
indirect enum ReferencePattern {
    case literal(Character)
    case any
    case oneOf([Character], isNegated: Bool)
    case textStart
    case textEnd
    case wordBoundary
    case sequence([ReferencePattern])
    case choice([ReferencePattern])
    case repeated(ReferencePattern, minimum: Int, maximum: Int?, isGreedy: Bool)
    case group(ReferencePattern, number: Int)

    /// In RE2's syntax. Groups must be numbered in the order of their openings.
    var text: String {
        switch self {
        case .literal(let character): String(character)
        case .any: "."
        case .oneOf(let characters, let isNegated): "[\(isNegated ? "^" : "")\(String(characters))]"
        case .textStart: "^"
        case .textEnd: "$"
        case .wordBoundary: "\\b"
        case .sequence(let parts): "(?:\(parts.map(\.text).joined()))"
        case .choice(let parts): "(?:\(parts.map(\.text).joined(separator: "|")))"
        case .repeated(let part, let minimum, let maximum, let isGreedy):
            "(?:\(part.text)){\(minimum),\(maximum.map(String.init) ?? "")}\(isGreedy ? "" : "?")"
        case .group(let part, _): "(\(part.text))"
        }
    }

    var isNullable: Bool {
        switch self {
        case .literal, .any, .oneOf: false
        case .textStart, .textEnd, .wordBoundary: true
        case .sequence(let parts): parts.allSatisfy(\.isNullable)
        case .choice(let parts): parts.contains(where: \.isNullable)
        case .repeated(let part, let minimum, _, _): minimum == 0 || part.isNullable
        case .group(let part, _): part.isNullable
        }
    }

    /// Does it repeat, without end, what can be empty? Dialects differ in which way they prefer then.
    var loopsOverEmptyText: Bool {
        switch self {
        case .literal, .any, .oneOf, .textStart, .textEnd, .wordBoundary: false
        case .sequence(let parts), .choice(let parts): parts.contains(where: \.loopsOverEmptyText)
        case .repeated(let part, _, let maximum, _): part.loopsOverEmptyText || maximum == nil && part.isNullable
        case .group(let part, _): part.loopsOverEmptyText
        }
    }

    /// A way through a part of a text.
    struct Way {
        var end: Int
        var groups: [Int: Range<Int>]
    }

    /// Every end that a match from a place can have, the preferred way to each, in order of preference.
    func ways(in text: [Character], from way: Way) -> [Way] {
        switch self {
        case .literal(let wanted): taking(way, in: text) { $0 == wanted }
        case .any: taking(way, in: text) { $0 != "\n" }
        case .oneOf(let members, let isNegated): taking(way, in: text) { members.contains($0) != isNegated }
        case .textStart: way.end == 0 ? [way] : []
        case .textEnd: way.end == text.count ? [way] : []
        case .wordBoundary:
            Self.isWord(text, way.end - 1) != Self.isWord(text, way.end) ? [way] : []
        case .sequence(let parts):
            parts.reduce([way]) { ways, part in Self.distinct(ways.flatMap { part.ways(in: text, from: $0) }) }
        case .choice(let parts): Self.distinct(parts.flatMap { $0.ways(in: text, from: way) })
        case .repeated(let part, let minimum, let maximum, let isGreedy):
            repetitions(of: part, minimum, maximum, isGreedy, in: text, from: way)
        case .group(let part, let number):
            part.ways(in: text, from: way).map { inner in
                var named = inner
                named.groups[number] = way.end..<inner.end
                return named
            }
        }
    }

    private func repetitions(
        of part: ReferencePattern, _ minimum: Int, _ maximum: Int?, _ isGreedy: Bool, in text: [Character],
        from way: Way
    ) -> [Way] {
        if maximum == 0 { return [way] }
        let once = part.ways(in: text, from: way)
        if minimum > 0 {
            return Self.distinct(
                once.flatMap {
                    repetitions(of: part, minimum - 1, maximum.map { $0 - 1 }, isGreedy, in: text, from: $0)
                })
        }
        // One that takes nothing would go on for ever.
        let more = once.flatMap { next in
            next.end == way.end && maximum == nil
                ? [next] : repetitions(of: part, 0, maximum.map { $0 - 1 }, isGreedy, in: text, from: next)
        }
        return Self.distinct(isGreedy ? more + [way] : [way] + more)
    }

    private func taking(_ way: Way, in text: [Character], where isWanted: (Character) -> Bool) -> [Way] {
        way.end < text.count && isWanted(text[way.end]) ? [Way(end: way.end + 1, groups: way.groups)] : []
    }

    private static func distinct(_ ways: [Way]) -> [Way] {
        var ends: Set<Int> = []
        return ways.filter { ends.insert($0.end).inserted }
    }

    private static func isWord(_ text: [Character], _ place: Int) -> Bool {
        text.indices.contains(place) && (text[place].isASCII && (text[place].isLetter || text[place].isNumber))
    }
}
