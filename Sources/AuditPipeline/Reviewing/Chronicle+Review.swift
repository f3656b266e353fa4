import AuditModel
import Evidence
import SnapshotStore

extension Chronicle {
    /// Gathers a review of the period between two runs of one environment.
    ///
    /// - Parameters:
    ///   - client: the number, code or `environment/number` of the one client that it is of; nil for all. Then nothing of
    ///     any other client is in it.
    ///   - proofLimit: the most settings that are proven; what is beyond is said.
    ///   - exitPolicy: what counts in the conditions of the reports.
    /// - Throws: ``PipelineError``, and `StoreError`.
    public func review(
        from earlier: RunSelection, to later: RunSelection, client: String? = nil, toolVersion: String,
        proofLimit: Int = 100, exitPolicy: ExitPolicy = ExitPolicy()
    ) throws -> ReviewMaterial {
        let rosters = try [earlier, later].map { try store.roster(of: $0.run.id) }
        let everybody = rosters[1] + rosters[0]
        let ids = try client.flatMap { try DiffFilter(clients: [$0]).ids(among: everybody) }
        let filter = DiffFilter(clients: client.map { [$0] } ?? [])
        let difference = try difference(from: earlier, to: later, only: ids)
        let patches = try patches(of: difference, filter: filter)
        let sides = try zip([earlier, later], rosters).map { selection, roster in
            ReviewRecord.Side(
                asked: selection.asked, day: selection.day,
                roster: ids.map { ids in roster.filter { ids.contains($0.id) } } ?? roster,
                notes: ids == nil ? try store.notes(of: selection.run.id) : [],
                report: try report(of: selection.run, judgedBy: .recorded, exitPolicy: exitPolicy, only: ids))
        }
        let runs = [earlier.run, later.run]
        let names = ids.map { ids in NamesOfOthers(everybody.filter { !ids.contains($0.id) }) }
        let log = try ReviewLog(store: store).log(from: earlier.run, to: later.run)
        var prover = try ReviewProver(store: store, log: log, runs: runs, limit: proofLimit)
        let proven = try prover.proofs(of: sides[1].report, and: difference)
        let texts = try textSets(of: runs, hiding: names)
        let hidden = Set(texts.flatMap { $0 }.filter(\.isLeftOut).map(\.text.name)).sorted()
        var leftOut = prover.leftOut
        if !hidden.isEmpty {
            leftOut.append(
                "The texts of \(hidden.joined(separator: ", ")) name other clients and are not here; their digests are."
            )
        }
        let waivers = try runs.map { try self.waivers(of: $0) }
        let own = ids.map { ids in everybody.filter { ids.contains($0.id) } }
        let record = ReviewRecord(
            toolVersion: toolVersion, client: own?.first, from: sides[0], to: sides[1], difference: difference,
            patches: patches, nights: try nights(from: earlier.run, to: later.run, ids),
            daysWithoutRun: Self.daysWithoutRun(
                from: earlier.day, to: later.day,
                among: try self.runs(from: earlier.run, to: later.run).map { zone.day(of: $0.startedAt) }),
            waivers: WaiverLedger.entries(
                earlier: waivers[0], later: waivers[1], clients: own),
            proven: proven.map(\.place), leftOut: leftOut)
        let basis = ReviewBasis(store: store, runs: runs, clients: ids)
        return ReviewMaterial(
            record: record, textSets: texts, log: log,
            basis: try basis.basis(
                size: Int(log.checkpoint.size), patches: patches,
                pinned: zip(sides, waivers).map { ReviewBasis.pinned($0.report, $1) }),
            settingProofs: proven.map(\.proof))
    }

    private func runs(from earlier: AuditRun, to later: AuditRun) throws -> [AuditRun] {
        try store.runs(in: later.environment).filter {
            $0.state.isSealed && $0.startedAt >= earlier.startedAt && $0.startedAt <= later.startedAt
        }.sorted { $0.startedAt < $1.startedAt }
    }

    private func nights(
        from earlier: AuditRun, to later: AuditRun, _ ids: Set<Client.ID>?
    ) throws -> [ReviewRecord.Night] {
        try runs(from: earlier, to: later).map { run in
            let entry = try store.logEntry(of: run.id)
            var night = ReviewRecord.Night(
                run: run, day: zone.day(of: run.startedAt), logIndex: entry?.index, clients: 0, documents: 0,
                failures: 0, notCollected: 0)
            // The log has the counts of the whole run; of some clients they are counted.
            if ids == nil, let leaf = entry.flatMap({ try? RunLeaf(bytes: $0.leaf) }) {
                night.clients = run.clientCount
                night.documents = leaf.counts.documents
                night.failures = leaf.counts.failures
                night.notCollected = leaf.counts.notCollected
                return night
            }
            let clients = try ids.map { ids in try ids.compactMap { try store.night(of: $0, in: run.id) } }
            for client in try clients ?? store.nights(of: run.id) {
                night.clients += 1
                for (_, capture) in client.captures.pairs {
                    switch capture {
                    case .document: night.documents += 1
                    case .failure: night.failures += 1
                    case .notCollected: night.notCollected += 1
                    }
                }
            }
            return night
        }
    }

    /// The days from one to another on which no run of these days started.
    static func daysWithoutRun(from: CalendarDay, to: CalendarDay, among days: [CalendarDay]) -> [CalendarDay] {
        let days = Set(days)
        guard from < to else { return [] }
        return (from.daysSince1970...to.daysSince1970).map(CalendarDay.init(daysSince1970:))
            .filter { !days.contains($0) }
    }

    private func textSets(
        of runs: [AuditRun], hiding names: NamesOfOthers?
    ) throws -> [[ReviewMaterial.RecordedText]] {
        var seen: Set<Digest> = []
        return try runs.flatMap { [$0.policySet, $0.waiverSet] }.compactMap { $0 }.filter { seen.insert($0).inserted }
            .compactMap { digest in
                try store.policyTexts(ofSet: digest)?.map {
                    ReviewMaterial.RecordedText(text: $0, isLeftOut: names?.finds(in: $0.text) ?? false)
                }
            }
    }
}

/// The numbers, codes and names of the clients that a review is not of.
struct NamesOfOthers {
    private let numbers: Set<String>
    private let words: WordSearch

    init(_ clients: [Client]) {
        numbers = Set(clients.map { String($0.id.number) })
        words = WordSearch(clients.flatMap { [$0.code, $0.name] }.filter { !$0.isEmpty })
    }

    /// Whether a text has one of the names anywhere, or one of the numbers as a number of its own.
    func finds(in text: String) -> Bool {
        if words.finds(text) { return true }
        return text.split { !$0.isASCII || !$0.isNumber }.contains { numbers.contains(String($0)) }
    }
}
