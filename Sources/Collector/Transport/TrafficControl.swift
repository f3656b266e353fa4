import LiveVoxAPI
import Synchronization

/// Lets requests out as ``AdaptiveConcurrency`` and ``CircuitBreaker`` allow: one for an environment, for all workers.
///
/// Every attempt passes by one short lock on its way out and one on its way back; nobody holds it while waiting.
final class TrafficControl: Sendable {
    /// The leave to send one request; to be handed back by ``leave(_:_:)``.
    struct Pass: Sendable {
        fileprivate var generation: Int
        fileprivate var isProbe: Bool
    }

    /// What a request is told.
    enum Admission: Sendable {
        case go(Pass)
        /// Ask again after so long.
        case wait(Duration)
        /// Not to be sent, and why.
        case refused(String)
    }

    /// What came of a request, as far as traffic is concerned.
    enum Outcome: Sendable {
        case good
        /// 429 or 503; a 503 is also a failure of the platform.
        case tooMuch(isFailure: Bool)
        case failed
        /// Cut off by cancelling.
        case abandoned
    }

    private struct State: Sendable {
        var concurrency: AdaptiveConcurrency
        var breaker: CircuitBreaker
        var underWay = 0
        /// Those who wait for a place or for the end of a probe, in order.
        var waiters: [CheckedContinuation<Void, Never>] = []
        var refused = 0
    }

    private let state: Mutex<State>

    init(_ settings: EnvironmentSettings) {
        state = Mutex(
            State(concurrency: AdaptiveConcurrency(ceiling: settings.concurrency), breaker: settings.breaker))
    }

    /// Waits for a place.
    func enter(at now: () -> Duration) async -> Admission {
        while true {
            let admission = state.withLock { Self.admission(&$0, at: now()) }
            switch admission {
            case .go(let pass)?: return .go(pass)
            case let other?:
                // The place that this request was woken for is still free.
                wakeNext()
                return other
            case nil: break
            }
            await withCheckedContinuation { continuation in
                // A place may have come free since; whoever would wait for ever otherwise asks again.
                let mayAsk = state.withLock { state in
                    if Self.hasPlace(state) { return true }
                    state.waiters.append(continuation)
                    return false
                }
                if mayAsk { continuation.resume() }
            }
            // Not cancellable on its own: what is waited for ends at once when the run is cancelled.
            if Task.isCancelled {
                wakeNext()
                return .refused("")
            }
        }
    }

    private func wakeNext() {
        let next = state.withLock { $0.waiters.isEmpty ? nil : $0.waiters.removeFirst() }
        next?.resume()
    }

    /// Hands a pass back, with what came of the request.
    func leave(_ pass: Pass, _ outcome: Outcome, client: String, at now: Duration) {
        let woken = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.underWay -= 1
            switch outcome {
            case .good:
                state.concurrency.answered()
                state.breaker.answered()
            case .tooMuch(let isFailure):
                state.concurrency.wasTooMuch(sentIn: pass.generation)
                if isFailure {
                    state.breaker.failed(for: client, wasProbe: pass.isProbe, at: now)
                } else {
                    state.breaker.answered()
                }
            case .failed: state.breaker.failed(for: client, wasProbe: pass.isProbe, at: now)
            case .abandoned: if pass.isProbe { state.breaker.probeWasAbandoned(at: now) }
            }
            guard !state.waiters.isEmpty else { return [] }
            // All of them after a probe, since each has to learn what is next; else those who fit. Whoever is woken and
            // does not take the place wakes the next one.
            let places = pass.isProbe ? state.waiters.count : state.concurrency.limit - state.underWay
            let woken = Array(state.waiters.prefix(max(0, places)))
            state.waiters.removeFirst(woken.count)
            return woken
        }
        for waiter in woken { waiter.resume() }
    }

    /// The least number of requests at a time that the platform's refusals led to, and how many were not sent since it
    /// failed for everybody.
    var summary: (lowest: Int, refused: Int) {
        state.withLock { ($0.concurrency.lowest, $0.refused) }
    }

    /// Nil where there is nothing but to wait until somebody leaves.
    private static func admission(_ state: inout State, at now: Duration) -> Admission? {
        guard state.underWay < state.concurrency.limit else { return nil }
        switch state.breaker.step(at: now) {
        case .send: return pass(&state, isProbe: false)
        case .probe: return pass(&state, isProbe: true)
        case .wait(let pause): return .wait(pause)
        case .waitForProbe: return nil
        case .refuse(let reason):
            state.refused += 1
            return .refused(reason)
        }
    }

    private static func pass(_ state: inout State, isProbe: Bool) -> Admission {
        state.underWay += 1
        return .go(Pass(generation: state.concurrency.generation, isProbe: isProbe))
    }

    private static func hasPlace(_ state: State) -> Bool {
        state.underWay < state.concurrency.limit && !state.breaker.isProbing
    }
}
