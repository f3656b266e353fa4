extension PatternReader {
    /// Reads `(`, `(?:`, `(?P<name>`, `(?<name>`, `(?flags)` or `(?flags:`.
    mutating func openGroup() throws(PatternError) {
        let opening = position
        guard peek(1) == "?" else {
            position += 1
            push(opening: opening, name: nil)
            return
        }
        let isPython = peek(2) == "P"
        if isPython ? peek(3) == "<" : peek(2) == "<" && peek(3) != "=" && peek(3) != "!" {
            try readGroupName(opening: opening, nameStart: opening + (isPython ? 4 : 3))
        } else {
            try readFlags(opening: opening)
        }
    }

    private mutating func readGroupName(opening: Int, nameStart: Int) throws(PatternError) {
        guard let end = scalars[nameStart...].firstIndex(of: ">") else {
            throw error(.invalidGroupName, from: opening, to: scalars.count)
        }
        let name = scalars[nameStart..<end]
        guard !name.isEmpty, name.allSatisfy(Self.isAllowedInGroupName) else {
            throw error(.invalidGroupName, from: opening, to: end + 1)
        }
        position = end + 1
        push(opening: opening, name: String(String.UnicodeScalarView(name)))
    }

    private static func isAllowedInGroupName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber,
            .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation:
            true
        default: false
        }
    }

    private mutating func readFlags(opening: Int) throws(PatternError) {
        if let (reason, end) = mistakeOfOtherDialect(opening: opening) {
            throw error(reason, from: opening, to: end)
        }
        var read = flags
        var isNegated = false
        var sawFlag = false
        position += 2
        while let scalar = peek() {
            position += 1
            switch scalar {
            case "i", "m", "s", "U":
                let flag: Flags =
                    switch scalar {
                    case "i": .ignoresCase
                    case "m": .isMultiline
                    case "s": .dotMatchesNewline
                    default: .isUngreedy
                    }
                if isNegated { read.remove(flag) } else { read.insert(flag) }
                sawFlag = true
            case "-" where !isNegated:
                isNegated = true
                sawFlag = false
            case ":" where !isNegated || sawFlag:
                frames.append(Frame(opening: opening, number: nil, outerFlags: flags))
                flags = read
                return
            case ")" where !isNegated || sawFlag:
                flags = read
                return
            default:
                throw error(.unsupportedGroup, from: opening, to: position)
            }
        }
        throw error(.unclosedGroup, from: opening, to: scalars.count)
    }

    /// What other dialects mean by what comes after `(?`, and where that ends.
    private func mistakeOfOtherDialect(opening: Int) -> (PatternError.Reason, end: Int)? {
        switch (peek(2), peek(3)) {
        case ("=", _), ("!", _): (.lookaround, opening + 3)
        case ("<", "="), ("<", "!"): (.lookaround, opening + 4)
        case ("P", "="): (.backreference, scalars[opening...].firstIndex(of: ")").map { $0 + 1 } ?? scalars.count)
        default: nil
        }
    }

    private mutating func push(opening: Int, name: String?) {
        tree.groupNames.append(name)
        frames.append(Frame(opening: opening, number: tree.groupNames.count, outerFlags: flags))
    }
}
