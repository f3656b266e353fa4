import AuditTestSupport
import LinearRegex
import Testing

/// Random small patterns on random small texts, beside ``ReferencePattern``, which knows nothing of machines.
struct RandomPatternTests {
    private static let characters: [Character] = ["a", "b", "é", "😀", " ", "\n"]

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `random patterns match as the definition says`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var preferences = 0
        for _ in 0..<400 {
            var groupCount = 0
            let reference = randomPattern(depth: 3, groupCount: &groupCount, using: &generator)
            let pattern = try LinearPattern(reference.text)
            for _ in 0..<4 {
                let text = (0..<Int.random(in: 0...7, using: &generator)).map { _ in
                    Self.characters.randomElement(using: &generator) ?? "a"
                }
                let place = "seed \(seed): \(reference.text.debugDescription) in \(String(text).debugDescription)"
                let match = pattern.firstMatch(in: String(text))
                let starts = text.indices.map { $0 } + [text.count]
                let found = starts.lazy.map { start in
                    (start, reference.ways(in: text, from: .init(end: start, groups: [:])))
                }.first { !$0.1.isEmpty }
                #expect(pattern.isMatch(in: String(text)) == (found != nil), "\(place)")
                #expect(match?.range.lowerBound == found.map { utf8Offset($0.0, text) }, "\(place)")
                let whole = reference.ways(in: text, from: .init(end: 0, groups: [:])).first { $0.end == text.count }
                #expect(pattern.isWholeMatch(String(text)) == (whole != nil), "\(place)")
                if let (start, ways) = found {
                    #expect(ways.map { utf8Offset($0.end, text) }.contains(match?.range.upperBound), "\(place)")
                    if !reference.loopsOverEmptyText {
                        let expected = expectedMatch(from: start, ways.first, groupCount, text)
                        #expect(match == expected, "\(place)")
                        preferences += 1
                    }
                }
                if !reference.loopsOverEmptyText {
                    #expect(
                        pattern.wholeMatch(of: String(text)) == expectedMatch(from: 0, whole, groupCount, text),
                        "\(place)")
                }
            }
        }
        #expect(preferences > 200)
    }

    private func expectedMatch(
        from start: Int, _ way: ReferencePattern.Way?, _ groupCount: Int, _ text: [Character]
    ) -> LinearPattern.Match? {
        guard let way else { return nil }
        let groups = (0..<groupCount).map { number in
            way.groups[number].map { utf8Offset($0.lowerBound, text)..<utf8Offset($0.upperBound, text) }
        }
        return LinearPattern.Match(range: utf8Offset(start, text)..<utf8Offset(way.end, text), groups: groups)
    }

    private func utf8Offset(_ place: Int, _ text: [Character]) -> Int {
        text[..<place].reduce(0) { $0 + $1.utf8.count }
    }

    private func randomPattern(
        depth: Int, groupCount: inout Int, using generator: inout SeededGenerator
    ) -> ReferencePattern {
        func parts(_ count: ClosedRange<Int>) -> [ReferencePattern] {
            (0..<Int.random(in: count, using: &generator)).map { _ in
                randomPattern(depth: depth - 1, groupCount: &groupCount, using: &generator)
            }
        }
        switch Int.random(in: depth > 0 ? 0..<12 : 0..<5, using: &generator) {
        case 0, 1: return .literal(Self.characters.randomElement(using: &generator) ?? "a")
        case 2: return .any
        case 3:
            let members = Self.characters.shuffled(using: &generator).prefix(2)
            return .oneOf(Array(members), isNegated: Bool.random(using: &generator))
        case 4: return [.textStart, .textEnd, .wordBoundary].randomElement(using: &generator) ?? .any
        case 5, 6: return .sequence(parts(0...3))
        case 7, 8: return .choice(parts(2...3))
        case 9:
            let number = groupCount
            groupCount += 1
            return .group(randomPattern(depth: depth - 1, groupCount: &groupCount, using: &generator), number: number)
        default:
            let minimum = Int.random(in: 0...2, using: &generator)
            let maximum = Bool.random(using: &generator) ? nil : minimum + Int.random(in: 0...2, using: &generator)
            return .repeated(
                randomPattern(depth: depth - 1, groupCount: &groupCount, using: &generator), minimum: minimum,
                maximum: maximum, isGreedy: Bool.random(using: &generator))
        }
    }
}
