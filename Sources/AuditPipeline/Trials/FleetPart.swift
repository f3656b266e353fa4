import AuditModel
import Drift
import SnapshotStore

/// A part of the fleet on its way through the nights: which evidence each client has in each of them.
struct FleetPart {
    /// The different pieces of evidence, in the order in which they were met.
    private(set) var evidence: [VerdictWalk.Evidence] = []

    private static let absent: Int32 = -1

    private let numbers: [Int]
    private let nights: Int
    private let spans: [[RosterTimeline.Span]]
    /// For each client the span that holds in the night, by place.
    private var currentSpans: [Int]
    /// Client by client, night by night: a place in ``evidence``, or ``absent``.
    private var timeline: [Int32]
    private var places: [VerdictWalk.Evidence: Int32] = [:]
    /// The client in which each piece of evidence was met first.
    private var owners: [Int] = []
    private var night = 0
    private var now: Timestamp?
    private var position = 0

    /// - Parameter numbers: the clients, by number.
    init(_ numbers: [Int], nights: Int, roster: RosterTimeline) {
        self.numbers = numbers
        self.nights = nights
        spans = numbers.map { roster.spans(of: $0) }
        currentSpans = Array(repeating: -1, count: numbers.count)
        timeline = Array(repeating: Self.absent, count: numbers.count * nights)
    }

    /// Begins a night; its captures come by number.
    mutating func begin(_ night: Int, now: Timestamp?) {
        self.night = night
        self.now = now
        position = 0
        for client in numbers.indices {
            while currentSpans[client] + 1 < spans[client].count,
                spans[client][currentSpans[client] + 1].from <= night
            {
                currentSpans[client] += 1
            }
        }
    }

    /// Notes what a client has in the night. One that is not looked at, or was not on the roster, is passed over.
    mutating func note(_ captures: CaptureIDs, of number: Int) {
        while position < numbers.count, numbers[position] < number { position += 1 }
        guard position < numbers.count, numbers[position] == number, currentSpans[position] >= 0,
            let facts = spans[position][currentSpans[position]].facts
        else { return }
        let own = VerdictWalk.Evidence(facts: facts, captures: captures, now: now)
        let slot = position * nights + night
        // Most nights are as the one before, which is cheaper to ask than the dictionary.
        if night > 0, timeline[slot - 1] != Self.absent, evidence[Int(timeline[slot - 1])] == own {
            timeline[slot] = timeline[slot - 1]
            return
        }
        if let place = places[own] {
            timeline[slot] = place
            return
        }
        let place = Int32(evidence.count)
        places[own] = place
        evidence.append(own)
        owners.append(position)
        timeline[slot] = place
    }

    /// The places in ``evidence``, client by client.
    var evidenceByClient: [Int] { evidence.indices.sorted { (owners[$0], $0) < (owners[$1], $1) } }

    /// A client's nights, those in a row with equal verdicts together.
    func stretches(at position: Int, verdicts: (Int) -> [Verdict]) -> [VerdictStretch] {
        var stretches: [VerdictStretch] = []
        var previous = Self.absent
        for night in 0..<nights {
            let place = timeline[position * nights + night]
            defer { previous = place }
            guard place != Self.absent else { continue }
            if place == previous, let last = stretches.indices.last {
                stretches[last].nights = stretches[last].nights.lowerBound..<night + 1
                continue
            }
            let vector = verdicts(Int(place))
            if previous != Self.absent, let last = stretches.indices.last, stretches[last].verdicts == vector {
                stretches[last].nights = stretches[last].nights.lowerBound..<night + 1
            } else {
                stretches.append(VerdictStretch(nights: night..<night + 1, verdicts: vector))
            }
        }
        return stretches
    }
}
