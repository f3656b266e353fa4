import AuditModel

/// Which group of which client a worker asks for next.
///
/// A worker stays with its client, so that a session's login holds up nobody else and answers come in client by client;
/// it begins the next client when its own has no group left, and helps with other clients' groups only when none is
/// left to begin. With a latency of L, clients × groups then take close to L × requests ÷ workers.
struct WorkSchedule: Sendable {
    /// One request to make.
    struct Job: Sendable, Hashable {
        /// The index of the client's request.
        var client: Int
        /// The group.
        var group: SettingsGroup
        /// Whether it is the client's first.
        var isFirst: Bool
    }

    private let count: Int
    private var nextClient = 0
    private var open: [Int: [SettingsGroup]] = [:]

    init(clients count: Int) { self.count = count }

    /// The next job; nil when nothing is left.
    /// - Parameters:
    ///   - current: the client that the worker has just asked for.
    ///   - groups: the groups of a client, at least one.
    mutating func next(after current: Int?, groups: (Int) -> Set<SettingsGroup>) -> Job? {
        if let current, let group = take(from: current) { return Job(client: current, group: group, isFirst: false) }
        while nextClient < count {
            let client = nextClient
            nextClient += 1
            // The last is taken first.
            open[client] = groups(client).sorted(by: >)
            if let group = take(from: client) { return Job(client: client, group: group, isFirst: true) }
        }
        // The lowest first, so that the run's end does not depend on hashing.
        guard let client = open.keys.min(), let group = take(from: client) else { return nil }
        return Job(client: client, group: group, isFirst: false)
    }

    private mutating func take(from client: Int) -> SettingsGroup? {
        guard let group = open[client]?.popLast() else { return nil }
        if open[client]?.isEmpty ?? true { open[client] = nil }
        return group
    }
}
