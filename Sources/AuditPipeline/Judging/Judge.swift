import AuditModel
import Policies
import SnapshotStore

/// Judges stored captures by one policy set; what was judged before is looked up.
struct Judge {
    let store: SnapshotStore
    let policies: PolicySet
    /// The start of the run that is judged: what rules call `now`.
    let now: Timestamp
    private let key: EvidenceKey

    init(store: SnapshotStore, policies: PolicySet, now: Timestamp) {
        self.store = store
        self.policies = policies
        self.now = now
        key = EvidenceKey(policies, now: now)
    }

    /// The numbers of some clients' results, which are evaluated and stored where they are not known yet.
    func resultsIDs(of clients: [(client: Client, captures: PerGroup<StoredCapture>)]) throws -> [ResultsID] {
        let keys = clients.map { key.digest(client: $0.client, captures: $0.captures) }
        var ids = try store.resultsIDs(forEvaluations: keys)
        let unknown = ids.indices.filter { ids[$0] == nil }
        let evaluations = try unknown.map { index in
            (key: keys[index], results: try results(of: clients[index].client, captures: clients[index].captures))
        }
        for (index, id) in zip(unknown, try store.store(evaluations)) { ids[index] = id }
        return ids.compactMap { $0 }
    }

    /// A client's results without storing anything.
    ///
    /// - Parameter assuming: settings that are taken to have other values (what if?); groups that were not captured
    ///   stay so.
    func results(
        of client: Client, captures: PerGroup<StoredCapture>, assuming: [SettingPath: SettingValue] = [:]
    ) throws -> [RuleResult] {
        policies.results(for: try snapshot(of: client, captures, assuming: assuming), now: now)
    }

    /// A client's captures with their content, and with what is assumed.
    func snapshot(
        of client: Client, _ captures: PerGroup<StoredCapture>, assuming: [SettingPath: SettingValue] = [:]
    ) throws -> Snapshot {
        try Snapshot(client: client, captures: captures, in: store).assuming(assuming)
    }
}

extension Snapshot {
    /// The snapshot as if some plain settings had other values (what if?); groups that were not captured stay so.
    func assuming(_ assumed: [SettingPath: SettingValue]) -> Snapshot {
        var snapshot = self
        for (path, value) in assumed {
            guard case .document(var body, _) = snapshot.groups[path.group], case .object(var object) = body,
                case .key(let name)? = path.steps.first
            else { continue }
            object[name] = value
            body = .object(object)
            snapshot.groups[path.group] = .document(body, Digest(of: body))
        }
        return snapshot
    }

    /// A client's captures with their content.
    init(client: Client, captures: PerGroup<StoredCapture>, in store: SnapshotStore) throws {
        let documents = try store.documents(captures.pairs.compactMap(\.value.documentID))
        self.init(
            client: client,
            groups: try captures.map { group, capture in
                switch capture {
                case .document(let id):
                    guard let document = documents[id] else { throw PipelineError.documentMissing(group) }
                    return .document(document.value, document.digest)
                case .failure(let failure): return .failure(failure)
                case .notCollected(let reason): return .notCollected(reason)
                }
            })
    }
}
