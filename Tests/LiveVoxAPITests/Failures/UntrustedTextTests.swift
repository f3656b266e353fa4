import LiveVoxAPI
import Testing

struct UntrustedTextTests {
    @Test(arguments: [
        ("plain text", "plain text"),
        ("two\nlines\r\n\ttabs", "two lines tabs"),
        ("\u{1B}[31mred\u{7}", "[31mred"),
        ("right\u{202E}to left", "right to left"),
        ("say \"x\"", "say 'x'"),
        ("", ""),
        ("token abcdef0123456789abcdef0123456789.", "token ‹redacted›."),
        ("aVeryLongWordWithoutAnyDigitIsKept", "aVeryLongWordWithoutAnyDigitIsKept"),
    ])
    func `text from outside is one harmless line`(text: String, expected: String) {
        #expect(UntrustedText.clause(text) == expected)
    }

    @Test func `a long text is cut, and a huge one costs no more`() {
        let cut = UntrustedText.clause(String(repeating: "word ", count: 1_000_000))
        #expect(cut.count <= 160)
        #expect(cut.hasSuffix("…"))
    }
}
