import AuditModel
import AuditTestSupport
import Testing

@testable import Reports

struct PageTests {
    private func page(_ report: AuditReport) -> String {
        String(decoding: ReportRenderer.bytes(of: report, as: .html), as: UTF8.self)
    }
    private func page(_ report: DiffReport) -> String {
        String(decoding: ReportRenderer.bytes(of: report, as: .html), as: UTF8.self)
    }

    private var pages: [String] {
        [
            page(SampleReports.night), page(SampleReports.quietBaseline), page(SampleReports.diff),
            page(SampleReports.emptyDiff),
        ]
    }

    @Test func `the digest sentence is the headline`() throws {
        #expect(page(SampleReports.night).contains("<h1>\(DigestSentence.text(for: SampleReports.night))</h1>"))
        #expect(try MarkupOutline(page(SampleReports.diff)).text.contains(DigestSentence.text(for: SampleReports.diff)))
    }

    @Test func `a page asks for nothing outside, and runs at most the one script`() throws {
        for page in pages {
            let outline = try MarkupOutline(page)
            let scripts = outline.raw.filter { $0.element == "script" }.map(\.text)
            #expect(scripts == [] || scripts == ["\(PageScript.text)"])
            #expect(outline.tags.count { $0.hasPrefix("<script") } == scripts.count)
            for tag in ["<link", "<img", "<iframe", "<object", "<form", "<base"] {
                #expect(!outline.tags.contains { $0.hasPrefix(tag) })
            }
            for (name, value) in outline.attributes {
                #expect(!name.hasPrefix("on") && name != "src" && name != "style")
                if name == "href" { #expect(value.hasPrefix("#")) }
            }
            #expect(!page.contains("url(") && !page.contains("@import"))
            #expect(page.contains("default-src &#39;none&#39;"))
        }
    }

    @Test func `the page's policy allows its style sheet by the digest that it has`() {
        #expect(Base64.text(of: Array("any carnal pleas".utf8)) == "YW55IGNhcm5hbCBwbGVhcw==")
        #expect(Base64.text(of: Array("any carnal pleasu".utf8)) == "YW55IGNhcm5hbCBwbGVhc3U=")
        #expect(Base64.text(of: Array("any carnal pleasur".utf8)) == "YW55IGNhcm5hbCBwbGVhc3Vy")
        let digest = Base64.text(of: Digest(of: "\(Stylesheet.text)").bytes)
        for page in pages {
            #expect(page.contains("sha256-\(digest)") && page.contains("<style>\(Stylesheet.text)</style>"))
        }
    }

    /// What a page's script may do is little enough to be held to it word by word.
    @Test func `the page's policy allows its script by the digest that it has, and the script makes no markup`() throws
    {
        let script = "\(PageScript.text)"
        let digest = Base64.text(of: Digest(of: script).bytes)
        for page in [page(SampleReports.night), page(SampleReports.quietBaseline)] {
            #expect(try MarkupOutline(page).raw.contains { $0.element == "script" && $0.text == script })
            #expect(page.contains("script-src &#39;sha256-\(digest)&#39;; "))
        }
        for page in [page(SampleReports.diff), page(SampleReports.emptyDiff)] {
            #expect(!page.contains("<script") && !page.contains("script-src"))
        }
        for word in [
            "innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval", "Function(", "createElement", "fetch",
            "XMLHttpRequest", "import", "setTimeout", "localStorage", "cookie", "postMessage", "window.open",
        ] {
            #expect(!script.contains(word), "\(word)")
        }
    }

    @Test func `every link of the contents leads to a section that is there`() throws {
        for page in pages {
            let outline = try MarkupOutline(page)
            let ids = outline.attributes.filter { $0.name == "id" }.map(\.value)
            #expect(Set(ids).count == ids.count)
            for link in outline.attributes where link.name == "href" {
                #expect(ids.contains(String(link.value.dropFirst())))
            }
        }
    }

    @Test func `tables have a caption, and headings a scope`() throws {
        for page in pages {
            let tags = try MarkupOutline(page).tags
            #expect(tags.count { $0.hasPrefix("<table") } == tags.count { $0 == "<caption>" })
            #expect(tags.filter { $0.hasPrefix("<th ") || $0 == "<th>" }.allSatisfy { $0.contains(" scope") })
        }
    }

    /// A hostile string may be shown, but the page's elements, attributes and links must be those of a harmless one.
    @Test(arguments: HostileReports.strings.filter { !$0.isEmpty })
    func `no string that comes from outside changes the structure of a page`(hostile: String) throws {
        for (one, other) in [
            (page(HostileReports.night(hostile)), page(HostileReports.night("harmless"))),
            (page(HostileReports.diff(hostile)), page(HostileReports.diff("harmless"))),
        ] {
            let outline = try MarkupOutline(one)
            let harmless = try MarkupOutline(other)
            #expect(outline.tags == harmless.tags)
            #expect(outline.attributes.map(\.value) == harmless.attributes.map(\.value))
            #expect(!outline.text.unicodeScalars.contains { $0 != "\n" && VisibleText.isInvisible($0) })
        }
    }

    @Test func `a hostile string is shown as it is, with what is invisible spelled out`() throws {
        let hostile = "<b>&amp;\u{202E}\u{1B}[31m\"'"
        #expect(try MarkupOutline(page(HostileReports.night(hostile))).text.contains(#"<b>&amp;\u{202e}\u{1b}[31m"'"#))
    }
}
