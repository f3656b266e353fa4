import LinearRegex
import Testing

struct MatchingTests {
    @Test(
        arguments: [
            ("a|ab", "ab", 0..<1), ("ab|a", "ab", 0..<2), ("a*", "baa", 0..<0), ("a+", "baa", 1..<3),
            ("a+?", "baa", 1..<2),
            ("a??", "a", 0..<0), ("(?U)a+", "aa", 0..<1), ("(?U)a+?", "aa", 0..<2), ("b|abc|c", "xabc", 1..<4),
            (".*?b", "aab", 0..<3), ("x*", "é", 0..<0), (".", "é", 0..<2), ("b", "éb", 2..<3), ("(|a)*", "aa", 0..<0),
            ("(|a)+", "aa", 0..<0), ("(a|b||c)*", "abc", 0..<3), ("a{2,3}?", "aaa", 0..<2), ("foo", "", nil),
            ("", "", 0..<0),
            ("$", "ab", 2..<2), ("[^ ]+$", "ab cd", 3..<5), ("c$|abcd", "abc", 2..<3), ("\\s+$", "a  b  ", 4..<6),
        ] as [(String, String, Range<Int>?)])
    func `the leftmost match counts, and then the order of alternatives`(
        pattern: String, text: String, range: Range<Int>?
    ) throws {
        #expect(try LinearPattern(pattern).firstMatch(in: text)?.range == range)
    }

    @Test(
        arguments: [
            ("(a)(b)?", "a", [0..<1, nil]), ("(a|b)*", "ab", [1..<2]), ("(a*)*", "b", [0..<0]),
            ("(a*)+", "aa", [0..<2]),
            ("(a)|(b)", "b", [nil, 0..<1]), ("(a+)(a*)", "aaa", [0..<3, 3..<3]), ("(a+?)(a*)", "aaa", [0..<1, 1..<3]),
            ("((a)|b)+", "ab", [1..<2, 0..<1]), ("x(é)(y)", "xéy", [1..<3, 3..<4]), ("()", "", [0..<0]),
            ("(a){0}b", "b", [nil]), ("(?:(a)|b){2}", "ab", [0..<1]), ("(\\b)a", "a", [0..<0]),
        ] as [(String, String, [Range<Int>?])])
    func `groups tell what they matched last`(pattern: String, text: String, groups: [Range<Int>?]) throws {
        #expect(try LinearPattern(pattern).firstMatch(in: text)?.groups == groups)
    }

    @Test func `a whole match may prefer what a search does not`() throws {
        let pattern = try LinearPattern("(a|ab)(c|bcd)?")
        #expect(pattern.firstMatch(in: "abc") == .init(range: 0..<1, groups: [0..<1, nil]))
        #expect(pattern.wholeMatch(of: "abc") == .init(range: 0..<3, groups: [0..<2, 2..<3]))
        #expect(pattern.wholeMatch(of: "abcx") == nil)
        #expect(!pattern.isWholeMatch("xabc"))
    }

    @Test func `bytes are matched as the text that they are`() throws {
        let pattern = try LinearPattern("é(.)")
        let match = Array("aéß".utf8).withUnsafeBufferPointer { pattern.firstMatch(in: $0) }
        #expect(match == .init(range: 1..<5, groups: [3..<5]))
        #expect(Array("é!".utf8).withUnsafeBufferPointer { pattern.isWholeMatch($0) })
    }

    @Test(
        arguments: [
            [0xFF], [0xC3], [0x80], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0xF0, 0x9F, 0x98], [0xE2, 0x82], [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func `bytes that are no UTF-8 match nothing, and are passed over`(bytes: [UInt8]) throws {
        for pattern in ["(?s).", "[^a]", "\\x{D800}", "\\x{FFFD}", "\\W", "\\PL"] {
            let compiled = try LinearPattern(pattern)
            #expect(bytes.withUnsafeBufferPointer { !compiled.isMatch(in: $0) }, "\(pattern)")
        }
        let compiled = try LinearPattern("(é)\\b|x$")
        let text = bytes + Array("é".utf8) + bytes + Array("x".utf8)
        let match = text.withUnsafeBufferPointer { compiled.firstMatch(in: $0) }
        #expect(match?.range == text.count - 1..<text.count)
    }

    @Test func `a pattern that can match nothing matches nothing`() throws {
        let pattern = try LinearPattern("[^\\x00-\\x{10FFFF}]|a\\bb")
        #expect(!pattern.isMatch(in: "ab") && !pattern.isMatch(in: ""))
    }

    @Test func `one pattern serves many tasks at a time`() async throws {
        let pattern = try LinearPattern("(\\w+)@(\\w+)\\.com")
        await withTaskGroup(of: [Range<Int>?]?.self) { group in
            for number in 0..<100 {
                group.addTask { pattern.firstMatch(in: String(repeating: " ", count: number) + "me@host.com")?.groups }
            }
            var lengths: Set<Int> = []
            for await groups in group {
                #expect(groups?.map { $0?.count } == [2, 4])
                lengths.insert(groups?.first??.lowerBound ?? -1)
            }
            #expect(lengths == Set(0..<100))
        }
    }

    @Test func `patterns are equal by their scalars and options`() throws {
        #expect(try LinearPattern("é") != LinearPattern("e\u{301}"))
        #expect(try LinearPattern("a") == LinearPattern("a"))
        #expect(try LinearPattern("a") != LinearPattern("a", options: .init(ignoresCase: true)))
    }
}
