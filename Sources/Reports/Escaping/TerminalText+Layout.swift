extension TerminalText {
    /// The columns that the text takes: two for wide and full-width characters and emoji, none for marks that combine.
    public var width: Int { spans.reduce(0) { $0 + DisplayWidth.of($1.text) } }

    /// The text followed by spaces up to a width; as it is where it is as wide already.
    func padded(to width: Int) -> TerminalText {
        let missing = width - self.width
        return missing > 0 ? self + TerminalText(spans: [Span(text: Words.spaces(missing), style: nil)]) : self
    }

    /// The lines of the text when it is broken at spaces; a word that is longer than a line stays whole.
    ///
    /// - Parameters:
    ///   - indent: the spaces before the first line.
    ///   - hanging: the spaces before the others.
    func wrapped(to width: Int, indent: Int = 0, hanging: Int? = nil) -> [TerminalText] {
        let hanging = hanging ?? indent
        var lines: [TerminalText] = []
        var line = TerminalText(spans: [Span(text: Words.spaces(indent), style: nil)])
        var used = indent
        var isEmpty = true
        var pendingSpaces = 0
        for word in words {
            let wordWidth = word.text.width
            if !isEmpty, used + word.spacesBefore + wordWidth > width {
                lines.append(line)
                line = TerminalText(spans: [Span(text: Words.spaces(hanging), style: nil)])
                used = hanging
                pendingSpaces = 0
            } else {
                pendingSpaces = word.spacesBefore
            }
            if pendingSpaces > 0 { line.spans.append(Span(text: Words.spaces(pendingSpaces), style: nil)) }
            line += word.text
            used += pendingSpaces + wordWidth
            isEmpty = false
        }
        lines.append(line)
        return lines
    }

    private var words: [(spacesBefore: Int, text: TerminalText)] {
        var words: [(spacesBefore: Int, text: TerminalText)] = []
        var spaces = 0
        var isInWord = false
        for span in spans {
            for piece in span.text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
                if piece.offset > 0 {
                    spaces += 1
                    isInWord = false
                }
                guard !piece.element.isEmpty else { continue }
                let text = Span(text: String(piece.element), style: span.style)
                if isInWord {
                    words[words.count - 1].text.spans.append(text)
                } else {
                    words.append((spaces, TerminalText(spans: [text])))
                    spaces = 0
                    isInWord = true
                }
            }
        }
        return words
    }
}

/// How many columns text takes in a terminal.
enum DisplayWidth {
    static func of(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + of($1) }
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: return isWide(scalar.value) ? 2 : 1
        }
    }

    /// The blocks that Unicode's EastAsianWidth.txt has as wide or full-width, in outline.
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
            0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
