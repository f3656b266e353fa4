/// Cuts an expression's text into words.
struct Lexer {
    let bytes: [UInt8]
    var position = 0
    var mistakes: [(cause: MistakeCause, place: SourceRange)] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// All words, the last of which is ``Token/Kind/end``.
    mutating func tokens() -> [Token] {
        var tokens: [Token] = []
        while true {
            let token = next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private func peek(_ distance: Int = 0) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }

    private mutating func next() -> Token {
        skipBlanks()
        let start = position
        guard let byte = peek() else { return Token(kind: .end, place: SourceRange(start, start)) }
        if let literal = textLiteral() { return literal }
        if isLetter(byte) { return word() }
        if isDigit(byte) || byte == UInt8(ascii: "."), let next = peek(1).map(isDigit), next || isDigit(byte) {
            return number()
        }
        if isDigit(byte) { return number() }
        if byte == UInt8(ascii: "`") { return quotedIdentifier() }
        for length in [2, 1] where position + length <= bytes.count {
            let text = String(decoding: bytes[position..<position + length], as: UTF8.self)
            guard let symbol = Token.Symbol(rawValue: text), symbol != .inWord else { continue }
            position += length
            return Token(kind: .symbol(symbol), place: SourceRange(start, position))
        }
        // One whole code point, however many bytes it has.
        position += 1
        while let byte = peek(), byte & 0xC0 == 0x80 { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        return invalid(.unexpectedCharacter(text), from: start)
    }

    private mutating func skipBlanks() {
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x0C: position += 1
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
                while let byte = peek(), byte != UInt8(ascii: "\n") { _ = byte; position += 1 }
            default: return
            }
        }
    }

    private mutating func word() -> Token {
        let start = position
        while let byte = peek(), isLetter(byte) || isDigit(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let place = SourceRange(start, position)
        if let symbol = Token.Symbol(rawValue: text) { return Token(kind: .symbol(symbol), place: place) }
        return Token(kind: Token.reservedWords.contains(text) ? .reserved(text) : .identifier(text), place: place)
    }

    /// `` `a-b` ``: letters, digits, `_`, `.`, `-`, `/` and space.
    private mutating func quotedIdentifier() -> Token {
        let start = position
        position += 1
        while let byte = peek(),
            isLetter(byte) || isDigit(byte)
                || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), 0x20].contains(byte)
        {
            position += 1
        }
        let text = String(decoding: bytes[start + 1..<position], as: UTF8.self)
        guard peek() == UInt8(ascii: "`"), !text.isEmpty else { return invalid(.badQuotedIdentifier, from: start) }
        position += 1
        return Token(kind: .quotedIdentifier(text), place: SourceRange(start, position))
    }

    private mutating func number() -> Token {
        let start = position
        if peek() == UInt8(ascii: "0"), peek(1).map({ $0 | 0x20 }) == UInt8(ascii: "x"), peek(2).map(isHexDigit) == true
        {
            position += 2
            while let byte = peek(), isHexDigit(byte) { position += 1 }
            return integer(from: start, digitsFrom: start + 2, radix: 16)
        }
        while let byte = peek(), isDigit(byte) { position += 1 }
        var isDouble = false
        if peek() == UInt8(ascii: "."), peek(1).map(isDigit) == true {
            isDouble = true
            position += 1
            while let byte = peek(), isDigit(byte) { position += 1 }
        }
        if peek().map({ $0 | 0x20 }) == UInt8(ascii: "e") {
            let hasSign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
            if peek(hasSign ? 2 : 1).map(isDigit) == true {
                isDouble = true
                position += hasSign ? 2 : 1
                while let byte = peek(), isDigit(byte) { position += 1 }
            }
        }
        guard isDouble else { return integer(from: start, digitsFrom: start, radix: 10) }
        var text = String(decoding: bytes[start..<position], as: UTF8.self)
        if text.hasPrefix(".") { text = "0" + text }
        if let byte = peek(), isLetter(byte) { return badNumber(from: start) }
        guard let value = Double(text), value.isFinite else { return invalid(.numberOutOfRange("double"), from: start) }
        return Token(kind: .double(value), place: SourceRange(start, position))
    }

    private mutating func integer(from start: Int, digitsFrom: Int, radix: Int) -> Token {
        let value = UInt64(String(decoding: bytes[digitsFrom..<position], as: UTF8.self), radix: radix)
        let isUnsigned = peek().map { $0 | 0x20 } == UInt8(ascii: "u")
        if isUnsigned { position += 1 }
        if let byte = peek(), isLetter(byte) || isDigit(byte) { return badNumber(from: start) }
        guard let value else { return invalid(.numberOutOfRange(isUnsigned ? "uint" : "int"), from: start) }
        return Token(kind: isUnsigned ? .uint(value) : .int(value), place: SourceRange(start, position))
    }

    private mutating func badNumber(from start: Int) -> Token {
        while let byte = peek(), isLetter(byte) || isDigit(byte) { position += 1 }
        return invalid(.badNumber(String(decoding: bytes[start..<position], as: UTF8.self)), from: start)
    }

    mutating func invalid(_ cause: MistakeCause, from start: Int) -> Token {
        mistakes.append((cause, SourceRange(start, position)))
        return Token(kind: .invalid, place: SourceRange(start, position))
    }
}

func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
}

func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
}
