/// One attempt to write, kept for tests; the shape is the emulator's own, not the platform's.
public struct EmulatorTrailEntry: Sendable, Equatable {
    /// 1, 2, … in the order of the requests.
    public var number: Int
    /// The night of the scenario at that time.
    public var night: Int
    /// Who asked.
    public var userName: String
    /// The client whose voice pool is meant.
    public var clientID: Int
    /// ``EmulatorRequestKind/addVoice`` or ``EmulatorRequestKind/removeVoice``.
    public var kind: EmulatorRequestKind
    /// The voice.
    public var voiceID: Int
    /// The HTTP status of the answer.
    public var status: Int
    /// Whether the pool is another one than before.
    public var changed: Bool

    var json: OrderedJSON {
        [
            "number": .number(number), "night": .number(night), "userName": .string(userName),
            "clientId": .number(clientID), "action": .string(kind.rawValue), "voiceId": .number(voiceID),
            "status": .number(status), "changed": .bool(changed),
        ]
    }
}

/// How often what was asked, and how it was answered; the control path left out.
public struct EmulatorStatistics: Sendable, Equatable {
    /// Every pair of kind and status that occurred, sorted.
    public var counts: [Count]
    /// The highest number of requests that were being answered at one moment.
    public var highestAtOnce: Int

    /// How often one kind of request got one status.
    public struct Count: Sendable, Equatable {
        /// What was asked.
        public var kind: EmulatorRequestKind
        /// The HTTP status of the answer.
        public var status: Int
        /// 1 or more.
        public var requests: Int
    }

    /// All requests.
    public var total: Int { counts.reduce(0) { $0 + $1.requests } }

    /// The requests of a kind, a status, or both.
    public func requests(_ kind: EmulatorRequestKind? = nil, status: Int? = nil) -> Int {
        counts.filter { (kind ?? $0.kind) == $0.kind && (status ?? $0.status) == $0.status }.reduce(0) {
            $0 + $1.requests
        }
    }

    var json: OrderedJSON {
        [
            "total": .number(total), "highestAtOnce": .number(highestAtOnce),
            "counts": .array(
                counts.map {
                    [
                        "kind": .string($0.kind.rawValue), "status": .number($0.status),
                        "requests": .number($0.requests),
                    ]
                }),
        ]
    }
}

/// Counts requests by kind and status.
struct RequestCounter: Sendable {
    private var counts: [Key: Int] = [:]

    private struct Key: Hashable {
        var kind: EmulatorRequestKind
        var status: Int
    }

    mutating func count(_ kind: EmulatorRequestKind, status: Int) {
        counts[Key(kind: kind, status: status), default: 0] += 1
    }

    func statistics(highestAtOnce: Int) -> EmulatorStatistics {
        let sorted = counts.sorted { ($0.key.kind.rawValue, $0.key.status) < ($1.key.kind.rawValue, $1.key.status) }
        return EmulatorStatistics(
            counts: sorted.map { .init(kind: $0.key.kind, status: $0.key.status, requests: $0.value) },
            highestAtOnce: highestAtOnce)
    }
}
