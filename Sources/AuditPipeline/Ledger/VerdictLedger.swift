public import AuditModel
import SnapshotStore

/// The recorded verdicts of one environment, night by night, in memory: for those who ask about many nights again and again.
///
/// A row is a number a client and night, which stands for its whole vector of results; a vector is a byte a rule. A year of
/// 1,000 clients takes some megabytes. Runs that only fetched are no nights here, and waivers are not laid over.
public struct VerdictLedger: Sendable {
    /// One night.
    public struct Night: Sendable, Hashable {
        /// The run.
        public var run: AuditRun
        /// The day of its start.
        public var day: CalendarDay
        /// The clients of which no group failed.
        public var clientsCollected: Int
        /// How often each verdict was given; failures with a waiver over them count as failures.
        public var counts: VerdictCounts
    }

    /// Since when a rule fails for a client, by nights.
    public struct Spell: Sendable, Hashable {
        /// The first night of the series.
        public var first: Int
        /// The last night before it that says otherwise; nil where it fails as far back as is known.
        public var lastBefore: Int?
        /// What that night says; nil where it did not have the rule.
        public var before: Verdict?
        /// The nights of the series that say that it fails.
        public var nights: Int
    }

    /// How many client-nights are kept at most; of a larger store the newest nights.
    public static let capacity = 16_000_000

    /// The nights, by start.
    public private(set) var nights: [Night] = []
    /// By night, then by client: 1 + the place of its vector; 0 for none.
    private var rows: [[UInt32]] = []
    /// The place of each client in a row.
    private var places: [Int: Int] = [:]
    private var numbers: [Int] = []
    /// By vector, then by rule: 0 where the rule was not judged, else 1 + the place of the verdict.
    private var vectors: [[UInt8]] = []
    private var vectorPlaces: [ResultsID: UInt32] = [:]
    private var counts: [VerdictCounts] = []
    private var columns: [String: Int] = [:]
    private var lastRules: [String] = []
    private var lastColumns: [Int] = []

    /// No night.
    public init() {}

    /// Takes the nights of some runs in that are not there yet, and drops those that are no longer.
    ///
    /// - Parameter runs: all runs of the environment, in any order; sealed ones that judged count.
    public mutating func follow(_ runs: [AuditRun], in chronicle: Chronicle) throws {
        var wanted = runs.filter { $0.state.isSealed && $0.kind == .full }.sorted { $0.startedAt < $1.startedAt }
        var cells = 0
        let kept = wanted.reversed().prefix { run in
            cells += max(run.clientCount, 1)
            return cells <= Self.capacity
        }
        wanted = kept.reversed()
        // Mostly nothing is new.
        if wanted.elementsEqual(nights, by: { $0.id == $1.run.id }) { return }
        let ids = Set(wanted.map(\.id))
        var known = Set(nights.map(\.run.id))
        // A run that starts before one that is there (after an import) must be put in its place.
        let isBehind =
            if let last = nights.last, let first = wanted.first(where: { !known.contains($0.id) }) {
                first.startedAt < last.run.startedAt
            } else {
                false
            }
        if isBehind || nights.contains(where: { !ids.contains($0.run.id) }) {
            self = VerdictLedger()
            known = []
        }
        for run in wanted where !known.contains(run.id) { try add(run, chronicle) }
    }

    private mutating func add(_ run: AuditRun, _ chronicle: Chronicle) throws {
        var standings: [NightStanding] = []
        standings.reserveCapacity(run.clientCount)
        try chronicle.store.forEachStanding(of: run.id) { standings.append($0) }
        try learn(Set(standings.compactMap(\.results)).filter { vectorPlaces[$0] == nil }, chronicle.store)
        var row = [UInt32](repeating: 0, count: numbers.count)
        var sum = VerdictCounts()
        for standing in standings {
            let place =
                places[standing.number]
                ?? {
                    numbers.append(standing.number)
                    places[standing.number] = numbers.count - 1
                    return numbers.count - 1
                }()
            while row.count <= place { row.append(0) }
            guard let id = standing.results, let vector = vectorPlaces[id] else { continue }
            row[place] = vector + 1
            let own = counts[Int(vector)]
            sum.pass += own.pass
            sum.fail += own.fail
            sum.unknown += own.unknown
            sum.notApplicable += own.notApplicable
        }
        rows.append(row)
        nights.append(
            Night(
                run: run, day: chronicle.zone.day(of: run.startedAt),
                clientsCollected: standings.count { $0.groupsFailed == 0 }, counts: sum))
    }

