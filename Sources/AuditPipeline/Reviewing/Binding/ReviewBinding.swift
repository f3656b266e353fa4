public import AuditModel
import Drift
public import Evidence
import Policies
public import SnapshotStore

/// Holds the record of a review to the log, from what a pack has in it alone: each verdict to the runs' result leaves, each
/// change to the captured documents, names to the rosters, waivers and rules to the texts that were recorded.
///
/// What is handed in as ``Basis`` must have been held to the log before: the leaves to the roots that the runs' entries name,
/// vectors, documents and texts to their digests.
public struct ReviewBinding {
    /// One run as the log has it.
    public struct Side: Sendable {
        /// Its entry.
        public var leaf: RunLeaf
        /// The entry's place in the log.
        public var index: Int
        /// Its captures, as far as they are shown, by client and group.
        public var captures: [CaptureLeaf]
        /// How many are not shown.
        public var hiddenCaptures: Int
        /// Its results, as far as they are shown, by client.
        public var results: [ResultLeaf]
        /// How many are not shown.
        public var hiddenResults: Int

        /// Joins the parts.
        public init(
            leaf: RunLeaf, index: Int, captures: [CaptureLeaf], hiddenCaptures: Int, results: [ResultLeaf],
            hiddenResults: Int
        ) {
            self.leaf = leaf
            self.index = index
            self.captures = captures
            self.hiddenCaptures = hiddenCaptures
            self.results = results
            self.hiddenResults = hiddenResults
        }
    }

    /// What a record is held to.
    public struct Basis: Sendable {
        /// The earlier and the later run.
        public var sides: [Side]
        /// The entries of the log that are shown, by their places.
        public var entries: [(index: Int, leaf: RunLeaf)]
        /// Result vectors by their digests.
        public var vectors: [Digest: [UInt8]]
        /// Documents by their digests.
        public var documents: [Digest: SettingValue]
        /// The policy and waiver files of each set whose files are all there.
        public var texts: [Digest: [PolicyText]]

        /// Joins the parts.
        public init(
            sides: [Side], entries: [(index: Int, leaf: RunLeaf)], vectors: [Digest: [UInt8]],
            documents: [Digest: SettingValue], texts: [Digest: [PolicyText]]
        ) {
            self.sides = sides
            self.entries = entries
            self.vectors = vectors
            self.documents = documents
            self.texts = texts
        }
    }

    /// What holding it came to.
    public struct Outcome: Sendable, Hashable {
        /// What the record says otherwise than the log, as clauses.
        public var mismatches: [String] = []
        /// What could not be told, as clauses.
        public var notChecked: [String] = []
        /// Verdicts that are those of the runs' results, over both runs; where both sides are one run, each once.
        public var verdicts = 0
        /// Changes of settings that the documents show.
        public var settingsChanges = 0
    }

    let record: ReviewRecord
    let basis: Basis
    let zone: DayZone
    var outcome = Outcome()

    /// The most clauses of one kind: a pack that was made up altogether need not be told line by line.
    private static let limit = 20

    /// Joins the parts.
    ///
    /// - Parameter zone: the zone that the record names.
    public init(_ record: ReviewRecord, basis: Basis, zone: DayZone) {
        self.record = record
        self.basis = basis
        self.zone = zone
    }

    /// Checks everything.
    public static func outcome(of record: ReviewRecord, basis: Basis, zone: DayZone) -> Outcome {
        var binding = ReviewBinding(record, basis: basis, zone: zone)
        guard basis.sides.count == 2 else { return binding.outcome }
        // Both runs mostly have the same policies, which are read once.
        var policies: [Digest: PolicySet] = [:]
        for set in Set(basis.sides.compactMap(\.leaf.run.policySet)) {
            policies[set] = basis.texts[set].flatMap { texts in
                PolicyLoader.load(
                    texts.map { PolicyFile(name: $0.name, text: $0.text, layer: $0.layer) }, timeZones: zone.named
                ).policySet
            }
        }
        let judged = zip(record.sides, basis.sides).map { side, proven in
            RecordedSide(
                side, proven, vectors: basis.vectors, policies: proven.leaf.run.policySet.flatMap { policies[$0] },
                texts: basis.texts, zone: zone)
        }
        var verdicts = 0
        for (name, side) in zip(["earlier", "later"], judged) {
            verdicts = binding.outcome.verdicts
            binding.checkRun(side, name)
            binding.checkVerdicts(side, name)
            binding.checkCompleteness(side, name)
        }
        if basis.sides[0].leaf.run.id == basis.sides[1].leaf.run.id { binding.outcome.verdicts = verdicts }
        binding.checkDifference(judged[0], judged[1])
        binding.checkNights()
        binding.checkWaivers(judged[0], judged[1])
        if binding.outcome.mismatches.count > limit {
            let more = binding.outcome.mismatches.count - limit
            binding.outcome.mismatches = binding.outcome.mismatches.prefix(limit) + ["and \(more) more of the kind"]
        }
        return binding.outcome
    }

