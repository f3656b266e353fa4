public import AuditModel

/// Whether and when a request is sent again, as a function of what came of it.
///
/// Source: the reference's client line on rate limits: honour `Retry-After` on 429 and 503, back off with jitter
/// otherwise, repeat only GET on its own.
public struct RetryPolicy: Sendable, Hashable {
    /// The most attempts at one request, the first included.
    public var maximumAttempts: Int
    /// The wait after the first failed attempt, before jitter; it doubles with each further one.
    public var firstDelay: Duration
    /// The longest wait that doubling leads to.
    public var longestDelay: Duration
    /// The longest wait that a server may ask for; a longer one ends the attempts at once, since asking earlier than
    /// told would be rude, and waiting would stall the night.
    public var longestRetryAfter: Duration

    /// Four attempts, waits of half a second to thirty, and at most five minutes at a server's wish.
    public init(
        maximumAttempts: Int = 4, firstDelay: Duration = .milliseconds(500), longestDelay: Duration = .seconds(30),
        longestRetryAfter: Duration = .seconds(300)
    ) {
        self.maximumAttempts = maximumAttempts
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.longestRetryAfter = longestRetryAfter
    }

    /// What to do after an attempt.
    public enum Decision: Sendable, Hashable {
        /// Wait, then send it again. `isAsked` where the server named the wait.
        case again(after: Duration, isAsked: Bool)
        /// Do not send it again.
        case stop(StopReason)
    }

    /// Why a request is not sent again.
    public enum StopReason: Sendable, Hashable {
        /// Its outcome would not be another, or it must not be repeated.
        case final
        /// The attempts are used up.
        case attemptsUsedUp
        /// The wait would end after the deadline.
        case deadline
        /// The server asks for a longer wait than is allowed.
        case askedToWait(Duration)
    }

    /// What to do after the attempt number `attempts` (from 1) came to `outcome`.
    ///
    /// - Parameters:
    ///   - now: the wall clock, for `Retry-After` with a date.
    ///   - remaining: the time until the nearest deadline; nil where there is none.
    ///   - generator: where jitter is drawn from: half of each back-off is certain, the other half is drawn.
    public func decision(
        after outcome: AttemptOutcome, attempts: Int, repeating: Repeatability, now: Timestamp, remaining: Duration?,
        using generator: inout some RandomNumberGenerator
    ) -> Decision {
        guard isWorthRepeating(outcome, repeating) else { return .stop(.final) }
        guard attempts < maximumAttempts else { return .stop(.attemptsUsedUp) }
        let asked = askedDelay(outcome, now: now)
        if let asked, asked > longestRetryAfter { return .stop(.askedToWait(asked)) }
        let delay = asked ?? backOff(afterAttempts: attempts, using: &generator)
        if let remaining, delay >= remaining { return .stop(.deadline) }
        return .again(after: delay, isAsked: asked != nil)
    }

    private func isWorthRepeating(_ outcome: AttemptOutcome, _ repeating: Repeatability) -> Bool {
        switch (repeating, outcome) {
        case (.writing, _), (_, .tooLarge), (_, .notTrusted): false
        case (.reading, .answered(let status, _)):
            status == 429 || status == 408 || (500...599).contains(status) && status != 501 && status != 505
        case (.reading, .timedOut), (.reading, .couldNotConnect), (.reading, .brokenOff): true
        case (.login, .answered(let status, _)): status == 429 || status == 503
        case (.login, .couldNotConnect): true
        case (.login, .timedOut), (.login, .brokenOff): false
        }
    }

    private func askedDelay(_ outcome: AttemptOutcome, now: Timestamp) -> Duration? {
        guard case .answered(let status, let header?) = outcome, status == 429 || status == 503 else { return nil }
        return RetryAfter(header)?.delay(from: now)
    }

    private func backOff(afterAttempts attempts: Int, using generator: inout some RandomNumberGenerator) -> Duration {
        var delay = firstDelay
        for _ in 1..<max(attempts, 1) where delay < longestDelay { delay *= 2 }
        delay = min(delay, longestDelay)
        return delay / 2 + delay * Double.random(in: 0...0.5, using: &generator)
    }
}
