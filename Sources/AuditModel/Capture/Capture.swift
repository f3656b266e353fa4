/// What one run got for one client and one group.
public enum Capture: Sendable, Hashable, Codable {
    /// A document, known by the digest of its canonical bytes.
    case document(Digest)
    /// A failure with its reason.
    case failure(CaptureFailure)
    /// Not asked for, by configuration.
    case notCollected(NotCollectedReason)
}

/// Why a group was not asked for.
public enum NotCollectedReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// Countries have no form with an id; they are those of the session's own client (decision 10).
    case countriesOfAnotherClient
}

/// A capture with its content at hand: what rules and diffs look at.
public enum GroupContent: Sendable, Hashable {
    /// The document's value and digest.
    case document(SettingValue, Digest)
    /// A failure with its reason.
    case failure(CaptureFailure)
    /// Not asked for, by configuration.
    case notCollected(NotCollectedReason)

    /// The document's value, or nil where there is none.
    public var value: SettingValue? {
        guard case .document(let value, _) = self else { return nil }
        return value
    }

    /// The same without the content.
    public var capture: Capture {
        switch self {
        case .document(_, let digest): .document(digest)
        case .failure(let failure): .failure(failure)
        case .notCollected(let reason): .notCollected(reason)
        }
    }
}

/// One client's five captures in one run.
public struct Snapshot: Sendable, Hashable {
    /// The client as it was configured in that run.
    public var client: Client
    /// The five captures with their content.
    public var groups: PerGroup<GroupContent>

    /// Joins the two.
    public init(client: Client, groups: PerGroup<GroupContent>) {
        self.client = client
        self.groups = groups
    }
}

/// When a group was asked for and answered.
public struct CaptureTimes: Sendable, Hashable {
    /// When the (last) request was sent.
    public var requestedAt: Timestamp
    /// When its answer was complete.
    public var answeredAt: Timestamp

    /// Joins the two.
    public init(requestedAt: Timestamp, answeredAt: Timestamp) {
        self.requestedAt = requestedAt
        self.answeredAt = answeredAt
    }
}
