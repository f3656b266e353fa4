import AuditModel
import AuditTestSupport
import LiveVoxAPI
import Testing

struct RetryPolicyTests {
    private let policy = RetryPolicy(maximumAttempts: 4)
    private let now = Timestamp(milliseconds: 784_111_777_000)  // 1994-11-06T08:49:37Z

    private func decision(
        _ outcome: AttemptOutcome, attempts: Int = 1, _ repeating: Repeatability = .reading,
        remaining: Duration? = nil, seed: UInt64 = 1
    ) -> RetryPolicy.Decision {
        var generator = SeededGenerator(seed: seed)
        return policy.decision(
            after: outcome, attempts: attempts, repeating: repeating, now: now, remaining: remaining,
            using: &generator)
    }

    private func isRepeated(_ outcome: AttemptOutcome, _ repeating: Repeatability) -> Bool {
        guard case .again = decision(outcome, repeating) else { return false }
        return true
    }

    @Test func `reads are repeated on passing trouble only`() {
        for status in [408, 429, 500, 502, 503, 504, 599] {
            #expect(isRepeated(.answered(status: status, retryAfter: nil), .reading), "\(status)")
        }
        for status in [200, 204, 302, 400, 401, 403, 404, 405, 501, 505] {
            #expect(!isRepeated(.answered(status: status, retryAfter: nil), .reading), "\(status)")
        }
        for outcome in [AttemptOutcome.timedOut, .couldNotConnect, .brokenOff] {
            #expect(isRepeated(outcome, .reading))
        }
        #expect(!isRepeated(.tooLarge, .reading))
        #expect(!isRepeated(.notTrusted, .reading))
    }

    @Test func `a write is never repeated`() {
        let outcomes: [AttemptOutcome] = [
            .timedOut, .couldNotConnect, .brokenOff, .answered(status: 503, retryAfter: "1"),
            .answered(status: 429, retryAfter: "1"), .answered(status: 500, retryAfter: nil),
        ]
        for outcome in outcomes { #expect(decision(outcome, .writing) == .stop(.final)) }
    }

    @Test func `a login is repeated only where it cannot have been judged`() {
        #expect(isRepeated(.couldNotConnect, .login))
        #expect(isRepeated(.answered(status: 429, retryAfter: nil), .login))
        #expect(isRepeated(.answered(status: 503, retryAfter: nil), .login))
        for outcome in [
            AttemptOutcome.timedOut, .brokenOff, .answered(status: 401, retryAfter: nil),
            .answered(status: 500, retryAfter: nil),
        ] {
            #expect(!isRepeated(outcome, .login))
        }
    }

    @Test(
        arguments: [
            ("2", .again(after: .seconds(2), isAsked: true)), (" 0 ", .again(after: .zero, isAsked: true)),
            ("Sun, 06 Nov 1994 08:49:40 GMT", .again(after: .seconds(3), isAsked: true)),
            ("Sunday, 06-Nov-94 08:49:40 GMT", .again(after: .seconds(3), isAsked: true)),
            ("Sun Nov  6 08:49:40 1994", .again(after: .seconds(3), isAsked: true)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", .again(after: .zero, isAsked: true)),
            ("301", .stop(.askedToWait(.seconds(301)))),
            ("99999999999999999999999", .stop(.askedToWait(.seconds(31_536_000)))),
            ("Sun, 06 Nov 2094 08:49:37 GMT", .stop(.askedToWait(.seconds(31_536_000)))),
        ] as [(String, RetryPolicy.Decision)])
    func `a server's wish is followed in both forms, or not at all`(header: String, expected: RetryPolicy.Decision) {
        #expect(decision(.answered(status: 429, retryAfter: header)) == expected)
        #expect(decision(.answered(status: 503, retryAfter: header)) == expected)
    }

    @Test(arguments: ["", "soon", "-1", "1.5", "Sun, 31 Feb 1994 08:49:40 GMT", "Sun, 06 Nov 1994 25:49:40 GMT"])
    func `a wish that cannot be read is as good as none`(header: String) {
        #expect(RetryAfter(header) == nil)
        guard case .again(_, isAsked: false) = decision(.answered(status: 429, retryAfter: header)) else {
            Issue.record("no back-off")
            return
        }
    }

    @Test func `waits double, keep half of themselves, and end at the longest`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let patient = RetryPolicy(maximumAttempts: 100)
        for (attempts, seconds) in [(1, 0.5), (2, 1), (3, 2), (4, 4), (6, 16), (7, 30), (50, 30), (99, 30)] {
            for _ in 0..<50 {
                let decision = patient.decision(
                    after: .timedOut, attempts: attempts, repeating: .reading, now: now, remaining: nil,
                    using: &generator)
                guard case .again(let delay, isAsked: false) = decision else {
                    Issue.record("no repetition after \(attempts), seed \(seed)")
                    return
                }
                #expect(delay >= .seconds(seconds / 2) && delay <= .seconds(seconds), "seed \(seed)")
            }
        }
    }

    @Test func `attempts and deadlines end`() {
        #expect(decision(.timedOut, attempts: 4) == .stop(.attemptsUsedUp))
        #expect(decision(.timedOut, attempts: 1, remaining: .milliseconds(1)) == .stop(.deadline))
        #expect(
            decision(.answered(status: 429, retryAfter: "10"), remaining: .seconds(10)) == .stop(.deadline))
        #expect(
            decision(.answered(status: 429, retryAfter: "10"), remaining: .seconds(11))
                == .again(after: .seconds(10), isAsked: true))
    }
}