    mutating func check(_ holds: Bool, _ clause: @autoclosure () -> String) {
        if !holds { outcome.mismatches.append(clause()) }
    }
}

/// One run of a review: what the record says of it, beside what the log and the texts say.
struct RecordedSide {
    /// The verdict of a rule for a client.
    struct Place: Hashable {
        var client: Client.ID
        var ruleID: String
    }

    let told: ReviewRecord.Side
    let proven: ReviewBinding.Side
    /// The clients by their ids, as the record has them.
    let clients: [Client.ID: Client]
    /// The results by client; a client whose results cannot be read has none.
    let results: [Client.ID: [RuleResult]]
    /// The captures by client and group.
    let captures: [Client.ID: [SettingsGroup: CaptureLeaf]]
    /// The clients of whose captures no more than hashes are here.
    var hashOnly: Set<Client.ID> {
        Set(clients.keys.filter { captures[$0]?.count != SettingsGroup.allCases.count })
    }
    /// The clients whose results are missing or cannot be read.
    let unreadable: Set<Client.ID>
    /// The waivers that were recorded; nil where their texts are not all there.
    let waivers: WaiversOnDay?
    /// The policies that were recorded; nil where there are none, or their texts are not all there.
    let policies: PolicySet?
    /// The findings of the report, by place.
    let findings: [Place: Finding]

    init(
        _ told: ReviewRecord.Side, _ proven: ReviewBinding.Side, vectors: [Digest: [UInt8]], policies: PolicySet?,
        texts: [Digest: [PolicyText]], zone: DayZone
    ) {
        self.policies = policies
        self.told = told
        self.proven = proven
        clients = Dictionary(told.roster.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var parsed: [Digest: [RuleResult]] = [:]
        var results: [Client.ID: [RuleResult]] = [:]
        var unreadable: Set<Client.ID> = []
        for leaf in proven.results {
            guard let digest = leaf.results else {
                // A run that only fetched has no verdicts; one that was judged, and has none stored, cannot be told.
                if proven.leaf.run.policySet != nil { unreadable.insert(leaf.client) }
                continue
            }
            let own = parsed[digest] ?? vectors[digest].flatMap { try? StoredResults.results(of: $0) }
            parsed[digest] = own
            results[leaf.client] = own
            if own == nil { unreadable.insert(leaf.client) }
        }
        self.results = results
        self.unreadable = unreadable
        var captures: [Client.ID: [SettingsGroup: CaptureLeaf]] = [:]
        for leaf in proven.captures { captures[leaf.client, default: [:]][leaf.group] = leaf }
        self.captures = captures
        let run = proven.leaf.run
        let day = zone.day(of: run.startedAt)
        if let set = run.waiverSet {
            let loaded = texts[set].map { texts in
                WaiverLoader.load(texts.map { PolicyFile(name: $0.name, text: $0.text) })
            }
            waivers = loaded?.waiverSet.map { WaiversOnDay($0, on: day) }
        } else {
            waivers = WaiversOnDay(.none, on: day)
        }
        let report = told.report
        findings = Dictionary(
            (report.failures + report.waived + report.unknowns).map {
                (Place(client: $0.client.id, ruleID: $0.result.ruleID), $0)
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The verdict that the run's results have.
    func verdict(_ place: Place) -> Verdict? {
        results[place.client]?.first { $0.ruleID.isIdentical(to: place.ruleID) }?.verdict
    }

    /// What a waiver over a failure is to be: the one that the texts and the client's settings lead to.
    func waiver(
        over result: RuleResult, of client: Client, _ documents: [Digest: SettingValue]
    ) -> Result<WaiverFacts?, NotHere> {
        guard let waivers else { return .failure(NotHere()) }
        do {
            return .success(
                try waivers.facts(over: result, of: client) { try snapshot(of: client, documents) })
        } catch {
            return .failure(NotHere())
        }
    }

    private func snapshot(of client: Client, _ documents: [Digest: SettingValue]) throws -> Snapshot {
        Snapshot(
            client: client,
            groups: try PerGroup { group in
                switch captures[client.id]?[group]?.capture {
                case .document(let digest)?:
                    guard let value = documents[digest] else { throw NotHere() }
                    return .document(value, digest)
                case .failure(let failure)?: return .failure(failure)
                case .notCollected(let reason)?: return .notCollected(reason)
                case nil: throw NotHere()
                }
            })
    }

    /// What is asked for is not in the pack.
    struct NotHere: Error {}

    /// How often each verdict was given, over all clients, with the waivers that the report tells of.
    var counts: VerdictCounts {
        var counts = VerdictCounts()
        for (client, results) in results {
            for result in results {
                counts.add(
                    result.verdict, isWaived: findings[Place(client: client, ruleID: result.ruleID)]?.waiver != nil)
            }
        }
        return counts
    }
}
