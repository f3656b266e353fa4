import AuditModel
import Policies

/// The digest of all that one client's results follow from (decision 4): what has the same key is never judged twice.
struct EvidenceKey {
    private let policies: PolicySet
    private let labelsRead: [String]

    init(_ policies: PolicySet) {
        self.policies = policies
        labelsRead = policies.labelsRead.sorted()
    }

    /// The key of a client's five captures under the policy set.
    ///
    /// A failure counts as "failed", whatever its reason: rules cannot see the reason.
    func digest(client: Client, captures: PerGroup<Capture>) -> Digest {
        var facts = SettingObject(labelsRead.map { .init(key: $0, value: client.labels[$0].map(SettingValue.string) ?? .null) })
        if policies.readsClientID { facts[""] = .string(client.id.description) }
        let evidence = SettingsGroup.allCases.map { group -> SettingValue in
            switch captures[group] {
            case .document(let digest): .string(digest.hex)
            case .failure: "failed"
            case .notCollected: "not collected"
            }
        }
        return Digest(
            of: [
                .string(policies.digest.hex), .string(PolicySet.evaluatorVersion), .array(evidence), .object(facts),
            ] as SettingValue)
    }
}
