import AuditModel

/// Lines of a report for terminals, broken at a width.
struct TextPage {
    let options: ReportOptions
    private var lines: [TerminalText] = []

    init(_ options: ReportOptions) {
        self.options = options
    }

    /// A line that is never broken: what a script takes with `head -1`.
    mutating func unbroken(_ text: TerminalText) {
        lines.append(text)
    }

    /// A paragraph.
    mutating func line(_ text: TerminalText, indent: Int = 0, hanging: Int? = nil) {
        lines += text.wrapped(to: options.width, indent: indent, hanging: hanging ?? indent + 2)
    }

    /// An empty line; never two in a row.
    mutating func gap() {
        if let last = lines.last, !last.spans.isEmpty { lines.append("") }
    }

    /// A section's title with a count or remark.
    mutating func heading(_ title: String, _ remark: TerminalText = "") {
        gap()
        let text: TerminalText = "\(title, .bold)"
        line(remark.spans.isEmpty ? text : "\(text)  \(remark, .dim)")
    }

    /// Rows whose columns but the last are padded to their widest cell; a column takes at most 40.
    mutating func rows(_ rows: [[TerminalText]], indent: Int) {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            min(40, rows.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0)
        }
        for row in rows {
            var text: TerminalText = ""
            for (column, cell) in row.enumerated() {
                let isLast = column == row.count - 1
                text += isLast ? cell : cell.padded(to: widths[column]) + "  "
            }
            let hanging = indent + 4
            lines += text.wrapped(to: options.width, indent: indent, hanging: hanging)
        }
    }

    /// The page in UTF-8, with one line feed at the end. No line ends in spaces.
    var bytes: [UInt8] {
        var output: [UInt8] = []
        for line in lines {
            output += line.withoutTrailingSpaces.rendered(inColor: options.usesColor).utf8
            output.append(UInt8(ascii: "\n"))
        }
        return output
    }
}

extension TerminalText {
    fileprivate var withoutTrailingSpaces: TerminalText {
        var spans = spans
        while let last = spans.last {
            let trailing = last.text.utf8.reversed().prefix { $0 == UInt8(ascii: " ") }.count
            let kept = String(last.text.unicodeScalars.dropLast(trailing))
            if kept == last.text { break }
            spans.removeLast()
            if !kept.isEmpty {
                spans.append(Span(text: kept, style: last.style))
                break
            }
        }
        return TerminalText(spans: spans)
    }
}

extension Severity {
    var style: TerminalText.Style {
        switch self {
        case .critical: .boldRed
        case .high: .red
        case .medium: .yellow
        case .low: .cyan
        case .info: .dim
        }
    }
}
