public import AuditModel
import Foundation

/// The two clocks and the one wait that collecting needs, handed in so that tests and demonstrations can move them.
public struct CollectorClock: Sendable {
    /// The wall clock: stamps captures, and reads `Retry-After` with a date.
    public var now: @Sendable () -> Timestamp
    /// A clock that never goes back, from any zero: deadlines, request rate, elapsed time.
    public var uptime: @Sendable () -> Duration
    /// Waits; throws `CancellationError` when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void

    /// Joins the three.
    public init(
        now: @escaping @Sendable () -> Timestamp, uptime: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
    }

    /// The machine's clocks.
    public static var system: CollectorClock {
        let start = ContinuousClock.now
        return CollectorClock(
            now: { Timestamp(milliseconds: Int64((Date.now.timeIntervalSince1970 * 1000).rounded(.down))) },
            uptime: { start.duration(to: .now) },
            sleep: { try await Task.sleep(for: $0) })
    }
}
