extension PatternReader {
    /// Reads `[…]`.
    mutating func readClass() throws(PatternError) -> ScalarSet {
        let opening = position
        position += 1
        let isNegated = peek() == "^"
        if isNegated { position += 1 }
        var members = ClassBuilder()
        var isFirst = true
        while let scalar = peek(), scalar != "]" || isFirst {
            isFirst = false
            if let set = try readPosixClass() {
                members.insert(set.ranges)
            } else if let set = try readClassEscape() {
                members.insert(set.ranges)
            } else {
                members.insert([try readRange(opening: opening)])
            }
        }
        guard peek() == "]" else {
            throw error(.unclosedClass, from: opening, to: scalars.count)
        }
        position += 1
        return folded(members.set, isNegated: isNegated)
    }

    /// Reads `[:name:]` or `[:^name:]`; nil, and nothing read, where no such thing stands there.
    private mutating func readPosixClass() throws(PatternError) -> ScalarSet? {
        guard peek() == "[", peek(1) == ":", hasPosixEndAhead else { return nil }
        var end = position + 2
        while end + 1 < scalars.count, scalars[end] != ":" || scalars[end + 1] != "]" { end += 1 }
        guard end + 1 < scalars.count else {
            hasPosixEndAhead = false
            return nil
        }
        var nameStart = position + 2
        let isNegated = scalars[nameStart] == "^"
        if isNegated { nameStart += 1 }
        let name = String(String.UnicodeScalarView(scalars[min(nameStart, end)..<end]))
        guard let set = NamedClasses.posix(name) else {
            throw error(.unknownPosixClass, from: position, to: end + 2)
        }
        position = end + 2
        return folded(set, isNegated: isNegated)
    }

    /// Reads one scalar or a range of them.
    private mutating func readRange(opening: Int) throws(PatternError) -> ClosedRange<UInt32> {
        let start = position
        let low = try readClassScalar(opening: opening)
        // A hyphen before the closing bracket is a member itself.
        guard peek() == "-", let next = peek(1), next != "]" else { return low...low }
        position += 1
        if next == "\\", let letter = peek(1), letter == "p" || letter == "P" || NamedClasses.perl(letter) != nil {
            throw error(.rangeEndsInClass, from: start, to: position + 2)
        }
        let high = try readClassScalar(opening: opening)
        guard low <= high else { throw error(.reversedRange, from: start, to: position) }
        return low...high
    }

    private mutating func readClassScalar(opening: Int) throws(PatternError) -> UInt32 {
        guard let scalar = peek() else { throw error(.unclosedClass, from: opening, to: scalars.count) }
        if scalar == "\\" { return try readScalarEscape() }
        position += 1
        return scalar.value
    }
}

/// Collects the ranges of a class, and merges them now and then so that a long class of large sets stays small.
private struct ClassBuilder {
    private var merged = ScalarSet.empty
    private var pending: [ClosedRange<UInt32>] = []

    mutating func insert(_ ranges: [ClosedRange<UInt32>]) {
        pending += ranges
        if pending.count > 4096 + 2 * merged.ranges.count { merge() }
    }

    private mutating func merge() {
        merged = ScalarSet(merged.ranges + pending)
        pending = []
    }

    var set: ScalarSet { merged.union(ScalarSet(pending)) }
}
