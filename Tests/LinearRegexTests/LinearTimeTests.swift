@testable import LinearRegex
import Testing

/// The work is counted in instructions looked at, never in seconds.
struct LinearTimeTests {
    static let patterns = [
        "^(a+)+$", "(a|aa)+$", "(x+x+)+y", "(?:a?){30}a{30}", "(.*)(.*)(.*)(.*)b", "a*a*a*a*a*c", "(a|a)*$", "\\s+$",
        "(?:a|b)*a(?:a|b){20}$", "((a*)*)*b", "(?i)(?:k|\u{212A}|a)+$", "(\\w+\\s?)*!", "\\b(?:a|b)+\\b$",
    ]

    @Test(arguments: patterns, ["a", "ab", "a "])
    func `twice the text costs about twice the steps`(pattern: String, piece: String) throws {
        let program = try LinearPattern(pattern).core.forward
        let (short, long) = (steps(program, of: piece, count: 1000), steps(program, of: piece, count: 2000))
        #expect(long <= short * 21 / 10 + 1000, "\(short) steps, then \(long)")
        #expect(short <= 1001 * piece.utf8.count * 2 * program.instructions.count)
    }

    private func steps(_ program: Program, of piece: String, count: Int) -> Int {
        let text = Array(String(repeating: piece, count: count).utf8)
        return text.withUnsafeBufferPointer { text in
            var machine = StateMachine(.search)
            let end = machine.end(of: program, in: text, isEarliestEnough: false)
            var finder = GroupFinder(program, groupCount: 4)
            if let end { _ = finder.groups(in: text, from: 0, to: end) }
            return machine.steps + finder.steps
        }
    }

    @Test func `the states that are kept are bounded, and dropping them changes no answer`() throws {
        let program = try LinearPattern("(?:a|b)*a(?:a|b){12}$").core.forward
        var text: [UInt8] = []
        var noise: UInt32 = 1
        for _ in 0..<20_000 {
            noise = noise &* 1_664_525 &+ 1_013_904_223
            text.append(noise >> 16 & 1 == 0 ? 0x61 : 0x62)
        }
        for last in [UInt8(0x61), 0x62] {
            text[text.count - 13] = last
            text.withUnsafeBufferPointer { text in
                var generous = StateMachine(.search)
                var frugal = StateMachine(.search, largestTransitionCount: 500)
                let end = frugal.end(of: program, in: text, isEarliestEnough: false)
                #expect(end == generous.end(of: program, in: text, isEarliestEnough: false))
                #expect(end == (last == 0x61 ? text.count : nil))
                #expect(generous.stateCount > 1000)
                #expect(frugal.stateCount < 200)
                #expect(frugal.steps <= 2 * text.count * program.instructions.count)
            }
        }
    }

    @Test func `a search ends as soon as its answer is known`() throws {
        let text = Array((String(repeating: "a", count: 100) + String(repeating: "b", count: 10_000)).utf8)
        for pattern in ["a", "^b", "^a+c"] {
            let program = try LinearPattern(pattern).core.forward
            var machine = StateMachine(.search)
            _ = text.withUnsafeBufferPointer { machine.end(of: program, in: $0, isEarliestEnough: true) }
            #expect(machine.steps < 300, "\(pattern)")
        }
    }
}
