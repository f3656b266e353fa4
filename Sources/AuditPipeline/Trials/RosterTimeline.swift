import AuditModel
import Policies
import SnapshotStore

/// Who was on the roster in which night, and with which facts, as far as rules read them.
///
/// Only what changes is kept: a year of one unchanged roster is as small as one night of it.
struct RosterTimeline {
    /// From a night on, until the next span.
    struct Span {
        var from: Int
        /// The place in ``facts``; nil while the client is not on the roster.
        var facts: Int?
    }

    /// What rules can read of a client besides its settings. Texts count by their bytes, as scopes compare them.
    private struct FactsKey: Hashable {
        var labels: [[UInt8]?]
        var id: Client.ID?
    }

    /// The clients by number, each as it was last described.
    private(set) var clients: [Int: Client] = [:]
    /// The different facts: a client for each, which stands for all that no rule can tell from it.
    private(set) var facts: [Client] = []
    private var spans: [Int: [Span]] = [:]
    private var places: [FactsKey: Int] = [:]

    init(of runs: [AuditRun], in store: SnapshotStore, readBy sets: [PolicySet]) throws {
        let labels = Set(sets.flatMap(\.labelsRead)).sorted()
        let readsAllLabels = sets.contains(where: \.readsAllLabels)
        let readsClientID = sets.contains(where: \.readsClientID)
        var present: Set<Int> = []
        var known: RosterID?
        for (night, run) in runs.enumerated() {
            let roster = try store.rosterID(of: run.id)
            if roster == known { continue }
            known = roster
            var next: Set<Int> = []
            for client in try store.roster(of: run.id) {
                let key = FactsKey(
                    labels: readsAllLabels
                        ? client.labels.sorted { $0.key < $1.key }.flatMap {
                            [Array($0.key.utf8), Array($0.value.utf8)]
                        }
                        : labels.map { label in client.labels[label].map { Array($0.utf8) } },
                    id: readsClientID ? client.id : nil)
                let place = place(of: key, client)
                clients[client.id.number] = client
                next.insert(client.id.number)
                if !present.contains(client.id.number) || spans[client.id.number]?.last?.facts != place {
                    spans[client.id.number, default: []].append(Span(from: night, facts: place))
                }
            }
            for gone in present.subtracting(next) { spans[gone, default: []].append(Span(from: night, facts: nil)) }
            present = next
        }
    }

    private mutating func place(of key: FactsKey, _ client: Client) -> Int {
        if let place = places[key] { return place }
        places[key] = facts.count
        facts.append(client)
        return facts.count - 1
    }

    /// A client's spans, by their first night.
    func spans(of number: Int) -> [Span] { spans[number] ?? [] }

    /// The numbers that some texts mean, or nil where there are none: every client is meant.
    ///
    /// - Throws: ``PipelineError/clientOfNoNight(_:suggestion:)`` for a text that no client answers to.
    func numbers(of texts: [String]) throws -> Set<Int>? {
        if texts.isEmpty { return nil }
        var numbers: Set<Int> = []
        for text in texts {
            let found = clients.values.filter {
                String($0.id.number) == text || $0.code.isIdentical(to: text) || $0.id.description == text
            }
            guard !found.isEmpty else {
                let codes = clients.values.map(\.code).sorted { $0.precedesInUTF16($1) }
                throw PipelineError.clientOfNoNight(text, suggestion: NearestName.to(text, among: codes))
            }
            numbers.formUnion(found.map(\.id.number))
        }
        return numbers
    }
}
