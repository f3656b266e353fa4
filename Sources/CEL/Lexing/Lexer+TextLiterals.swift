extension Lexer {
    /// A string or bytes literal that starts here, or nil.
    mutating func textLiteral() -> Token? {
        let start = position
        guard let literal = TextLiteral(in: bytes, at: start) else { return nil }
        position = literal.end
        let place = SourceRange(start, position)
        switch literal.content {
        case .string(let text): return Token(kind: .string(text), place: place)
        case .bytes(let bytes): return Token(kind: .bytes(bytes), place: place)
        case .failure(let cause, let at):
            mistakes.append((cause, at))
            return Token(kind: .invalid, place: place)
        }
    }
}

/// A string or bytes literal, as it stands in a text.
struct TextLiteral {
    enum Content {
        case string(String)
        case bytes([UInt8])
        case failure(MistakeCause, at: SourceRange)
    }

    let content: Content
    /// The offset after the closing quotation mark.
    let end: Int
    /// For each byte of the value the offset of what it was read from, and at last that of the closing quotation mark.
    private(set) var origins: [Int] = []

    /// Reads the literal at an offset; nil where there is none.
    init?(in source: [UInt8], at start: Int) {
        var reader = Reader(source: source, start: start)
        guard reader.readPrefix() else { return nil }
        content = reader.readContent()
        end = reader.position
        origins = reader.origins
    }

    /// The offset, in the literal's text, of the value's byte at an index.
    func origin(ofByte index: Int) -> Int {
        origins.indices.contains(index) ? origins[index] : origins.last ?? end
    }
}

private struct Reader {
    let source: [UInt8]
    let start: Int
    var position: Int
    var isRaw = false
    var isBytes = false
    var quote: [UInt8] = []
    var value: [UInt8] = []
    var origins: [Int] = []

    init(source: [UInt8], start: Int) {
        self.source = source
        self.start = start
        position = start
    }

    func peek(_ distance: Int = 0) -> UInt8? {
        position + distance < source.count ? source[position + distance] : nil
    }

    mutating func readPrefix() -> Bool {
        var length = 0
        while length < 2, let byte = peek(length) {
            let letter = byte | 0x20
            if letter == UInt8(ascii: "b"), !isBytes, !isRaw {
                isBytes = true
            } else if letter == UInt8(ascii: "r"), !isRaw {
                isRaw = true
            } else {
                break
            }
            length += 1
        }
        guard let mark = peek(length), mark == UInt8(ascii: "'") || mark == UInt8(ascii: "\"") else { return false }
        position += length
        let isTriple = peek(1) == mark && peek(2) == mark
        quote = Array(repeating: mark, count: isTriple ? 3 : 1)
        position += quote.count
        return true
    }

    var isAtQuote: Bool {
        for (distance, mark) in quote.enumerated() where peek(distance) != mark { return false }
        return true
    }

    mutating func readContent() -> TextLiteral.Content {
        var failure: (MistakeCause, SourceRange)?
        while let byte = peek() {
            if isAtQuote {
                origins.append(position)
                position += quote.count
                if let failure { return .failure(failure.0, at: failure.1) }
                // The source is valid UTF-8 and each escape adds whole code points, so nothing is replaced here.
                return isBytes ? .bytes(value) : .string(String(decoding: value, as: UTF8.self))
            }
            if quote.count == 1, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
            if byte == UInt8(ascii: "\\"), !isRaw {
                let escape = position
                if let cause = readEscape(), failure == nil { failure = (cause, SourceRange(escape, position)) }
            } else {
                append([byte], from: position)
                position += 1
                // In a raw literal a quotation mark after a backslash still ends it.
            }
        }
        return .failure(.unterminatedText, at: SourceRange(start, position))
    }

    mutating func append(_ bytes: some Sequence<UInt8>, from origin: Int) {
        for byte in bytes {
            value.append(byte)
            origins.append(origin)
        }
    }

    private static let simpleEscapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
        UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11, UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "?"): UInt8(ascii: "?"), UInt8(ascii: "\""): UInt8(ascii: "\""),
        UInt8(ascii: "'"): UInt8(ascii: "'"), UInt8(ascii: "`"): UInt8(ascii: "`"),
    ]

    /// Reads one escape sequence; gives what is wrong with it.
    mutating func readEscape() -> MistakeCause? {
        let escape = position
        guard let letter = peek(1) else {
            position += 1
            return .badEscape("\\")
        }
        position += 2
        if let byte = Self.simpleEscapes[letter] {
            append([byte], from: escape)
            return nil
        }
        let digits: Int
        let radix: Int
        switch letter {
        case UInt8(ascii: "x"), UInt8(ascii: "X"): (digits, radix) = (2, 16)
        case UInt8(ascii: "u") where !isBytes: (digits, radix) = (4, 16)
        case UInt8(ascii: "U") where !isBytes: (digits, radix) = (8, 16)
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            position -= 1
            (digits, radix) = (3, 8)
        default:
            while let byte = peek(), byte & 0xC0 == 0x80 { position += 1 }
            return .badEscape(text(from: escape))
        }
        guard position + digits <= source.count,
            let number = UInt32(String(decoding: source[position..<position + digits], as: UTF8.self), radix: radix),
            source[position..<position + digits].allSatisfy(isHexDigit)
        else { return .badEscape(text(from: escape)) }
        position += digits
        if isBytes {
            append([UInt8(truncatingIfNeeded: number)], from: escape)
        } else if let scalar = Unicode.Scalar(number) {
            append(String(Character(scalar)).utf8, from: escape)
        } else {
            return .noCodePoint(text(from: escape))
        }
        return nil
    }

    func text(from start: Int) -> String {
        String(decoding: source[start..<min(position, source.count)], as: UTF8.self)
    }
}
