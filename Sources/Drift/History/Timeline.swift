/// What some nights showed of one thing, by night: the values that were seen, and between them the intervals in which one
/// became the next.
///
/// A night is a sample. That a value changed is known to lie after the last night that saw the old one and up to the first
/// that saw the new one; a night that saw nothing widens that interval and is kept with it.
public struct Timeline<Value: Hashable & Sendable>: Sendable, Hashable {
    /// Nights in a row that saw one value. Nights count by position, from 0 for the first that is looked at.
    public struct Span: Sendable, Hashable {
        /// The value.
        public var value: Value
        /// The first night that saw it.
        public var first: Int
        /// The last night that saw it.
        public var last: Int
        /// The nights between the span before (or the first night that is looked at) and ``first`` that saw nothing.
        public var missedBefore: [Int]
        /// The nights between ``first`` and ``last`` that saw nothing; the value may have been another in them.
        public var missedWithin: [Int] = []
    }

    /// The interval in which one value became the next.
    public struct Shift: Sendable, Hashable {
        /// The earlier value.
        public var before: Value
        /// The later value.
        public var after: Value
        /// The last night that saw the earlier value.
        public var lastBefore: Int
        /// The first night that saw the later value.
        public var firstAfter: Int
        /// The nights between the two, which saw nothing.
        public var missed: [Int]

        /// Joins the parts.
        public init(before: Value, after: Value, lastBefore: Int, firstAfter: Int, missed: [Int]) {
            self.before = before
            self.after = after
            self.lastBefore = lastBefore
            self.firstAfter = firstAfter
            self.missed = missed
        }

        /// Whether this and another change may have been one moment: whether their intervals have nights in common.
        public func overlaps<Other>(_ other: Timeline<Other>.Shift) -> Bool {
            lastBefore < other.firstAfter && other.lastBefore < firstAfter
        }
    }

    /// The values in the order seen; neighbours differ.
    public private(set) var spans: [Span] = []
    private var pending: [Int] = []

    /// No night.
    public init() {}

    /// Adds a night that saw a value; it comes after all that were added before.
    public mutating func see(_ value: Value, night: Int) {
        defer { pending = [] }
        guard let place = spans.indices.last, spans[place].value == value else {
            spans.append(Span(value: value, first: night, last: night, missedBefore: pending))
            return
        }
        spans[place].missedWithin += pending
        spans[place].last = night
    }

    /// Adds a night that saw nothing.
    public mutating func miss(night: Int) { pending.append(night) }

    /// The nights after the last span that saw nothing; all nights where there is no span.
    public var missedAfter: [Int] { pending }

    /// The changes, each with its interval: one less than there are spans.
    public var shifts: [Shift] {
        zip(spans, spans.dropFirst()).map { earlier, later in
            Shift(
                before: earlier.value, after: later.value, lastBefore: earlier.last, firstAfter: later.first,
                missed: later.missedBefore)
        }
    }

    /// The stretches of spans in which two values take turns at least once (a → b → a), as positions in ``spans``; each as
    /// long as it can be. Two stretches have at most one span in common.
    public var oscillations: [Range<Int>] {
        var found: [Range<Int>] = []
        var start = 0
        while start + 2 < spans.count {
            var end = start + 2
            while end < spans.count, spans[end].value == spans[end - 2].value { end += 1 }
            if end > start + 2 {
                found.append(start..<end)
                start = end - 1
            } else {
                start += 1
            }
        }
        return found
    }
}
