import AuditModel
import Evidence
import Policies
import SnapshotStore

/// Derives the evaluation keys of every night again, and judges a sample of nights again, by the policies that their runs
/// recorded.
struct VerdictCheck {
    let store: SnapshotStore
    /// How many client-nights are judged again.
    let sample: Int
    private(set) var findings: [IntegrityFinding] = []
    private(set) var keysDerived = 0
    private(set) var judgedAgain = 0
    private var keysForgotten = 0
    private var runsOfOtherEvaluators = 0
    private var unreadable: Set<Digest> = []
    private var policySets: [Digest: PolicySet] = [:]
    private var random: UInt64

    /// - Parameter root: the log's root, from which the sample is drawn: whoever altered something could not choose it, and
    ///   who checks the same store gets the same sample.
    init(store: SnapshotStore, root: Digest, sample: Int) {
        self.store = store
        self.sample = sample
        random = root.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// What could not be checked, as clauses.
    var notChecked: [String] {
        var clauses: [String] = []
        if runsOfOtherEvaluators > 0 {
            clauses.append(
                "the verdicts of \(Count.of(runsOfOtherEvaluators, "run")): judged by an evaluator of another version than "
                    + "\(PolicySet.evaluatorVersion), or sealed before there was a log")
        }
        if !unreadable.isEmpty {
            clauses.append(
                "verdicts by \(Count.of(unreadable.count, "policy set")) that this version cannot read")
        }
        if keysForgotten > 0 {
            clauses.append(
                "how \(Count.of(keysForgotten, "result")) came about, but for the sample: the evaluation is not remembered"
            )
        }
        return clauses
    }

    mutating func run(progress: (String, Double) -> Void) throws {
        let runs = try store.runs().filter { $0.state.isSealed && $0.kind == .full }
        let total = runs.reduce(0) { $0 + $1.clientCount }
        var chosen = Set<Int>()
        if total <= sample {
            chosen = Set(0..<total)
        } else {
            while chosen.count < sample { chosen.insert(Int(next() % UInt64(total))) }
        }
        var place = 0
        for (number, run) in runs.enumerated() {
            progress("verdicts", Double(number) / Double(max(1, runs.count)))
            let end = place + run.clientCount
            do {
                try check(run, chosen.filter { (place..<end).contains($0) }.map { $0 - place })
            } catch let error as StoreError {
                // A row that cannot be read was told of where it was derived again.
                findings.append(IntegrityFinding("run", "run \(run.id)", "\(error)"))
            }
            place = end
        }
    }

    private mutating func check(_ run: AuditRun, _ places: [Int]) throws {
        guard let entry = try store.logEntry(of: run.id), let leaf = try? RunLeaf(bytes: entry.leaf) else { return }
        guard leaf.evaluator == PolicySet.evaluatorVersion else {
            runsOfOtherEvaluators += 1
            return
        }
        guard let policies = try policies(of: run) else { return }
        let judge = Judge(store: store, policies: policies, now: run.startedAt)
        let key = EvidenceKey(policies, now: run.startedAt)
        let clients = Dictionary(try store.roster(of: run.id).map { ($0.id.number, $0) }) { first, _ in first }
        let chosen = Set(places)
        var place = 0
        var waiting: [(client: Client, night: ClientNight)] = []
        try store.forEachNight(of: run.id) { night in
            defer { place += 1 }
            guard let client = clients[night.number] else { return }
            waiting.append((client, night))
            if chosen.contains(place) { try judgeAgain(client, night, by: judge, in: run) }
            if waiting.count == 512 { try deriveKeys(&waiting, key, run) }
        }
        try deriveKeys(&waiting, key, run)
    }

    private mutating func deriveKeys(
        _ nights: inout [(client: Client, night: ClientNight)], _ key: EvidenceKey, _ run: AuditRun
    ) throws {
        let ids = try store.resultsIDs(
            forEvaluations: nights.map { key.digest(client: $0.client, captures: $0.night.captures) })
        for (entry, id) in zip(nights, ids) {
            guard let id else {
                keysForgotten += 1
                continue
            }
            if id == entry.night.results {
                keysDerived += 1
            } else {
                findings.append(
                    IntegrityFinding(
                        "client_night", "run \(run.id), client \(entry.client.id)",
                        "results_id is not what its evaluation leads to (evaluation.results_id)"))
            }
        }
        nights.removeAll(keepingCapacity: true)
    }

    private mutating func judgeAgain(
        _ client: Client, _ night: ClientNight, by judge: Judge, in run: AuditRun
    ) throws {
        guard let id = night.results else {
            findings.append(
                IntegrityFinding(
                    "client_night", "run \(run.id), client \(client.id)", "a judged run has no results of it"))
            return
        }
        let again = try judge.results(of: client, captures: night.captures)
        if try store.results(id) == again {
            judgedAgain += 1
        } else {
            findings.append(
                IntegrityFinding(
                    "results", "results \(id.rawValue) (run \(run.id), client \(client.id))",
                    "the recorded policies give other verdicts over the recorded documents"))
        }
    }

    private mutating func policies(of run: AuditRun) throws -> PolicySet? {
        guard let digest = run.policySet, !unreadable.contains(digest) else { return nil }
        if let known = policySets[digest] { return known }
        guard let set = try? Chronicle(store: store, zone: .utc).policySet(of: run) else {
            unreadable.insert(digest)
            return nil
        }
        policySets[digest] = set
        return set
    }

    /// The next pseudo-random number (SplitMix64).
    private mutating func next() -> UInt64 {
        random &+= 0x9E37_79B9_7F4A_7C15
        var mixed = random
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
