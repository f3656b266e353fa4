import LiveVoxAPI
import Testing

struct AdaptiveConcurrencyTests {
    @Test func `it starts at the ceiling, and good answers do not lift it beyond`() {
        var concurrency = AdaptiveConcurrency(ceiling: 16, goodAnswersToGrow: 1)
        #expect(concurrency.limit == 16)
        for _ in 0..<100 { concurrency.answered() }
        #expect(concurrency.limit == 16)
        #expect(AdaptiveConcurrency(ceiling: 0).limit == 1)
    }

    @Test func `each refusal halves it, down to one and no further`() {
        var concurrency = AdaptiveConcurrency(ceiling: 16)
        var limits: [Int] = []
        for _ in 0..<6 {
            concurrency.wasTooMuch(sentIn: concurrency.generation)
            limits.append(concurrency.limit)
        }
        #expect(limits == [8, 4, 2, 1, 1, 1])
        #expect(concurrency.lowest == 1)
    }

    @Test func `the refusals of one burst count once`() {
        var concurrency = AdaptiveConcurrency(ceiling: 16)
        let sent = concurrency.generation
        for _ in 0..<16 { concurrency.wasTooMuch(sentIn: sent) }
        #expect(concurrency.limit == 8)
        concurrency.wasTooMuch(sentIn: concurrency.generation)
        #expect(concurrency.limit == 4)
    }

    @Test func `it grows by one after so many good answers, and a refusal begins the count anew`() {
        var concurrency = AdaptiveConcurrency(ceiling: 4, goodAnswersToGrow: 3)
        concurrency.wasTooMuch(sentIn: 0)
        #expect(concurrency.limit == 2)
        concurrency.answered()
        concurrency.answered()
        // A late refusal of the first burst: no halving, but no growing right after it either.
        concurrency.wasTooMuch(sentIn: 0)
        concurrency.answered()
        concurrency.answered()
        #expect(concurrency.limit == 2)
        concurrency.answered()
        #expect(concurrency.limit == 3)
        for _ in 0..<3 { concurrency.answered() }
        #expect(concurrency.limit == 4)
        #expect(concurrency.lowest == 2)
    }
}
