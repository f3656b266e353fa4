/// How many requests may be under way at a time, as a value: it starts at the most that the configuration allows, halves
/// when the platform says "too many" (429, 503), and grows by one after a number of good answers ("additive increase,
/// multiplicative decrease", as TCP does it).
public struct AdaptiveConcurrency: Sendable, Hashable {
    /// The most requests at a time, 1 or more.
    public let ceiling: Int
    /// The good answers that it takes to grow by one.
    public let goodAnswersToGrow: Int
    /// How many requests may be under way now: 1 to ``ceiling``.
    public private(set) var limit: Int
    /// The least that ``limit`` has been.
    public private(set) var lowest: Int
    /// How often it was halved. A request that was sent before the last time says nothing about the present limit: the
    /// refusals of one burst count once, however many requests were under way.
    public private(set) var generation = 0
    private var goodAnswers = 0

    /// Starts at the ceiling.
    public init(ceiling: Int, goodAnswersToGrow: Int = 32) {
        self.ceiling = max(1, ceiling)
        self.goodAnswersToGrow = max(1, goodAnswersToGrow)
        limit = self.ceiling
        lowest = self.ceiling
    }

    /// A request was answered well.
    public mutating func answered() {
        guard limit < ceiling else { return }
        goodAnswers += 1
        if goodAnswers >= goodAnswersToGrow {
            goodAnswers = 0
            limit += 1
        }
    }

    /// A request was answered 429 or 503.
    ///
    /// - Parameter sent: the ``generation`` when it was sent.
    public mutating func wasTooMuch(sentIn sent: Int) {
        goodAnswers = 0
        guard sent == generation else { return }
        generation += 1
        limit = max(1, limit / 2)
        lowest = min(lowest, limit)
    }
}
