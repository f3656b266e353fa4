extension PatternReader {
    /// The largest count that `{n,m}` may name, and the largest product of counts that are nested.
    static let largestRepeat = 1000

    /// Reads `*`, `+`, `?`, `{n}`, `{n,}` or `{n,m}`, each with an optional `?`. A `{` that starts none of them is a
    /// literal; false then.
    mutating func readRepetition() throws(PatternError) -> Bool {
        let start = position
        let minimum: Int
        let maximum: Int?
        switch scalars[position] {
        case "*": (minimum, maximum) = (0, nil)
        case "+": (minimum, maximum) = (1, nil)
        case "?": (minimum, maximum) = (0, 1)
        default:
            guard let (counts, end) = readCounts() else {
                appendLiteral("{")
                position += 1
                return false
            }
            (minimum, maximum) = counts
            position = end - 1
        }
        position += 1
        var isGreedy = !flags.contains(.isUngreedy)
        if peek() == "?" {
            isGreedy.toggle()
            position += 1
        }
        if let first = operatorBefore {
            throw error(.stackedRepetition, from: first, to: position)
        }
        if let maximum, maximum < minimum {
            throw error(.reversedRepetition, from: start, to: position)
        }
        if max(minimum, maximum ?? 0) > Self.largestRepeat {
            throw error(.repetitionTooLarge, from: start, to: position)
        }
        guard let part = frames[frames.count - 1].parts.popLast() else {
            throw error(.nothingToRepeat, from: start, to: position)
        }
        let node = tree.add(.repetition(part, minimum: minimum, maximum: maximum, isGreedy: isGreedy))
        if max(minimum, maximum ?? 0) >= 2, tree.facts[node].repeatProduct > Self.largestRepeat {
            throw error(.nestedRepetitionTooLarge, from: start, to: position)
        }
        append(node)
        return true
    }

    /// The counts in braces and where their closing brace ends; nil where the braces hold none.
    private func readCounts() -> (counts: (Int, Int?), end: Int)? {
        var place = position + 1
        guard let minimum = readCount(at: &place), place < scalars.count else { return nil }
        var maximum: Int? = minimum
        if scalars[place] == "," {
            place += 1
            guard place < scalars.count else { return nil }
            if scalars[place] == "}" {
                maximum = nil
            } else {
                guard let count = readCount(at: &place), place < scalars.count else { return nil }
                maximum = count
            }
        }
        return scalars[place] == "}" ? ((minimum, maximum), place + 1) : nil
    }

    /// As in RE2, digits with a leading zero and those of a thousand million and more are no count, and so the brace is
    /// a literal.
    private func readCount(at place: inout Int) -> Int? {
        let start = place
        var count = 0
        while place < scalars.count, let digit = Self.decimalDigit(scalars[place]) {
            if count >= 100_000_000 { return nil }
            count = count * 10 + digit
            place += 1
        }
        let hasLeadingZero = place - start > 1 && scalars[start] == "0"
        return place > start && !hasLeadingZero ? count : nil
    }

    private static func decimalDigit(_ scalar: Unicode.Scalar) -> Int? {
        ("0"..."9").contains(scalar) ? Int(scalar.value - 0x30) : nil
    }
}
