import AuditModel
import Drift
import Policies
import SnapshotStore

/// What differs between two runs, client by client. Ids are compared first; only documents that differ are opened
/// (decision 5), and a pair of documents that several clients have in common is compared once.
struct RunComparison {
    /// What differs for one client.
    struct Entry {
        var client: Client
        var difference: SnapshotDifference
        var verdictChanges: [VerdictChange]
    }

    private struct Pair: Hashable {
        var before: DocumentID
        var after: DocumentID
    }

    let before: JudgedRun
    let after: JudgedRun
    let lookBack: LookBack
    /// Whether a group that could not be read in the earlier run is compared with what was last known of it, so that a
    /// night without sight hides no change.
    let bridgesGaps: Bool
    private var known: [Pair: [Change]] = [:]
    private var pathsCompared: [String: [SettingPath]] = [:]

    init(from before: JudgedRun, to after: JudgedRun, bridgesGaps: Bool = false) {
        self.bridgesGaps = bridgesGaps
        self.before = before
        self.after = after
        lookBack = LookBack(store: before.store, before: before.run)
    }

    /// The entries of the clients of either roster for which something differs, by client.
    ///
    /// - Parameter clients: the clients that are compared; nil for all.
    mutating func entries(comparesVerdicts: Bool = true, only clients: Set<Client.ID>? = nil) throws -> [Entry] {
        func chosen(_ roster: [Client]) -> [Client.ID: Client] {
            let own = clients.map { clients in roster.filter { clients.contains($0.id) } } ?? roster
            return Dictionary(own.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        }
        let earlier = chosen(before.roster)
        let later = chosen(after.roster)
        try prefetch(only: clients)
        var entries: [Entry] = []
        for id in Set(earlier.keys).union(later.keys).sorted() {
            guard let client = later[id] ?? earlier[id] else { continue }
            let difference = try difference(of: id)
            let changes = comparesVerdicts ? try verdictChanges(earlier[id], later[id], difference) : []
            if !difference.isEmpty || !changes.isEmpty {
                entries.append(Entry(client: client, difference: difference, verdictChanges: changes))
            }
        }
        return entries
    }

    /// Fetches in one go what the loop would fetch document by document.
    private mutating func prefetch(only clients: Set<Client.ID>?) throws {
        var pairs: Set<Pair> = []
        let numbers = clients.map { Set($0.map(\.number)) }
        for (number, night) in after.nights where numbers?.contains(number) ?? true {
            guard let earlier = before.nights[number] else { continue }
            for group in SettingsGroup.allCases {
                if let one = earlier.captures[group].documentID, let other = night.captures[group].documentID,
                    one != other
                {
                    pairs.insert(Pair(before: one, after: other))
                }
            }
        }
        // A stretch at a time, since of a large fleet's documents none needs to be kept.
        for stretch in pairs.sorted(by: { ($0.before, $0.after) < ($1.before, $1.after) }).chunks(of: 512) {
            let texts = try before.store.texts(of: stretch.flatMap { [$0.before, $0.after] })
            for pair in stretch {
                guard let one = texts[pair.before], let other = texts[pair.after] else { continue }
                // Two bodies that differ in the order of keyed lists alone need not be opened.
                guard one.digests.orderFree != other.digests.orderFree else {
                    known[pair] = []
                    continue
                }
                let values = try one.differing(from: other)
                known[pair] = Changes.between(values.one, values.other, group: one.group)
            }
        }
    }

    private func difference(of id: Client.ID) throws -> SnapshotDifference {
        var difference = SnapshotDifference()
        guard let one = before.nights[id.number], let other = after.nights[id.number] else { return difference }
        for group in SettingsGroup.allCases {
            switch (one.captures[group], other.captures[group]) {
            case (.document(let earlier), .document(let later)):
                if earlier != later { difference.changes += known[Pair(before: earlier, after: later)] ?? [] }
            case (.notCollected, .notCollected): break
            case (.failure, .document(let later)) where bridgesGaps:
                difference.changes += try changesSinceLastKnown(group, of: id, until: later)
            case (let earlier, let later):
                difference.incomparable.append(
                    IncomparableGroup(group: group, before: try capture(earlier), after: try capture(later)))
            }
        }
        return difference
    }

    private func changesSinceLastKnown(
        _ group: SettingsGroup, of client: Client.ID, until later: DocumentID
    ) throws -> [Change] {
        guard let last = try before.store.lastKnown(group, of: client, before: before.run), last.document != later
        else { return [] }
        let documents = try before.store.documents([last.document, later])
        guard let one = documents[last.document], let other = documents[later] else { return [] }
        return Changes.between(one.value, other.value, group: group)
    }

    private func capture(_ stored: StoredCapture) throws -> Capture {
        switch stored {
        case .document(let id): .document(try before.store.document(id).digest)
        case .failure(let failure): .failure(failure)
        case .notCollected(let reason): .notCollected(reason)
        }
    }

    private mutating func verdictChanges(
        _ earlier: Client?, _ later: Client?, _ difference: SnapshotDifference
    ) throws -> [VerdictChange] {
        // Equal result vectors move nothing, but an unknown in both may hide nothing new either.
        if let earlier, let later, before.nights[earlier.id.number]?.results == after.nights[later.id.number]?.results,
            before.nights[earlier.id.number]?.results != nil, before.isRecorded, after.isRecorded,
            !before.waivers.concern(earlier), !after.waivers.concern(later)
        {
            return []
        }
        // Where no waiver counts, nothing but another verdict is a move; so the rest of the rules need not be looked at.
        var moved: [Int]?
        if let earlier, let later, let one = try before.verdicts(of: earlier), let other = try after.verdicts(of: later)
        {
            moved = one.places(differingFrom: other)
            if moved?.isEmpty ?? false { return [] }
        }
        let one = try earlier.map { try before.judgement(of: $0, ofRulesAt: moved) }
        let other = try later.map { try after.judgement(of: $0, ofRulesAt: moved) }
        let needsLookBack = one.map { judgement in judgement.verdicts.values.contains(.unknown) } ?? true
        let lastKnown = needsLookBack ? try (earlier ?? later).map { try lookBack.lastKnown(of: $0.id) } ?? [:] : [:]
        return try Transitions.changes(
            from: one, to: other, lastKnown: lastKnown, difference: difference,
            pathsCompared: { paths(comparedBy: $0) },
            timeRole: { try timeRole(in: $0, earlier, later) })
    }

    private mutating func paths(comparedBy rule: String) -> [SettingPath] {
        if let known = pathsCompared[rule] { return known }
        let paths = (after.policies ?? before.policies)?.paths(comparedBy: rule) ?? []
        pathsCompared[rule] = paths
        return paths
    }
}

/// What earlier runs said of a client.
struct LookBack {
    let store: SnapshotStore
    /// The run before which is looked.
    let before: AuditRun

