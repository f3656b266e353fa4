/// A limit of requests a second as a value: it books a place in time for each request ("generic cell rate algorithm",
/// which is a token bucket without a timer).
public struct RequestPace: Sendable, Hashable {
    private let interval: Duration
    private let tolerance: Duration
    private var nextPlace: Duration = .zero

    /// At most so many requests a second, above zero; after an idle time up to a tenth of them at once.
    public init(requestsPerSecond: Double) {
        let rate = max(requestsPerSecond, 0.001)
        interval = .seconds(1) / rate
        tolerance = interval * Double(max(0, Int(rate / 10) - 1))
    }

    /// Books the next place.
    /// - Parameter now: a clock that never goes back, from any zero.
    /// - Returns: how long to wait before sending; zero or more.
    public mutating func book(at now: Duration) -> Duration {
        let place = max(nextPlace, now)
        nextPlace = place + interval
        return max(.zero, place - tolerance - now)
    }
}
