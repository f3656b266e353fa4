import AuditModel

/// Blocks of a Markdown report, each apart from the next by an empty line.
struct MarkdownPage {
    private var blocks: [String] = []

    /// A paragraph of one line.
    mutating func paragraph(_ text: MarkdownText) {
        blocks.append(text.markdown)
    }

    /// A heading of level 2 or 3.
    mutating func heading(_ text: MarkdownText, level: Int = 2) {
        blocks.append(String(repeating: "#", count: level) + " " + text.markdown)
    }

    /// A list, one line an entry; nothing where it is empty.
    mutating func list(_ entries: [MarkdownText]) {
        guard !entries.isEmpty else { return }
        blocks.append(entries.map { "- " + $0.markdown }.joined(separator: "\n"))
    }

    /// A table; nothing where it has no rows. Every row has one cell a column.
    mutating func table(_ columns: [MarkdownText], _ rows: [[MarkdownText]]) {
        guard !rows.isEmpty else { return }
        let rule = columns.map { _ in "---" as MarkdownText }
        blocks.append(
            ([columns, rule] + rows).map { row in "| " + row.map(\.markdown).joined(separator: " | ") + " |" }
                .joined(separator: "\n"))
    }

    /// A section of sentences; nothing where there are none.
    mutating func sentences(_ title: MarkdownText, _ sentences: [String]) {
        guard !sentences.isEmpty else { return }
        heading(title)
        list(sentences.map { "\(VisibleText.prose($0))" })
    }

    /// The page in UTF-8, with one line feed at the end.
    var bytes: [UInt8] { Array((blocks.joined(separator: "\n\n") + "\n").utf8) }
}
