/// What stands at one side of a place in a text, as far as assertions ask.
enum Side: UInt8, CaseIterable, Sendable {
    case edge, newline, word, other
}

extension Assertion {
    @inline(__always)
    func holds(left: Side, right: Side) -> Bool {
        switch self {
        case .textStart: left == .edge
        case .textEnd: right == .edge
        case .lineStart: left == .edge || left == .newline
        case .lineEnd: right == .edge || right == .newline
        case .wordBoundary: (left == .word) != (right == .word)
        case .noWordBoundary: (left == .word) == (right == .word)
        }
    }
}

/// Scalars that a pattern cannot tell apart share a symbol; programs work on symbols alone.
///
/// Symbols are numbered from 0; the number after the last one stands for the end of the text.
struct Alphabet: Sendable {
    /// How many symbols there are, the end not counted.
    private(set) var count = 1
    /// The symbol of each ASCII scalar.
    private(set) var ascii: [UInt16] = []
    /// The symbol of bytes that are no UTF-8; no set has it.
    private(set) var invalid = 0
    /// What each symbol is for assertions, and `edge` for the end.
    private(set) var sides: [Side] = []
    private var starts: [UInt32] = []
    private var symbols: [UInt16] = []

    /// The symbol of the text's end.
    var end: Int { count }

    /// The alphabet of these sets, and the symbols of each set, ascending. nil where it would be too large.
    static func dividing(_ sets: [ScalarSet], assertions: Set<Assertion>) -> (Alphabet, symbolsOfSets: [[Int]])? {
        let asksForLines = assertions.contains(.lineStart) || assertions.contains(.lineEnd)
        let asksForWords = assertions.contains(.wordBoundary) || assertions.contains(.noWordBoundary)
        // Bytes that are no UTF-8 are read as a surrogate, which no set has after this.
        let textSets = sets.map { $0.intersects(0xD800...0xDFFF) ? $0.subtracting(.surrogates) : $0 }
        var dividers = textSets + [.surrogates]
        if asksForLines { dividers.append(NamedClasses.newline) }
        if asksForWords { dividers.append(NamedClasses.word) }
        guard let division = Division(by: dividers) else { return nil }

        var alphabet = Alphabet()
        alphabet.count = division.classCount
        for (start, symbol) in zip(division.starts, division.classes) where alphabet.symbols.last != UInt16(symbol) {
            alphabet.starts.append(start)
            alphabet.symbols.append(UInt16(symbol))
        }
        alphabet.ascii = (0..<128).map { UInt16(alphabet.symbol(of: $0)) }
        alphabet.invalid = alphabet.symbol(of: 0xD800)
        alphabet.sides = [Side](repeating: .other, count: alphabet.count) + [assertions.isEmpty ? .other : .edge]
        if asksForLines { alphabet.sides[alphabet.symbol(of: 0x0A)] = .newline }
        if asksForWords {
            for symbol in division.classes(of: NamedClasses.word) { alphabet.sides[symbol] = .word }
        }
        return (alphabet, textSets.map(division.classes))
    }

    /// The symbol of a scalar.
    func symbol(of scalar: UInt32) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= scalar { low = middle } else { high = middle }
        }
        return Int(symbols[low])
    }
}

/// The coarsest division of all code points into classes that every given set is a union of.
private struct Division {
    /// The first code point of each interval, ascending from 0.
    private(set) var starts: [UInt32]
    /// The class of each interval.
    private(set) var classes: [Int]
    private(set) var classCount = 1

    /// More intervals than this in all sets together, or more classes, would take too much memory and time.
    private static let largestWork = 4_000_000
    private static let largestClassCount = 60_000

    init?(by sets: [ScalarSet]) {
        var bounds: Set<UInt32> = [0]
        for set in sets {
            for range in set.ranges {
                bounds.insert(range.lowerBound)
                bounds.insert(range.upperBound + 1)
            }
        }
        bounds.remove(ScalarSet.largest + 1)
        starts = bounds.sorted()
        classes = [Int](repeating: 0, count: starts.count)
        var work = 0
        for set in sets {
            // What is in the set leaves its class for a new one; what is not in it stays.
            var newClass: [Int: Int] = [:]
            for interval in intervals(of: set) {
                let old = classes[interval]
                let new = newClass[old] ?? classCount
                if new == classCount {
                    newClass[old] = new
                    classCount += 1
                }
                classes[interval] = new
                work += 1
            }
            if work > Self.largestWork { return nil }
        }
        // A class that everything has left keeps no number.
        var numbers: [Int: Int] = [:]
        for (interval, old) in classes.enumerated() {
            let number = numbers[old] ?? numbers.count
            numbers[old] = number
            classes[interval] = number
        }
        classCount = numbers.count
        if classCount > Self.largestClassCount { return nil }
    }

    /// The classes that a set is the union of, ascending. It must be one that the division was made by.
    func classes(of set: ScalarSet) -> [Int] {
        Set(intervals(of: set).map { classes[$0] }).sorted()
    }

    private func intervals(of set: ScalarSet) -> [Int] {
        var found: [Int] = []
        for range in set.ranges {
            var index = firstInterval(startingAtOrAfter: range.lowerBound)
            while index < starts.count, starts[index] <= range.upperBound {
                found.append(index)
                index += 1
            }
        }
        return found
    }

    private func firstInterval(startingAtOrAfter value: UInt32) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
