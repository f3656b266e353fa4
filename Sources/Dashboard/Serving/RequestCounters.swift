import Reports
import Synchronization

/// What the server has answered since it began, for `/metrics`.
final class RequestCounters: Sendable {
    private struct Key: Hashable, Comparable {
        var page: String
        var status: Int

        static func < (left: Self, right: Self) -> Bool { (left.page, left.status) < (right.page, right.status) }
    }

    private struct State {
        var requests: [Key: Int] = [:]
        var seconds = 0.0
        var count = 0
    }

    private let state = Mutex(State())

    /// Counts one answer.
    ///
    /// - Parameters:
    ///   - page: a word of a closed set.
    ///   - duration: from the request's head to the answer's.
    func add(page: String, status: Int, duration: Duration) {
        state.withLock { state in
            state.requests[Key(page: page, status: status), default: 0] += 1
            state.seconds += duration / .seconds(1)
            state.count += 1
        }
    }

    /// The families that these counts make.
    var families: [MetricFamily] {
        state.withLock { state in
            [
                MetricFamily(
                    name: "audit_dashboard_requests", kind: .counter,
                    help: "Requests that the dashboard has answered since it began, by page and status.",
                    samples: state.requests.sorted { $0.key < $1.key }.map { key, count in
                        .init(
                            suffix: "_total", labels: [("page", key.page), ("status", String(key.status))],
                            value: String(count))
                    }),
                MetricFamily(
                    name: "audit_dashboard_request_duration_seconds", kind: .summary,
                    help: "How long these answers took.",
                    samples: [
                        .init(suffix: "_count", labels: [], value: String(state.count)),
                        .init(suffix: "_sum", labels: [], value: MetricFamily.number(state.seconds)),
                    ]),
            ]
        }
    }
}
