/// Where something stands in a text: offsets in bytes of UTF-8, the first and the one after the last.
public struct SourceRange: Sendable, Hashable {
    /// The offset of the first byte.
    public let start: Int
    /// The offset after the last byte.
    public let end: Int

    init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    /// From the start of this to the end of another.
    func through(_ other: SourceRange) -> SourceRange {
        SourceRange(start, max(end, other.end))
    }

    /// The same within a text, which it may not reach beyond.
    func range(in source: String) -> Range<Int> {
        let count = source.utf8.count
        let start = min(start, count)
        return start..<min(max(end, start), count)
    }

    /// The same in Unicode scalars.
    func scalarRange(in source: String) -> Range<Int> {
        func scalars(_ length: Int) -> Int {
            source.utf8.prefix(length).reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
        }
        let range = range(in: source)
        return scalars(range.lowerBound)..<scalars(range.upperBound)
    }
}