    /// The last verdict other than unknown of each rule, in the runs before.
    ///
    /// Ends where a run has no unknown verdict left to explain: what is not found by then was never known.
    func lastKnown(of client: Client.ID) throws -> [String: Verdict] {
        var known: [String: Verdict] = [:]
        try store.forEachNight(of: client, before: before) { _, night in
            guard let id = night.results else { return true }
            var hasUnknown = false
            let vector = try store.verdicts(id)
            for (rule, verdict) in zip(vector.ruleIDs, vector.verdicts) where known[rule] == nil {
                if verdict == .unknown { hasUnknown = true } else { known[rule] = verdict }
            }
            return hasUnknown
        }
        return known
    }

    /// The start of the first run of the unbroken series, up to and with `run`, in which a rule fails, for some rules.
    func failingSince(_ rules: Set<String>, of client: Client.ID, upTo run: AuditRun) throws -> [String: Timestamp] {
        var since = Dictionary(uniqueKeysWithValues: rules.map { ($0, run.startedAt) })
        var going = rules
        try store.forEachNight(of: client, before: run) { earlier, night in
            guard let id = night.results else { return true }
            let vector = try store.verdicts(id)
            let verdicts = Dictionary(zip(vector.ruleIDs, vector.verdicts)) { first, _ in first }
            for rule in going {
                switch verdicts[rule] {
                case .fail: since[rule] = earlier.startedAt
                // A night without sight neither proves nor breaks the series.
                case .unknown: break
                case .pass, .notApplicable, nil: going.remove(rule)
                }
            }
            return !going.isEmpty
        }
        return since
    }
}
