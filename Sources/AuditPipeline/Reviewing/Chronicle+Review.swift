import AuditModel
import Evidence
import Policies
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
        from earlier: RunSelection, to later: RunSelection, client: String? = nil, proofLimit: Int = 100,
        exitPolicy: ExitPolicy = ExitPolicy()
    ) throws -> ReviewMaterial {
        let rosters = [try store.roster(of: later.run.id), try store.roster(of: earlier.run.id)]
        let everybody = rosters.flatMap { $0 }
        let ids = try client.flatMap { try DiffFilter(clients: [$0]).ids(among: everybody) }
        let filter = DiffFilter(clients: client.map { [$0] } ?? [])
        let difference = try difference(from: earlier, to: later, only: ids)
        let report = try report(of: later.run, judgedBy: .recorded, exitPolicy: exitPolicy, only: ids)
        let patches = try patches(of: difference, filter: filter)
        let names = ids.map { ids in NamesOfOthers(everybody.filter { !ids.contains($0.id) }) }
        let log = try ReviewLog(store: store).log(from: earlier.run, to: later.run)
        var prover = try ReviewProver(
            store: store, log: log, runs: [earlier.run, later.run], limit: proofLimit)
        let proven = try prover.proofs(of: report, and: difference)
        let texts = try textSets(of: [earlier.run, later.run], hiding: names)
        let hidden = Set(texts.flatMap { $0 }.filter(\.isLeftOut).map(\.text.name)).sorted()
        var leftOut = prover.leftOut
        if !hidden.isEmpty {
            leftOut.append(
                "The texts of \(hidden.joined(separator: ", ")) name other clients and are not here; their digests are."
            )
        }
        return ReviewMaterial(
            from: earlier, to: later, client: ids.flatMap { ids in everybody.first { ids.contains($0.id) } },
            report: report,
            earlierReport: try self.report(of: earlier.run, judgedBy: .recorded, exitPolicy: exitPolicy, only: ids),
            difference: difference, patches: patches, nights: try nights(from: earlier.run, to: later.run, ids),
            daysWithoutRun: try daysWithoutRun(from: earlier, to: later),
            waivers: try recordedWaivers(
                earlier.run, later.run, ids.map { ids in everybody.filter { ids.contains($0.id) } }),
            textSets: texts, log: log, settingProofs: proven, leftOut: leftOut)
    }

    private func runs(from earlier: AuditRun, to later: AuditRun) throws -> [AuditRun] {
        try store.runs(in: later.environment).filter {
            $0.state.isSealed && $0.startedAt >= earlier.startedAt && $0.startedAt <= later.startedAt
        }.sorted { $0.startedAt < $1.startedAt }
    }

    private func nights(
        from earlier: AuditRun, to later: AuditRun, _ ids: Set<Client.ID>?
    ) throws -> [ReviewMaterial.Night] {
        try runs(from: earlier, to: later).map { run in
            let entry = try store.logEntry(of: run.id)
            var night = ReviewMaterial.Night(
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

    private func daysWithoutRun(from earlier: RunSelection, to later: RunSelection) throws -> [CalendarDay] {
        let days = Set(try runs(from: earlier.run, to: later.run).map { zone.day(of: $0.startedAt) })
        guard earlier.day < later.day else { return [] }
        return (earlier.day.daysSince1970...later.day.daysSince1970).map(CalendarDay.init(daysSince1970:))
            .filter { !days.contains($0) }
    }

    private func recordedWaivers(
        _ earlier: AuditRun, _ later: AuditRun, _ clients: [Client]?
    ) throws -> [ReviewMaterial.RecordedWaiver] {
        let sides = [try waivers(of: earlier), try waivers(of: later)]
        var found: [ReviewMaterial.RecordedWaiver] = []
        for waiver in sides[1].waivers.waivers + sides[0].waivers.waivers {
            // The same id with another text is told twice: it was changed in between.
            let facts = waiver.facts(on: sides[1].day)
            if let place = found.firstIndex(where: { $0.waiver.facts(on: sides[1].day) == facts }) {
                found[place].isInEarlier = true
                continue
            }
            if let clients, !clients.contains(where: waiver.concerns) { continue }
            let isInLater = sides[1].waivers.waivers.contains {
                $0.id == waiver.id && $0.facts(on: sides[1].day) == facts
            }
            let own = clients.map { $0.filter(waiver.concerns).map(\.id.description) }
            found.append(
                ReviewMaterial.RecordedWaiver(
                    waiver: waiver, subject: own.map { Set($0).sorted().joined(separator: ", ") } ?? waiver.subjectText,
                    day: isInLater ? sides[1].day : sides[0].day, isInEarlier: !isInLater, isInLater: isInLater))
        }
        return found.sorted { ($0.waiver.expires, $0.waiver.id) < ($1.waiver.expires, $1.waiver.id) }
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
