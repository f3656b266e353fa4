/// Whether a platform that fails for everybody is still asked, as a value.
///
/// Closed, everything is sent. When the requests of ``threshold`` different clients in a row have failed (no connection,
/// no answer, 5xx), it opens: nothing is sent for a pause, then one request is let through as a probe. Its good answer
/// closes the breaker; its failure opens it for the next pause, and after the last pause for good, so that an outage costs
/// minutes and not the time-outs of the whole fleet.
public struct CircuitBreaker: Sendable, Hashable {
    /// What to do with a request now.
    public enum Step: Sendable, Hashable {
        /// Send it.
        case send
        /// Send it; what comes of it decides. Nobody else is told this until then.
        case probe
        /// Ask again after so long.
        case wait(Duration)
        /// A probe is under way: ask again when it has ended.
        case waitForProbe
        /// Do not send it, in this run; the clause says why.
        case refuse(String)
    }

    private enum State: Sendable, Hashable {
        case closed
        case open(until: Duration)
        case probing
        case over
    }

    /// How many clients in a row must fail; 1 or more.
    public let threshold: Int
    /// How long to leave the platform alone before each probe.
    public let pauses: [Duration]

    private var state = State.closed
    /// The clients whose requests have failed since the last good answer.
    private var failing: Set<String> = []
    private var pausesTaken = 0

    /// Twenty clients; probes after half a minute, one and two.
    public init(threshold: Int = 20, pauses: [Duration] = [.seconds(30), .seconds(60), .seconds(120)]) {
        self.threshold = max(1, threshold)
        self.pauses = pauses
    }

    /// Whether a probe is under way.
    public var isProbing: Bool { state == .probing }

    /// What to do with a request.
    /// - Parameter now: a clock that never goes back, from any zero.
    public mutating func step(at now: Duration) -> Step {
        switch state {
        case .closed: return .send
        case .open(let moment) where moment > now: return .wait(moment - now)
        case .open:
            state = .probing
            return .probe
        case .probing: return .waitForProbe
        case .over: return .refuse(reason)
        }
    }

    /// A request was answered: the platform is there, whatever it said.
    public mutating func answered() {
        if !failing.isEmpty { failing.removeAll() }
        // An answer to what was sent before the breaker opened counts as well; one that is over stays over.
        if state != .over, state != .closed {
            state = .closed
            pausesTaken = 0
        }
    }

    /// A request failed: no connection, no whole answer, or a 5xx.
    ///
    /// - Parameters:
    ///   - client: whose settings it was for.
    ///   - wasProbe: whether ``step(at:)`` called it a probe.
    public mutating func failed(for client: String, wasProbe: Bool, at now: Duration) {
        switch state {
        case .closed:
            failing.insert(client)
            if failing.count >= threshold { open(at: now) }
        case .probing where wasProbe: open(at: now)
        case .open, .probing, .over: break
        }
    }

    /// A probe was cut off without a result: the next one to ask is the probe.
    public mutating func probeWasAbandoned(at now: Duration) {
        if state == .probing { state = .open(until: now) }
    }

    private mutating func open(at now: Duration) {
        guard pausesTaken < pauses.count else {
            state = .over
            return
        }
        state = .open(until: now + pauses[pausesTaken])
        pausesTaken += 1
    }

    /// Short enough to be told whole in every report.
    private var reason: String {
        let waited = pauses.reduce(Duration.zero, +).components.seconds
        let tried = pauses.isEmpty ? "" : ", also after waiting \(waited) s"
        return "the platform failed for \(threshold) clients in a row\(tried); not asked any more in this run"
    }
}
