internal import AuditModel

extension SourceText {
    /// The place of a character inside a scalar's text, so that a mistake in an expression is shown where it stands in
    /// the file, whatever the style of the scalar: plain, quoted or block.
    ///
    /// - Parameters:
    ///   - offset: Unicode scalars of `text` before the character; the place after the last one where it is `text`'s count.
    ///   - text: the scalar's text as YAML reads it.
    ///   - start: where the scalar starts in the file: its first character, its quotation mark, or the `|` or `>`.
    func place(ofCharacter offset: Int, in text: String, startingAt start: SourcePlace) -> SourcePlace {
        var walk = ScalarWalk(lines: lines.map { Array($0.unicodeScalars) }, start: start)
        return walk.place(of: offset, in: Array(text.unicodeScalars))
    }
}

/// Walks through the source of a scalar and through its text at the same time.
private struct ScalarWalk {
    private enum Style {
        case plain, single, double, literal, folded
    }

    let lines: [[Unicode.Scalar]]
    let start: SourcePlace
    /// Counted from 0.
    private var line: Int
    private var column: Int

    init(lines: [[Unicode.Scalar]], start: SourcePlace) {
        self.lines = lines
        self.start = start
        line = start.line - 1
        column = start.column - 1
    }

    private var rest: ArraySlice<Unicode.Scalar> {
        lines.indices.contains(line) ? lines[line].dropFirst(column) : []
    }

    private var place: SourcePlace { SourcePlace(line: line + 1, column: column + 1) }

    mutating func place(of offset: Int, in text: [Unicode.Scalar]) -> SourcePlace {
        guard lines.indices.contains(line) else { return start }
        let style = style()
        var indent: Int?
        switch style {
        case .single, .double: column += 1
        case .literal, .folded: indent = enterBlock(text)
        case .plain: break
        }
        var index = 0
        while index < offset, index < text.count {
            if isAtLineEnd(style), text[index] == "\n" || text[index] == " " {
                // A folded break is one blank, or a line feed for each empty line; a literal one is a line feed.
                let isRun = text[index] == "\n" && style != .literal
                var end = index + 1
                while isRun, end < text.count, text[end] == "\n" { end += 1 }
                guard offset >= end else { return place }
                index = end
                enterNextLine(indent, skipsEmpty: style != .literal)
                continue
            }
            advance(style)
            index += 1
            // A break that is escaped stands for nothing.
            if style == .double, rest.first == "\\", rest.count == 1 { enterNextLine(nil, skipsEmpty: true) }
        }
        return place
    }

    private func style() -> Style {
        switch rest.first {
        case "'": .single
        case "\"": .double
        case "|": .literal
        case ">": .folded
        default: .plain
        }
    }

    /// Goes to the line after a block's header; gives the block's indentation.
    ///
    /// Blanks that the block's first line with text begins with belong to the text where the header says how deep the block
    /// is indented (`|2`); so the indentation is what the source has more of than the text.
    private mutating func enterBlock(_ text: [Unicode.Scalar]) -> Int {
        line += 1
        let firstLine = lines[min(line, lines.count)...].first { !$0.allSatisfy { $0 == " " } } ?? []
        let firstText = text.split(separator: "\n").first { !$0.allSatisfy { $0 == " " } } ?? []
        let indent = firstLine.prefix { $0 == " " }.count - firstText.prefix { $0 == " " }.count
        column = max(0, indent)
        return column
    }

    private func isAtLineEnd(_ style: Style) -> Bool {
        switch style {
        case .literal: rest.isEmpty
        case .plain, .single, .double, .folded: rest.allSatisfy { $0 == " " || $0 == "\t" }
        }
    }

    private mutating func enterNextLine(_ indent: Int?, skipsEmpty: Bool) {
        repeat {
            line += 1
        } while skipsEmpty && lines.indices.contains(line) && lines[line].allSatisfy { $0 == " " || $0 == "\t" }
        guard lines.indices.contains(line) else {
            column = 0
            return
        }
        column = indent ?? lines[line].prefix { $0 == " " || $0 == "\t" }.count
    }

    /// Goes over one character of the text, or over what stands for it.
    private mutating func advance(_ style: Style) {
        switch (style, rest.first) {
        case (.single, "'"): column += 2
        case (.double, "\\"):
            let digits: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]
            column += 2 + (rest.dropFirst().first.flatMap { digits[$0] } ?? 0)
        default: column += 1
        }
    }
}
