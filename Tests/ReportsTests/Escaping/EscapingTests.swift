import AuditTestSupport
import Testing

@testable import Reports

struct EscapingTests {
    @Test(arguments: [
        ("plain é 😀 漢字 שלום", "plain é 😀 漢字 שלום"), ("a\nb\r\tc", "a\\nb\\r\\tc"), ("\u{1B}[31m", "\\u{1b}[31m"),
        ("\u{9B}x\u{7F}", "\\u{9b}x\\u{7f}"), ("\u{202E}\u{2066}\u{200F}", "\\u{202e}\\u{2066}\\u{200f}"),
        ("\u{2028}\u{85}", "\\u{2028}\\u{85}"),
        ("\u{FEFF}\u{200B}\u{AD}\u{E0041}", "\\u{feff}\\u{200b}\\u{ad}\\u{e0041}"),
        ("\u{3164}\u{FE0F}", "\\u{3164}\\u{fe0f}"),
    ])
    func `what is invisible is spelled out, and nothing else`(untrusted: String, visible: String) {
        #expect(VisibleText.of(untrusted) == visible)
    }

    @Test func `what is interpolated is made visible, and literals stand`() {
        let text: TerminalText = "a\n\("b\n", .bold)\(1234)"
        #expect(text.plain == "a\nb\\n1,234")
        #expect(text.rendered(inColor: true) == "a\n\u{1B}[1mb\\n\u{1B}[0m1,234")
    }

    @Test(arguments: [("abc", 3), ("漢字", 4), ("e\u{301}", 1), ("😀", 2), ("ｱ", 1), ("Ａ", 2)])
    func `width counts columns`(text: String, width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test func `text and attributes are escaped, whatever they hold`() {
        let html = HTML("a", [.init("href", "\"><script>")]) { "<&>'\"" }
        #expect(html.markup == #"<a href="&quot;&gt;&lt;script&gt;">&lt;&amp;&gt;&#39;&quot;</a>"#)
    }

    @Test func `long values are cut by scalars, so that one endless character is cut as well`() {
        let zalgo = "a" + String(repeating: "\u{301}", count: 5000)
        #expect(ValueText.shortened(zalgo).unicodeScalars.count < 150)
        #expect(ValueText.shortened(String(repeating: "x", count: 10_240)).hasSuffix("x… (10,240 bytes)"))
        #expect(ValueText.shortened(String(repeating: "é", count: 120)).count == 120)
    }
}
