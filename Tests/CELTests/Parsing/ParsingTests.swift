import CEL
import Testing

struct ParsingTests {
    private func printed(_ source: String) throws -> String { try Environment().parse(source).description }

    @Test(arguments: [
        ("a+b*c", "a + b * c"), ("(a+b)*c", "(a + b) * c"), ("a-(b-c)", "a - (b - c)"), ("a-b-c", "a - b - c"),
        ("a||b&&c", "a || b && c"), ("(a||b)&&c", "(a || b) && c"), ("a<b==c", "a < b == c"),
        ("a<(b==c)", "a < (b == c)"),
        ("a?b:c?d:e", "a ? b : c ? d : e"), ("(a?b:c)?d:e", "(a ? b : c) ? d : e"), ("!a.b", "!a.b"),
        ("(!a).b", "(!a).b"),
        ("-a.b", "-a.b"), ("- -a", "--a"), ("-1", "-1"), ("-(1)", "-(1)"), ("a in b+c", "a in b + c"),
        ("a[b?c:d]", "a[b ? c : d]"), ("a.?b[?c]", "a.?b[?c]"), ("{?'a': b, 'c': d}", "{?\"a\": b, \"c\": d}"),
        ("[?a, b,]", "[?a, b]"), ("a.`b-c`", "a.`b-c`"), (".a.b", ".a.b"), ("a.exists_one(b,c)", "a.exists_one(b, c)"),
        ("a.existsOne(b,c)", "a.exists_one(b, c)"), ("a.map(x, x>1, x*2)", "a.map(x, x > 1, x * 2)"),
        ("a.transformMap(k,v,v)", "a.transformMap(k, v, v)"), ("cel.bind(x,1,x)", "cel.bind(x, 1, x)"),
        ("a.optMap(x,x)", "a.optMap(x, x)"), ("has(a.b.c)", "has(a.b.c)"), ("'a\\n\"b'", "\"a\\n\\\"b\""),
        ("r'\\d'", "\"\\\\d\""), ("1e3", "1000.0"), ("0x1F", "31"), ("7u", "7u"), ("a // b\n+ c", "a + c"),
        ("a && b && (c && d)", "a && b && (c && d)"), ("2.size()", "2.size()"),
    ])
    func `an expression is read with its precedence and printed with no more parentheses than it needs`(
        source: String, expected: String
    ) throws {
        #expect(try printed(source) == expected)
        #expect(try printed(expected) == expected)
    }

    @Test(arguments: [
        ("", ["0..<0: the end of the expression stands where an expression should"]),
        ("1 +", ["3..<3: the end of the expression stands where an expression should"]),
        ("a b", ["2..<3: 'b' stands where the end should"]),
        ("(1", ["2..<2: the end of the expression stands where ')' should"]),
        ("[1, 2", ["5..<5: the end of the expression stands where ']' should"]),
        ("for", ["0..<3: 'for' is a reserved word and cannot be a name"]),
        ("a.", ["2..<2: the end of the expression stands where a field's name should"]),
        ("a ? b", ["5..<5: the end of the expression stands where ':' and the other result should"]),
        ("'abc", ["0..<4: the text has no closing quotation mark"]),
        ("'a\\y'", ["2..<4: '\\y' is no escape sequence; write '\\\\' for a backslash, or put r before the text"]),
        ("'\\ud800'", ["1..<7: '\\ud800' is no Unicode code point"]),
        ("b'\\u0041'", ["2..<4: '\\u' is no escape sequence; write '\\\\' for a backslash, or put r before the text"]),
        ("9223372036854775808", ["0..<19: the number is beyond the range of int"]),
        ("18446744073709551616u", ["0..<21: the number is beyond the range of uint"]),
        ("1e999", ["0..<5: the number is beyond the range of double"]),
        ("12abc", ["0..<5: '12abc' is no number"]),
        ("é == 1", ["0..<1: 'é' means nothing here"]),
        ("a = 1", ["2..<3: '=' means nothing here"]),
        ("`a`", ["0..<3: '`a`' stands where an expression should"]),
        ("Msg{a: 1}", ["0..<4: messages cannot be written here; write a map: {'field': value}"]),
        ("has(1)", ["4..<5: has() asks for a field: has(a.b)"]),
        ("[1].all(1, true)", ["8..<9: the variable of all() must be a plain name"]),
        ("[1].all(x, x, true)", ["11..<12: both variables of all() are called 'x'"]),
    ])
    func `what cannot be read is told with its place`(source: String, expected: [String]) {
        #expect(mistakes(source, variables: ["a": .dyn, "b": .dyn, "x": .dyn, "é": .dyn]) == expected)
    }

    @Test func `all that is wrong is told at once, in the order of the text`() {
        #expect(
            mistakes("[1 +, for, 'a\\q'] == unknwn", variables: ["unknown": .dyn]) == [
                "4..<5: ',' stands where an expression should",
                "6..<9: 'for' is a reserved word and cannot be a name",
                "13..<15: '\\q' is no escape sequence; write '\\\\' for a backslash, or put r before the text",
                "21..<27: unknown name 'unknwn'; did you mean 'unknown'?",
            ])
    }

    @Test func `places are told in bytes and in scalars`() throws {
        let error = #expect(throws: CompilationError.self) { try Environment().compile("'é🐱' == x") }
        let mistake = try #require(error?.mistakes.first)
        #expect(mistake.utf8Range == 12..<13)
        #expect(mistake.scalarRange == 8..<9)
    }

    @Test func `a text of more than 16 KiB is refused`() {
        let long = "'" + String(repeating: "a", count: 16 * 1024) + "'"
        #expect(mistakes(long) == ["0..<16386: the expression has 16386 bytes; at most 16384 are read"])
        let short = "'" + String(repeating: "a", count: 16 * 1024 - 2) + "'"
        #expect(mistakes(short).isEmpty)
    }

    @Test(arguments: [
        ("(", "1", ")"), ("[", "1", "]"), ("{1: ", "1", "}"), ("-", "a", ""), ("!", "true", ""), ("1 + (", "1", ")"),
        ("a[", "0", "]"), ("string(", "''", ")"), ("true ? true : ", "true", ""), ("", "a", ".b"), ("", "1", " + 1"),
        ("[1].all(x, ", "true", ")"),
    ])
    func `nesting beyond 256 is refused and never overflows the stack`(opening: String, core: String, closing: String) {
        func nested(_ depth: Int) -> [String] {
            let text = String(repeating: opening, count: depth) + core + String(repeating: closing, count: depth)
            return mistakes(text, variables: ["a": .dyn]).map { String($0.drop { $0 != ":" }) }
        }
        #expect(nested(80).isEmpty)
        #expect(nested(1000).first == ": the expression is nested more than 256 deep")
    }

    @Test func `long rows of && and || are not deep`() throws {
        let row = Array(repeating: "true", count: 2000)
        #expect(try evaluate(row.joined(separator: " && ")).isEqual(to: .bool(true)))
        #expect(try evaluate(row.joined(separator: " || ")).isEqual(to: .bool(true)))
    }
}
