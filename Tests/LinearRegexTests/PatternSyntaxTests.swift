import LinearRegex
import Testing

struct PatternSyntaxTests {
    @Test(arguments: [
        (#"\Qa.b\E"#, "a.b", true), (#"\Qa.b\E"#, "axb", false), (#"\Qa\b"#, #"a\b"#, true),
        (#"\x41\x{42}\103"#, "ABC", true), (#"\0"#, "\u{0}", true), (#"\a\f\t\n\r\v"#, "\u{7}\u{C}\t\n\r\u{B}", true),
        (#"\."#, ".", true), (#"\_"#, "_", true), (#"\x{1F600}"#, "😀", true), (#"\x{0000041}"#, "A", true),
        (#"\777"#, "\u{1FF}", true), (#"\08"#, "\u{0}8", true),
    ])
    func `escapes stand for their characters`(pattern: String, text: String, expected: Bool) throws {
        #expect(try LinearPattern(pattern).isWholeMatch(text) == expected)
    }

    @Test(arguments: [
        ("[]a]+", "]a", true), ("[^]a]", "b", true), ("[^]a]", "]", false), ("[a-]+", "a-", true),
        ("[-a]+", "-a", true),
        ("[a-b-c]+", "ab-c", true), ("[a\\]b]+", "]", true), ("[^a]", "\n", true), ("[[:alpha:]_]+", "aZ_", true),
        ("[[:^digit:]]", "5", false), ("[[:word:]]+", "a_5", true), ("[\\d\\s]+", "5 ", true), ("[^\\d]", "5", false),
        ("[\\pL]+", "é", true), ("[[.a.]]", ".]", true), ("[[:alpha]", "[", true), ("[\\x41-\\x43]+", "ABC", true),
        ("[[a]+", "[a", true), ("[\\n]", "\n", true), ("[\\^]", "^", true), ("[^^]", "^", false),
    ])
    func `classes hold what RE2 says`(pattern: String, text: String, expected: Bool) throws {
        #expect(try LinearPattern(pattern).isWholeMatch(text) == expected)
    }

    @Test(arguments: [
        (#"\d"#, "5", "٥"), (#"\w"#, "_", "é"), (#"\s"#, "\u{C}", "\u{B}"), ("[[:space:]]", "\u{B}", "\u{A0}"),
        ("[[:punct:]]", "~", "§"), ("[[:blank:]]", "\t", "\n"), ("[[:xdigit:]]", "f", "g"),
        ("[[:cntrl:]]", "\u{7F}", " "),
        ("[[:graph:]]", "!", " "), ("[[:print:]]", " ", "\n"), ("[[:ascii:]]", "\u{7F}", "\u{80}"), (".", "é", "\n"),
    ])
    func `named classes reach as far as RE2's`(pattern: String, inside: String, outside: String) throws {
        let compiled = try LinearPattern(pattern)
        #expect(compiled.isWholeMatch(inside) && !compiled.isWholeMatch(outside))
    }

    @Test(arguments: [
        ("a{2}", "aa", "aaa"), ("a{2,}", "aaaa", "a"), ("a{2,3}", "aaa", "aaaa"), ("a{0}", "", "a"),
        ("a{,2}", "a{,2}", "a"),
        ("a{01}", "a{01}", "a"), ("a{1,2", "a{1,2", "a"), ("a{1000000000}", "a{1000000000}", "a"),
        ("x{-1}", "x{-1}", "x"),
        ("(?:a{3}){2}", "aaaaaa", "aaaaa"), ("(?:^){3}a", "a", "b"), ("(?:a?){3}", "aa", "aaaa"),
    ])
    func `counts in braces count, and other braces are literal`(pattern: String, inside: String, outside: String) throws
    {
        let compiled = try LinearPattern(pattern)
        #expect(compiled.isWholeMatch(inside) && !compiled.isWholeMatch(outside))
    }

    @Test(arguments: [
        ("(?i)abc", "aBC", true), ("(?i:a)b", "AB", false), ("(?i:a)b", "Ab", true), ("a(?i)b|c", "aC", false),
        ("a(?i)b|c", "C", true), ("(a(?i)b)c", "aBC", false), ("(?i)a(?-i)b", "Ab", true), ("(?i)a(?-i)b", "AB", false),
        ("(?s).", "\n", true), ("(?s:.).", "\n\n", false), ("(?is-m)A.", "a\n", true), ("(?)a", "a", true),
        ("(?i)[^k]", "\u{212A}", false), ("(?i)[a-z]+", "ſK", true), ("a(?i)*", "aaa", true),
    ])
    func `flags hold from where they stand to the end of their group`(pattern: String, text: String, expected: Bool)
        throws
    {
        #expect(try LinearPattern(pattern).isWholeMatch(text) == expected)
    }

    @Test(
        arguments: [
            ("^b", "a\nb", nil), ("(?m)^b", "a\nb", 2..<3), ("(?m)a$", "a\nb", 0..<1), ("a$", "a\n", nil),
            ("(?m)\\Ab", "a\nb", nil), ("(?m)a\\z", "a\nb", nil), ("\\bb\\b", "a b c", 2..<3), ("\\Bb", "ab", 1..<2),
            ("\\b", "é", nil), ("(?m)^$", "a\n\nb", 2..<2), ("^^$$", "", 0..<0), ("(?:^|b)a", "ba", 0..<2),
        ] as [(String, String, Range<Int>?)])
    func `assertions hold at their places`(pattern: String, text: String, range: Range<Int>?) throws {
        let compiled = try LinearPattern(pattern)
        #expect(compiled.firstMatch(in: text)?.range == range)
        #expect(compiled.isMatch(in: text) == (range != nil))
    }

    @Test func `options do what flags do`() throws {
        #expect(try LinearPattern("a", options: .init(ignoresCase: true)).isWholeMatch("A"))
        #expect(try LinearPattern("^b$", options: .init(isMultiline: true)).isMatch(in: "a\nb\nc"))
        #expect(try LinearPattern(".", options: .init(dotMatchesNewline: true)).isWholeMatch("\n"))
        #expect(try !LinearPattern("(?-i)a", options: .init(ignoresCase: true)).isWholeMatch("A"))
    }

    @Test func `groups are numbered by their opening, and named`() throws {
        let pattern = try LinearPattern("(?P<year>\\d+)-(?:x)?((?<day>\\d)+)")
        #expect(pattern.groupNames == ["year", nil, "day"])
        #expect(pattern.groupNumber(named: "day") == 3)
        #expect(pattern.groupNumber(named: "month") == nil)
        #expect(pattern.firstMatch(in: "on 2026-31")?.groups == [3..<7, 8..<10, 9..<10])
    }

    @Test func `a name that is used twice names its first group`() throws {
        #expect(try LinearPattern("(?P<n>a)(?P<n>b)").groupNumber(named: "n") == 1)
    }

    @Test func `no depth of nesting overflows the stack`() throws {
        for (open, close) in [("(?:", ")"), ("(?:", ")*"), ("(?:a|", ")"), ("(?i:", "){1}"), ("(", ")")] {
            let depth = open == "(" ? 20_000 : 50_000
            let pattern = String(repeating: open, count: depth) + "b" + String(repeating: close, count: depth)
            // Either answer is good, as the program may be too large; that there is one is the point.
            if let compiled = try? LinearPattern(pattern) { #expect(compiled.isMatch(in: "b")) }
            #expect(throws: PatternError.self) { try LinearPattern(String(repeating: open, count: depth)) }
        }
        #expect(try LinearPattern(String(repeating: "[", count: 100_000) + "]").isWholeMatch("["))
    }
}
