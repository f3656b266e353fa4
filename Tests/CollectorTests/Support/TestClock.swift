import AuditModel
import Collector
import Synchronization

/// A clock that is moved by hand and by waiting: a wait takes no time, and is remembered.
final class TestClock: Sendable {
    private struct State {
        var elapsed = Duration.zero
        var waits: [Duration] = []
        var wasAsked = false
    }

    private let state = Mutex(State())
    /// 2026-11-01T02:00:00Z.
    let start = Timestamp(milliseconds: 1_793_498_400_000)

    var waits: [Duration] { state.withLock(\.waits) }
    var elapsed: Duration { state.withLock(\.elapsed) }

    /// True for the first who asks.
    func isFirst() -> Bool {
        state.withLock { state in
            defer { state.wasAsked = true }
            return !state.wasAsked
        }
    }

    func advance(by duration: Duration) { state.withLock { $0.elapsed += duration } }

    var clock: CollectorClock {
        CollectorClock(
            now: { [self] in start.advanced(by: elapsed) }, uptime: { [self] in elapsed },
            sleep: { [self] duration in
                try Task.checkCancellation()
                state.withLock {
                    $0.elapsed += duration
                    $0.waits.append(duration)
                }
            })
    }
}
