public import AuditModel

/// What differs between two rosters.
public enum RosterChanges {
    /// Who came, left, or is described otherwise, by client and then in the order of ``RosterChange/Kind``.
    ///
    /// A client may have several: renamed and relabelled at once are two.
    /// - Parameter retired: the clients that the configuration marks as retired on purpose.
    public static func between(before: [Client], after: [Client], retired: Set<Client.ID> = []) -> [RosterChange] {
        let earlier = Dictionary(before.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let later = Dictionary(after.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        return Set(earlier.keys).union(later.keys).sorted().flatMap { id in
            changes(of: id, earlier[id], later[id], isRetired: retired.contains(id))
        }
    }

    private static func changes(
        of id: Client.ID, _ before: Client?, _ after: Client?, isRetired: Bool
    ) -> [RosterChange] {
        switch (before, after) {
        case (nil, nil): return []
        case (nil, let after?): return [RosterChange(kind: .joined, client: after, after: whole(after))]
        case (let before?, nil):
            return [RosterChange(kind: isRetired ? .retired : .left, client: before, before: whole(before))]
        case (let before?, let after?):
            let aspects: [(RosterChange.Kind, (Client) -> String)] = [
                (.renamed, name), (.movedAccount, \.account), (.relabelled, labels),
            ]
            return aspects.compactMap { kind, text in
                let one = text(before)
                let other = text(after)
                guard !one.isIdentical(to: other) else { return nil }
                return RosterChange(kind: kind, client: after, before: one, after: other)
            }
        }
    }

    private static func whole(_ client: Client) -> String {
        [name(client), client.account.isEmpty ? "" : "account \(client.account)", labels(client)]
            .filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private static func name(_ client: Client) -> String {
        client.name.isEmpty ? client.code : "\(client.code) (\(client.name))"
    }

    private static func labels(_ client: Client) -> String {
        client.labels.sorted { $0.key.precedesInUTF16($1.key) }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
    }
}
