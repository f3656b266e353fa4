/// A set of Unicode code points, as ranges that are sorted, apart, and never adjacent.
struct ScalarSet: Hashable, Sendable {
    private(set) var ranges: [ClosedRange<UInt32>]

    static let largest: UInt32 = 0x10FFFF
    static let empty = ScalarSet([])
    static let all = ScalarSet([0...largest])
    /// They are code points, but no text in UTF-8 holds one.
    static let surrogates = ScalarSet([0xD800...0xDFFF])

    /// The union of ranges in any order.
    init(_ ranges: [ClosedRange<UInt32>]) {
        self.ranges = Self.merged(ranges)
    }

    init(_ scalars: Unicode.Scalar...) {
        self.init(scalars.map { $0.value...$0.value })
    }

    /// What is not in this set.
    var complement: ScalarSet {
        var gaps: [ClosedRange<UInt32>] = []
        var start: UInt32 = 0
        for range in ranges {
            if range.lowerBound > start { gaps.append(start...(range.lowerBound - 1)) }
            start = range.upperBound + 1
        }
        if start <= Self.largest { gaps.append(start...Self.largest) }
        return ScalarSet(gaps)
    }

    func union(_ other: ScalarSet) -> ScalarSet {
        ScalarSet(ranges + other.ranges)
    }

    func subtracting(_ other: ScalarSet) -> ScalarSet {
        complement.union(other).complement
    }

    func contains(_ value: UInt32) -> Bool {
        firstRange(endingAtOrAfter: value).map { ranges[$0].contains(value) } ?? false
    }

    func intersects(_ range: ClosedRange<UInt32>) -> Bool {
        firstRange(endingAtOrAfter: range.lowerBound).map { ranges[$0].overlaps(range) } ?? false
    }

    private func firstRange(endingAtOrAfter value: UInt32) -> Int? {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count ? low : nil
    }

    private static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, range.lowerBound <= last.upperBound || range.lowerBound == last.upperBound + 1 {
                result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }
}
