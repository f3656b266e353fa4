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
}
