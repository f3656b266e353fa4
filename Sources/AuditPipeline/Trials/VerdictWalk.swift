import AuditModel
import Drift
import Policies
import SnapshotStore

/// Judges stored nights by some policy sets without storing anything, client by client.
///
/// The evidence of a client and a night is a handful of numbers: the facts that rules read, and the documents of the
/// groups that rules read. The same numbers are judged once, however many nights and clients have them, and the documents
/// are opened client by client, so that each is decoded about once. Memory does not grow with the number of nights times
/// clients: a part of the fleet is walked through all nights before the next.
struct VerdictWalk {
    /// All that the verdicts of one client and night follow from.
    struct Evidence: Hashable {
        var facts: Int
        var captures: CaptureIDs
        /// The start of the night's run; nil where no rule reads it, so that nights alike are one piece of evidence.
        var now: Timestamp?
    }

    private let store: SnapshotStore
    private let sets: [PolicySet]
    private let runs: [AuditRun]
    private let groupsRead: [SettingsGroup]
    private let groupsUnread: [SettingsGroup]
    private let readsNow: Bool
    let roster: RosterTimeline

    private let clientsAtOnce: Int

    /// How many pieces of evidence are remembered from one part of the fleet to the next.
    private static let remembered = 65_536
    /// So many pieces of evidence have at most as many documents as the store keeps decoded.
    private static let judgedAtOnce = 48

    private var verdicts: [[Verdict]] = []
    private var placesOfVerdicts: [[Verdict]: Int] = [:]
    private var known: [Evidence: Int] = [:]
    /// How many pieces of evidence were judged: what remembering left to do.
    private(set) var judgedCount = 0

    /// Prepares a walk through runs of one environment, which are by start.
    ///
    /// - Parameter clientsAtOnce: how many clients are walked through all nights together; a year of a thousand takes some
    ///   megabytes.
    init(
        _ runs: [AuditRun], in store: SnapshotStore, judgedBy sets: [PolicySet], clientsAtOnce: Int = 1024
    ) throws {
        self.clientsAtOnce = clientsAtOnce
        self.store = store
        self.sets = sets
        self.runs = runs
        let read = Set(sets.flatMap { set in set.facts.flatMap { set.groupsRead(by: $0.id) } })
        groupsRead = SettingsGroup.allCases.filter(read.contains)
        groupsUnread = SettingsGroup.allCases.filter { !read.contains($0) }
        readsNow = sets.contains(where: \.readsNow)
        roster = try RosterTimeline(of: runs, in: store, readBy: sets)
    }

    /// Hands over each client with its nights: by number, with the verdicts of the first set, then of the next.
    ///
    /// - Parameter numbers: the clients that are looked at; nil for all.
    mutating func forEachClient(
        among numbers: Set<Int>? = nil, _ body: (Client, [VerdictStretch]) throws -> Void
    ) throws {
        let all = roster.clients.keys.filter { numbers?.contains($0) ?? true }.sorted()
        for chunk in all.chunks(of: clientsAtOnce) {
            guard let first = chunk.first, let last = chunk.last else { continue }
            var part = FleetPart(Array(chunk), nights: runs.count, roster: roster)
            for (night, run) in runs.enumerated() {
                part.begin(night, now: readsNow ? run.startedAt : nil)
                try store.forEachCaptureIDs(of: run.id, clients: first...last) { number, captures in
                    part.note(captures.without(groupsUnread), of: number)
                }
            }
            let judged = try judged(part)
            for (position, number) in chunk.enumerated() {
                guard let client = roster.clients[number] else { continue }
                try body(client, part.stretches(at: position) { verdicts[judged[$0]] })
            }
            if known.count > Self.remembered { known.removeAll() }
        }
    }

    /// The place among ``verdicts`` of each piece of evidence of a part of the fleet.
    private mutating func judged(_ part: FleetPart) throws -> [Int] {
        var places = part.evidence.map { known[$0] }
        let open = part.evidenceByClient.filter { places[$0] == nil }
        for batch in open.chunks(of: Self.judgedAtOnce) {
            let ids = batch.flatMap { index in
                groupsRead.compactMap { group -> DocumentID? in
                    guard case .document(let id) = part.evidence[index].captures[group] else { return nil }
                    return id
                }
            }
            let documents = try store.documents(ids)
            for index in batch {
                let evidence = part.evidence[index]
                let place = try place(of: self.verdicts(on: evidence, documents))
                places[index] = place
                known[evidence] = place
            }
        }
        judgedCount += open.count
        return places.compactMap { $0 }
    }

    private mutating func place(of vector: [Verdict]) -> Int {
        if let place = placesOfVerdicts[vector] { return place }
        placesOfVerdicts[vector] = verdicts.count
        verdicts.append(vector)
        return verdicts.count - 1
    }

    private func verdicts(on evidence: Evidence, _ documents: [DocumentID: StoredDocument]) throws -> [Verdict] {
        let snapshot = Snapshot(
            client: roster.facts[evidence.facts],
            groups: try PerGroup { group in
                switch evidence.captures[group] {
                case .document(let id):
                    guard let document = documents[id], document.group == group else {
                        throw PipelineError.documentMissing(group)
                    }
                    return .document(document.value, document.digest)
                // Rules cannot see a reason, and a group that none reads stays closed: one that did read it would say
                // unknown, and not something untrue.
                case .failed: return .failure(CaptureFailure(.notAttempted))
                case .notCollected: return .notCollected(.countriesOfAnotherClient)
                }
            })
        return sets.flatMap { $0.results(for: snapshot, now: evidence.now).map(\.verdict) }
    }
}
