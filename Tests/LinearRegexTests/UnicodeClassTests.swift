import LinearRegex
import Testing

struct UnicodeClassTests {
    @Test(arguments: [
        ("\\pL", "é", "1"), ("\\PL", "1", "é"), ("\\p{Lu}", "É", "é"), ("\\p{^Lu}", "é", "É"), ("\\P{^Lu}", "É", "é"),
        ("\\p{Greek}", "α", "a"), ("\\p{Han}", "漢", "か"), ("\\p{Hiragana}", "か", "カ"), ("\\p{Cyrillic}", "ж", "z"),
        ("\\p{Nd}", "٥", "½"), ("\\pN", "½", "a"), ("\\p{Zs}", "\u{A0}", "\t"), ("\\p{Sc}", "€", "x"),
        ("\\p{Mn}", "\u{301}", "a"), ("\\p{Common}", "1", "a"), ("\\p{Inherited}", "\u{301}", "a"),
        ("\\p{Co}", "\u{E000}", "a"), ("\\p{Cf}", "\u{200B}", "a"), ("\\pC", "\u{0}", "\u{378}"),
        ("\\p{Kawi}", "\u{11F02}", "a"), ("[\\p{Lu}\\p{Nd}]", "É", "é"), ("[^\\pL]", "1", "é"),
        ("\\p{Any}", "\u{10FFFF}", ""),
    ])
    func `classes of Unicode hold their scalars alone`(pattern: String, inside: String, outside: String) throws {
        let compiled = try LinearPattern(pattern)
        #expect(compiled.isWholeMatch(inside))
        #expect(!compiled.isWholeMatch(outside))
    }

    @Test(arguments: ["k\u{212A}K", "s\u{17F}S", "å\u{212B}Å", "ΩωΩ", "θϑΘϴ", "µμΜ", "ǅǆǄ", "ẞß", "Ꭰꭰ"])
    func `scalars of one folding are equal when case is ignored`(orbit: String) throws {
        for one in orbit.unicodeScalars {
            let literal = try LinearPattern("(?i)\(String(one))")
            let member = try LinearPattern("(?i)[\(String(one))]")
            let others = try LinearPattern("(?i)[^\(String(one))]")
            for other in orbit.unicodeScalars {
                #expect(literal.isWholeMatch(String(other)) && member.isWholeMatch(String(other)))
                #expect(!others.isWholeMatch(String(other)))
            }
        }
    }

    @Test(arguments: [("ß", "ss"), ("i", "İ"), ("i", "ı"), ("ﬀ", "ff"), ("é", "e\u{301}")])
    func `what only full folding or normalisation would make equal is not`(one: String, other: String) throws {
        #expect(try !LinearPattern("(?i)\(one)").isWholeMatch(other))
    }

    @Test func `a class takes the other case in before it is negated`() throws {
        #expect(try LinearPattern("(?i)\\p{Lu}").isWholeMatch("a"))
        #expect(try !LinearPattern("(?i)\\P{Lu}").isWholeMatch("a"))
        #expect(try LinearPattern("(?i)[[:upper:]]").isWholeMatch("\u{17F}"))
    }

    @Test func `general categories agree with the standard library where both know a scalar`() throws {
        // The library is of a later Unicode, in which a few scalars have moved; letters and digits of ASCII and Latin
        // have not.
        let upper = try LinearPattern("\\p{Lu}")
        let lower = try LinearPattern("\\p{Ll}")
        for value in UInt32(0)..<0x250 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let category = scalar.properties.generalCategory
            #expect(upper.isWholeMatch(String(scalar)) == (category == .uppercaseLetter), "\(value)")
            #expect(lower.isWholeMatch(String(scalar)) == (category == .lowercaseLetter), "\(value)")
        }
    }
}
