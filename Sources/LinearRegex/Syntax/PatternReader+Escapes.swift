extension PatternReader {
    /// Reads what starts with a backslash outside of brackets.
    mutating func readBackslash() throws(PatternError) {
        let assertion: Assertion? =
            switch peek(1) {
            case "A": .textStart
            case "z": .textEnd
            case "b": .wordBoundary
            case "B": .noWordBoundary
            default: nil
            }
        if let assertion {
            append(tree.add(.assertion(assertion)))
            position += 2
        } else if peek(1) == "C" {
            throw error(.singleByte, from: position, to: position + 2)
        } else if peek(1) == "Q" {
            readQuotation()
        } else if let set = try readClassEscape() {
            append(tree.addScalar(of: set))
        } else {
            let value = try readScalarEscape()
            if let scalar = Unicode.Scalar(value) {
                appendLiteral(scalar)
            } else {
                append(tree.addScalar(of: .empty))
            }
        }
    }

    /// `\Q…\E`, where the end may be missing: all of it is literal.
    private mutating func readQuotation() {
        position += 2
        while let scalar = peek() {
            if scalar == "\\", peek(1) == "E" {
                position += 2
                return
            }
            appendLiteral(scalar)
            position += 1
        }
    }

    /// Reads `\d` and its like, or `\p{…}`; nil, and nothing read, where another escape stands there.
    mutating func readClassEscape() throws(PatternError) -> ScalarSet? {
        guard peek() == "\\", let letter = peek(1) else { return nil }
        if letter == "p" || letter == "P" { return try readUnicodeClass() }
        guard let (set, isNegated) = NamedClasses.perl(letter) else { return nil }
        position += 2
        return folded(set, isNegated: isNegated)
    }

    private mutating func readUnicodeClass() throws(PatternError) -> ScalarSet {
        let start = position
        var isNegated = peek(1) == "P"
        let name: String
        if peek(2) == "{" {
            guard let end = scalars[(start + 3)...].firstIndex(of: "}") else {
                throw error(.unclosedUnicodeClass, from: start, to: scalars.count)
            }
            var nameStart = start + 3
            if scalars[nameStart] == "^" {
                isNegated.toggle()
                nameStart += 1
            }
            name = String(String.UnicodeScalarView(scalars[nameStart..<end]))
            position = end + 1
        } else {
            name = peek(2).map(String.init) ?? ""
            position = min(start + 3, scalars.count)
        }
        guard let set = unicodeClass(named: name) else {
            throw error(.unknownUnicodeClass, from: start, to: position)
        }
        return isNegated ? set.complement : set
    }

    /// Each is read from its table once in a pattern, however often it is named.
    private mutating func unicodeClass(named name: String) -> ScalarSet? {
        let key = (flags.contains(.ignoresCase) ? "(?i)" : "") + name
        if let known = unicodeClasses[key] { return known }
        let set = UnicodeTables.set(named: name).map { folded($0, isNegated: false) }
        unicodeClasses[key] = set
        return set
    }

    /// The set, with what is equal to its members where case is ignored; the negation is taken after that.
    func folded(_ set: ScalarSet, isNegated: Bool) -> ScalarSet {
        let folded = flags.contains(.ignoresCase) ? CaseFolding.folded(set) : set
        return isNegated ? folded.complement : folded
    }

    /// Reads an escape that stands for one code point, in or out of brackets.
    mutating func readScalarEscape() throws(PatternError) -> UInt32 {
        let start = position
        guard let scalar = peek(1) else {
            throw error(.trailingBackslash, from: start, to: start + 1)
        }
        position += 2
        switch scalar {
        case "1"..."7":
            guard let next = peek(), ("0"..."7").contains(next) else {
                throw error(.backreference, from: start, to: position)
            }
            return readOctal(first: scalar)
        case "0": return readOctal(first: scalar)
        case "8", "9": throw error(.backreference, from: start, to: position)
        case "k" where peek() == "<" || peek() == "{": throw error(.backreference, from: start, to: position)
        case "x": return try readHexadecimal(start: start)
        case "n": return 0x0A
        case "r": return 0x0D
        case "t": return 0x09
        case "a": return 0x07
        case "f": return 0x0C
        case "v": return 0x0B
        case _ where scalar.isASCII && (scalar == "_" || !NamedClasses.word.contains(scalar.value)):
            return scalar.value
        default:
            throw error(.unknownEscape, from: start, to: position)
        }
    }

    /// One to three octal digits.
    private mutating func readOctal(first: Unicode.Scalar) -> UInt32 {
        var value = first.value - 0x30
        for _ in 0..<2 {
            guard let next = peek(), ("0"..."7").contains(next) else { break }
            value = value * 8 + next.value - 0x30
            position += 1
        }
        return value
    }

    /// `\x` with two digits, or with any number of them in braces.
    private mutating func readHexadecimal(start: Int) throws(PatternError) -> UInt32 {
        guard peek() == "{" else {
            guard let high = peek().flatMap(Self.hexadecimalDigit), let low = peek(1).flatMap(Self.hexadecimalDigit)
            else {
                throw error(.invalidCodePoint, from: start, to: min(position + 2, scalars.count))
            }
            position += 2
            return high * 16 + low
        }
        position += 1
        let digits = position
        var value: UInt32 = 0
        while let digit = peek().flatMap(Self.hexadecimalDigit) {
            value = value * 16 + digit
            position += 1
            if value > ScalarSet.largest { throw error(.invalidCodePoint, from: start, to: position) }
        }
        guard position > digits, peek() == "}" else {
            throw error(.invalidCodePoint, from: start, to: min(position + 1, scalars.count))
        }
        position += 1
        return value
    }

    private static func hexadecimalDigit(_ scalar: Unicode.Scalar) -> UInt32? {
        switch scalar {
        case "0"..."9": scalar.value - 0x30
        case "a"..."f": scalar.value - 0x61 + 10
        case "A"..."F": scalar.value - 0x41 + 10
        default: nil
        }
    }
}
