import LinearRegex
import Testing

struct PatternErrorTests {
    private static let sentences = [
        ("x(a", "group '(' without its ')' at character 2: close it, or write '\\(' for the character itself"),
        ("(?i", "group '(?i' without its ')' at character 1: close it, or write '\\(' for the character itself"),
        ("a)", "')' without its '(' at character 2: open a group before it, or write '\\)' for the character itself"),
        (
            "a[b",
            "class '[b' without its ']' at character 2: close it, or write '\\[' for the character itself; a ']' that comes first is a member"
        ),
        ("a\\", "'\\' with nothing after it at character 2: write '\\\\' for the character itself"),
        (
            "a\\y",
            "unknown escape '\\y' at character 2: leave the backslash out for the character itself, or write '\\x{…}' for its code point"
        ),
        (
            "[a-\\d]",
            "range 'a-\\d' ends in a class at character 2: write '\\-' for the hyphen itself, or end the range with one character"
        ),
        (
            "(a)\\1",
            "back reference '\\1' at character 4: what a group matched cannot be matched again in linear time, so RE2 has none"
        ),
        (
            "(?P=n)",
            "back reference '(?P=n)' at character 1: what a group matched cannot be matched again in linear time, so RE2 has none"
        ),
        (
            "a(?=b)",
            "lookaround '(?=' at character 2: what is only looked at takes more than linear time, so RE2 has none; match that text too, or use two patterns"
        ),
        (
            "\\C",
            "'\\C' at character 1: text is matched by whole characters here, never by bytes; write '(?s:.)' for any character"
        ),
        (
            "(?z)a",
            "unknown group '(?z' at character 1: after '(?' come flags of 'imsU' with ')' or ':', 'P<name>' or '<name>'; write '(?:…)' to group alone"
        ),
        (
            "(?P<a b>c)",
            "'(?P<a b>' does not name its group at character 1: a name is letters, digits and '_', and ends with '>'"
        ),
        (
            "\\x{110000}",
            "'\\x{110000' is no code point at character 1: write two hexadecimal digits, or '\\x{…}' with a number up to 10FFFF"
        ),
        (
            "[z-a]",
            "range 'z-a' runs backwards at character 2: write the smaller code point first, or '\\-' for the hyphen itself"
        ),
        (
            "[[:alpa:]]",
            "unknown class '[:alpa:]' at character 2: the classes are alnum, alpha, ascii, blank, cntrl, digit, graph, lower, print, punct, space, upper, word, xdigit"
        ),
        (
            "\\p{Grek}",
            "unknown Unicode class '\\p{Grek}' at character 1: write a general category, such as 'Lu', or a script, such as 'Greek', with its capital letters"
        ),
        ("\\p{Greek", "Unicode class '\\p{Greek' without its '}' at character 1: close it, as in '\\p{Greek}'"),
        (
            "a|*",
            "'*' has nothing to repeat at character 3: put something before it, or write '\\*' for the character itself"
        ),
        (
            "a**",
            "'**' repeats a repetition at character 2: leave one out, or group the first, as in '(?:a*)*'; RE2 has no possessive repetition"
        ),
        ("a{2,1}", "counts of '{2,1}' run backwards at character 2: write the smaller count first"),
        ("a{1001}", "'{1001}' counts too far at character 2: the largest count is 1000"),
        (
            "(a{100}){100}",
            "'{100}' makes nested repetitions too large at character 9: the product of counts in one another is at most 1000"
        ),
        (
            "(?:(?:abcdefghijklmnopqrstuvwxyz){1000}){1}(?:abcdefghijklmnopqrstuvwxyz){1000}(?:(?:abcdefghijklmnopqrstuvwxyz){1000}){1}(?:abcdefghijklmnopqrstuvwxyz){1000}",
            "the pattern is too large once compiled; make its counts or its classes smaller, or split it"
        ),
    ]

    @Test(arguments: sentences)
    func `each mistake has its sentence`(pattern: String, sentence: String) {
        #expect(mistake(in: pattern)?.description == sentence)
    }

    @Test func `each reason is among the sentences`() {
        #expect(Set(Self.sentences.compactMap { mistake(in: $0.0)?.reason }) == Set(PatternError.Reason.allCases))
    }

    @Test func `the place is counted in scalars and in bytes`() {
        let error = mistake(in: "é😀(?P<a b>c)")
        #expect(error?.scalarOffset == 2)
        #expect(error?.utf8Offset == 6)
        #expect(error?.fragment == "(?P<a b>")
        #expect(error?.reason == .invalidGroupName)
    }

    @Test func `a long fragment is cut in the sentence alone`() {
        let error = mistake(in: "[" + String(repeating: "a", count: 100))
        #expect(error?.fragment.count == 101)
        #expect(error?.description.contains("'[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'") == true)
    }

    @Test(arguments: [
        "(?!a)", "(?<=a)", "(?<!a)", "(?>a)", "(?|a)", "(?#a)", "(?R)", "(?1)", "(?i-)", "(?-i-s)", "(?P>n)", "(?P",
        "(?'n'a)", "(?x)a", "\\k<n>", "\\k{n}", "\\8", "\\Z", "\\G", "\\K", "\\R", "\\X", "\\h", "\\cA", "\\e", "\\E",
        "\\u0041", "\\x", "\\x4", "\\xzz", "\\x{}", "\\x{41", "\\p", "\\pX", "\\p{}", "\\p{lu}", "[\\b]", "[\\Q]\\E]",
        "[a-\\pL]", "[[:ALPHA:]]", "[[::]]", "[[:^]:]]", "x{2}{3}", "a++", "a*+", "a?+", "(*)", "+", "^**", "(?i)*",
        "{1}", "\\Q\\E*", "(?P<>a)", "(?<n", "[", "[]", "[^]", "[^", "[[:alpha:]", "[a-", "a{1,1001}", "a{1001,}",
        "(?:a{501}){2}", "(?:a{1000,}){2}", "\\p{\u{212A}awi}", "((a{100}){100}){100}", "\\é",
    ])
    func `what RE2 refuses is refused`(pattern: String) {
        #expect(mistake(in: pattern) != nil)
    }

    private func mistake(in pattern: String) -> PatternError? {
        do {
            _ = try LinearPattern(pattern)
            return nil
        } catch {
            return error
        }
    }
}
