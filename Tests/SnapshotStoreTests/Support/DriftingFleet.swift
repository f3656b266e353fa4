import AuditModel
import AuditTestSupport
import Evidence

@testable import SnapshotStore

/// A fleet whose settings stay as they are for days, change, swing back, fail and vanish, all drawn: what is pruned and what
/// is not.
struct DriftingFleet {
    let store: SnapshotStore
    private(set) var generator: SeededGenerator
    private(set) var nights = 0
    private let clients: Int
    private var marks: [Int: PerGroup<Int>] = [:]
    private var verdicts: [Int: Int] = [:]

    init(seed: UInt64, clients: Int, at path: String = SnapshotStore.inMemory) throws {
        store = try SnapshotStore.withEnvironment(at: path)
        generator = SeededGenerator(seed: seed)
        self.clients = clients
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

    /// Adds a night; nil for drawn kinds leaves a fetch-only night out.
    mutating func addNight() throws {
        let night = nights
        nights += 1
        let present = (1...clients).filter { _ in !chance(3) }.map { client($0) }
        let kind: AuditRun.Kind = chance(4) ? .fetchOnly : .full
        let run = newRun(night: night, clients: present.count, kind: kind)
        try store.beginRun(run, roster: present)
        var isPartial = false
        for client in present {
            let number = client.id.number
            var captures = try self.captures(of: number)
            if chance(4) {
                // Fails at first, and then for good or not.
                let whole = captures
                captures[.messaging] = .failure(CaptureFailure(.timedOut, request: "GET /m"))
                try append(number, captures, nil, to: run)
                if chance(50) { captures = whole } else { isPartial = true }
            }
            if chance(3) {
                captures[.voicePool] = .failure(CaptureFailure(.forbidden, status: 403, request: "GET /v"))
                isPartial = true
            }
            if chance(8) { verdicts[number] = Int.random(in: 0..<3, using: &generator) }
            let verdict = verdicts[number, default: 0]
            let results = try store.store([
                (
                    key: Digest(of: "\(night) \(number)"),
                    results: [RuleResult(ruleID: "R-1", verdict: [.pass, .fail, .unknown][verdict])]
                )
            ])[0]
            try append(number, captures, kind == .full ? results : nil, to: run)
        }
        try store.addNotes(["night \(night)"], to: run.id)
        try store.seal(
            run.id, at: run.startedAt.advanced(by: .seconds(60)), state: isPartial ? .partial : .complete,
            evaluator: kind == .full ? "3" : nil)
    }

    private mutating func captures(of number: Int) throws -> PerGroup<StoredCapture> {
        var own = marks[number] ?? PerGroup(repeating: 0)
        for group in SettingsGroup.allCases where chance(3) {
            own[group] = Int.random(in: 0..<3, using: &generator)
        }
        marks[number] = own
        return try PerGroup { group in
            if group == .countries, number % 2 == 0 { return .notCollected(.countriesOfAnotherClient) }
            return .document(
                try store.intern(["mark": .integer(Int64(own[group])), "of": .integer(Int64(number % 3))], of: group))
        }
    }

    private func append(
        _ number: Int, _ captures: PerGroup<StoredCapture>, _ results: ResultsID?, to run: AuditRun
    ) throws {
        let times = PerGroup<CaptureTimes?> { group in
            if case .notCollected = captures[group] { return nil }
            let asked = run.startedAt.advanced(by: .milliseconds(number * 100 + group.rawValue.count))
            return CaptureTimes(requestedAt: asked, answeredAt: asked.advanced(by: .milliseconds(70)))
        }
        try store.append([ClientNight(number: number, captures: captures, times: times, results: results)], to: run.id)
    }

    /// Everything that reading the nights gives, but for the times of a capture.
    func told() throws -> [String] {
        var lines: [String] = []
        func tell(_ value: Any) { lines.append(String(describing: value)) }
        let runs = try store.runs()
        for run in runs {
            tell(run)
            for night in try store.nights(of: run.id) {
                let own = try store.night(of: Client.ID(environment: na3, number: night.number), in: run.id)
                tell((night.number, night.captures, night.results as Any))
                lines.append(own == night ? "same" : "\(run.id): one night reads otherwise than all: \(night.number)")
            }
            try store.forEachStanding(of: run.id) { tell($0) }
            tell(try store.tally(of: run.id))
            tell(try store.resultsIDs(of: run.id, clients: 0...clients + 1))
            try store.forEachCaptureIDs(of: run.id, clients: 2...clients) { tell(($0, $1)) }
            tell(try store.nights(of: run.id, after: 1, limit: 2).map(\.number))
        }
        for number in 1...clients {
            let id = Client.ID(environment: na3, number: number)
            try store.forEachNight(of: id) { run, night in
                tell((run.id, night.captures, night.results as Any))
                return true
            }
            for run in runs {
                for group in [SettingsGroup.messaging, .voicePool] {
                    let last = try store.lastKnown(group, of: id, before: run)
                    tell((last?.document as Any, last?.run.id as Any))
                }
            }
        }
        return lines
    }
}