    private mutating func learn(_ ids: [ResultsID], _ store: SnapshotStore) throws {
        for chunk in ids.sorted().chunks(of: 256) {
            let found = try store.verdicts(of: chunk)
            for id in chunk {
                let said = found[id] ?? VerdictVector([])
                let places = places(of: said.ruleIDs)
                var vector = [UInt8](repeating: 0, count: columns.count)
                var own = VerdictCounts()
                for (column, verdict) in zip(places, said.verdicts) {
                    vector[column] = Self.code(of: verdict)
                    own.add(verdict)
                }
                vectorPlaces[id] = UInt32(vectors.count)
                vectors.append(vector)
                counts.append(own)
            }
        }
    }

    /// The columns of some rules, made where they are new. Vectors mostly have the rules of the one before.
    private mutating func places(of rules: [String]) -> [Int] {
        if lastRules == rules { return lastColumns }
        lastRules = rules
        lastColumns = rules.map { rule in
            if let column = columns[rule] { return column }
            columns[rule] = columns.count
            return columns.count - 1
        }
        return lastColumns
    }

    private static func code(of verdict: Verdict) -> UInt8 {
        switch verdict {
        case .pass: 1
        case .fail: 2
        case .unknown: 3
        case .notApplicable: 4
        }
    }

    private static func verdict(of code: UInt8) -> Verdict? {
        switch code {
        case 1: .pass
        case 2: .fail
        case 3: .unknown
        case 4: .notApplicable
        default: nil
        }
    }

    /// What a night says of a rule and a client.
    private enum Sight {
        /// It did not judge the client, or could not tell.
        case nothing
        /// It judged the client by other rules.
        case noSuchRule
        case verdict(Verdict)
    }

    private func sight(column: Int, place: Int, night: Int) -> Sight {
        guard place < rows[night].count, rows[night][place] > 0 else { return .nothing }
        let vector = vectors[Int(rows[night][place]) - 1]
        guard column < vector.count, let verdict = Self.verdict(of: vector[column]) else { return .noSuchRule }
        return verdict == .unknown ? .nothing : .verdict(verdict)
    }

    /// Since when a rule fails, for the clients (by number) for which it fails in the last night. A night that could not tell
    /// neither proves nor breaks a series; one that did not have the rule breaks it.
    public func spells(of ruleID: String) -> [Int: Spell] {
        var spells: [Int: Spell] = [:]
        for number in numbers { spells[number] = spell(of: ruleID, for: number, at: nights.count - 1) }
        return spells
    }

    /// Since when a rule fails for a client (by number), as of a run; nil where it does not fail there.
    public func spell(of ruleID: String, for client: Int, asOf run: AuditRun.ID) -> Spell? {
        guard let night = nights.firstIndex(where: { $0.run.id == run }) else { return nil }
        return spell(of: ruleID, for: client, at: night)
    }

    /// The same by the position of the night.
    public func spell(of ruleID: String, for client: Int, at last: Int) -> Spell? {
        guard nights.indices.contains(last), let column = columns[ruleID], let place = places[client],
            case .verdict(.fail) = sight(column: column, place: place, night: last)
        else { return nil }
        var spell = Spell(first: last, lastBefore: nil, before: nil, nights: 1)
        for night in (0..<last).reversed() {
            switch sight(column: column, place: place, night: night) {
            case .verdict(.fail):
                spell.first = night
                spell.nights += 1
            case .nothing: break
            case .noSuchRule:
                spell.lastBefore = night
                return spell
            case .verdict(let verdict):
                spell.lastBefore = night
                spell.before = verdict
                return spell
            }
        }
        return spell
    }
}
