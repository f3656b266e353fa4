import AuditModel
import AuditTestSupport
import Foundation
import Testing

/// What must hold of output whatever strings went into it, told from its bytes by a strict reader of its format.
enum HostileBytes {
    /// How a piece of output is read.
    enum Kind: String {
        case text, color, json, lines, csv, markdown, html, xml, openmetrics
    }

    /// Holds output to its format; every problem is told with where it came from.
    ///
    /// - Parameters:
    ///   - isMarked: whether the hostile strings must be seen in it, so that nothing passes by leaving them out.
    ///   - files: what a page may lead to besides its own server: the files that it came with.
    static func check(
        _ output: String, as kind: Kind, _ origin: String, isMarked: Bool = true, files: Set<String> = []
    ) {
        let origin = Comment(rawValue: origin)
        #expect(!isMarked || output.contains(HostileText.mark), origin)
        let bytes = kind == .color ? withoutStyles(output) : output
        #expect(acting(bytes, besides: kind == .csv ? "\r\n" : "\n") == [], origin)
        do {
            switch kind {
            case .text, .color: break
            case .json: _ = try JSONReader.value(of: output)
            case .lines: _ = try FormatReading.lines(Array(output.utf8))
            case .csv: try checkCSV(output, origin)
            case .markdown: checkMarkdown(output, origin)
            case .html: try checkHTML(output, origin, files: files)
            case .xml: try checkXML(output, origin)
            case .openmetrics: _ = try OpenMetricsSamples(Array(output.utf8))
            }
        } catch {
            Issue.record(error, origin)
        }
    }

    // MARK: What acts on a terminal

    /// The scalars that would steer, hide or reorder rather than be seen.
    ///
    /// Said here anew, and not by asking the code that is tested.
    static func acting(_ text: String, besides allowed: String) -> Set<String> {
        let allowed = Set(allowed.unicodeScalars)
        var found: Set<String> = []
        for scalar in text.unicodeScalars where scalar.value < 0x20 || scalar.value > 0x7E {
            if allowed.contains(scalar) { continue }
            let isActing =
                switch scalar.value {
                case 0...0x1F, 0x7F...0x9F, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
                    0xFEFF,
                    0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
                    true
                default: false
                }
            if isActing { found.insert("U+" + String(scalar.value, radix: 16)) }
        }
        return found
    }

    /// Without the styles that the program itself writes; those of hostile strings are others, and stay.
    private static func withoutStyles(_ text: String) -> String {
        text.replacing(/\u{1B}\[(0|1|2|3[1-6]|1;31)m/, with: "")
    }

    // MARK: Formats

    private static func checkCSV(_ output: String, _ origin: Comment) throws {
        for row in try CSVRecords(Array(output.utf8)).rows {
            for (name, cell) in row where Double(cell) == nil {
                let first = cell.unicodeScalars.first { !$0.properties.isWhitespace }
                #expect(
                    !(first.map { "=+-@|\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0) } ?? false),
                    "\(origin): \(name): \(cell.prefix(40))")
            }
        }
    }

    /// Nothing that is HTML or a bare link, code spans that end, and as many cells in a row as its table's heading has.
    private static func checkMarkdown(_ output: String, _ origin: Comment) {
        // In code nothing is a link.
        let plain = output.replacing(/`[^`\n]*`/, with: "")
        #expect(!output.contains("<") && !output.contains(">") && !plain.contains("://"), origin)
        var columns: Int?
        for line in output.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            #expect(line.count { $0 == "`" } % 2 == 0, origin)
            guard line.first == "|" else {
                columns = nil
                continue
            }
            let bars = line.count { $0 == "|" }
            #expect(bars == columns ?? bars, "\(origin): \(String(line.prefix(80)))")
            columns = bars
        }
    }

    private static let elements: Set<String> = [
        "img", "iframe", "object", "embed", "base", "audio", "video", "foreignObject",
    ]

    /// Well-formed, with no element or attribute that loads or runs something, and links that stay here.
    private static func checkHTML(_ output: String, _ origin: Comment, files: Set<String>) throws {
        let outline = try MarkupOutline(output)
        #expect(outline.raw.filter { $0.element == "script" }.count <= 1, origin)
        #expect(!outline.raw.contains { $0.text.contains(HostileText.mark) }, origin)
        for tag in outline.tags {
            let name = String(tag.dropFirst().prefix { $0 != " " && $0 != ">" })
            #expect(!elements.contains(name), "\(origin): \(tag)")
        }
        for (name, value) in outline.attributes {
            #expect(
                !name.hasPrefix("on") && !["style", "src", "srcset", "srcdoc"].contains(name), "\(origin): \(name)")
            if name == "href" || name == "action" || name == "formaction" {
                #expect(
                    value.hasPrefix("#") || value.hasPrefix("/") && !value.hasPrefix("//") || files.contains(value),
                    "\(origin): \(value.prefix(80))")
            }
        }
    }

    /// Well-formed to two parsers, where there are two.
    private static func checkXML(_ output: String, _ origin: Comment) throws {
        _ = try JUnitDocument(Array(output.utf8))
        guard let xmllint else { return }
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "document.xml")
            try Data(output.utf8).write(to: file)
            let process = Process()
            process.executableURL = xmllint
            process.arguments = ["--noout", "--nonet", file.path]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, origin)
        }
    }
}
