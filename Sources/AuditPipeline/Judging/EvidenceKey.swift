import AuditModel
import Policies
import SnapshotStore

/// The digest of all that one client's results follow from (decision 4): what has the same key is never judged twice,
/// across clients and nights.
struct EvidenceKey {
    private let prefix: [UInt8]
    private let labelsRead: [String]
    private let readsAllLabels: Bool
    private let readsClientID: Bool
    /// The moment of the run; nil where no rule reads it, so that its results hold for every night.
    private let now: Timestamp?

    init(_ policies: PolicySet, now: Timestamp?) {
        prefix = policies.digest.bytes + Array(PolicySet.evaluatorVersion.utf8) + [0]
        labelsRead = policies.labelsRead.sorted()
        readsAllLabels = policies.readsAllLabels
        readsClientID = policies.readsClientID
        self.now = policies.readsNow ? now : nil
    }

    /// The key of a client's five captures under the policy set.
    ///
    /// Documents count by their number in the store, which never changes its meaning. A failure counts as a failure,
    /// whatever its reason: rules cannot see the reason.
    func digest(client: Client, captures: PerGroup<StoredCapture>) -> Digest {
        var bytes = prefix
        bytes.reserveCapacity(prefix.count + 64)
        for group in SettingsGroup.allCases {
            let number: Int64 =
                switch captures[group] {
                case .document(let id): id.rawValue
                case .failure: 0
                case .notCollected: -1
                }
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        // Each text goes with its length, so that no two sets of facts give the same bytes.
        func append(_ text: String?) {
            withUnsafeBytes(of: Int64(text?.utf8.count ?? -1).littleEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: (text ?? "").utf8)
        }
        for label in labelsRead { append(client.labels[label]) }
        if readsAllLabels {
            for (name, value) in client.labels.sorted(by: { $0.key < $1.key }) {
                append(name)
                append(value)
            }
        }
        if readsClientID { append(client.id.description) }
        if let now { append(String(now.milliseconds)) }
        return Digest(of: bytes)
    }
}
