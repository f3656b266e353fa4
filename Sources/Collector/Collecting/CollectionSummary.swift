public import AuditModel

/// How far a collection is.
public struct CollectionProgress: Sendable, Hashable {
    /// Clients that were delivered.
    public var clientsDone: Int
    /// Clients to ask for.
    public var clientsTotal: Int
    /// Delivered clients of which at least one group failed.
    public var clientsWithFailures: Int
    /// Requests that were sent, logins and repetitions included.
    public var requests: Int
    /// The time since the beginning.
    public var elapsed: Duration

    /// Requests a second since the beginning; 0 at once.
    public var requestsPerSecond: Double {
        let seconds = elapsed / .seconds(1)
        return seconds > 0 ? Double(requests) / seconds : 0
    }

    /// The time that the rest takes at the pace so far; nil before the first client.
    public var timeLeft: Duration? {
        guard clientsDone > 0 else { return nil }
        return elapsed * Double(clientsTotal - clientsDone) / Double(clientsDone)
    }
}

/// A session that the platform refused, now or in an earlier run.
public struct RefusedSession: Sendable {
    /// The account's name in `audit.yaml`.
    public var account: String
    /// The login; its `fingerprintInput` is what to remember under a key.
    public var login: ResolvedLogin
    /// The refusal.
    public var failure: CaptureFailure
    /// Whether it was sent in this run; otherwise it was held back, since it had been refused before.
    public var wasSent: Bool
}

/// What a whole collection came to.
public struct CollectionSummary: Sendable {
    /// Clients that were delivered.
    public var clients: Int
    /// Delivered clients of which at least one group failed.
    public var clientsWithFailures: Int
    /// Requests that were sent, logins and repetitions included.
    public var requests: Int
    /// Requests that were sent again.
    public var repeats: Int
    /// Logins that were sent, each counted once however often it was repeated.
    public var logins: Int
    /// The refused sessions, by account and client name.
    public var refusedSessions: [RefusedSession]
    /// What should be mended about where credentials are; each once, sorted by its sentence.
    public var credentialWarnings: [CredentialWarning]
    /// The user name of each account as it was resolved last, for sentences.
    public var userNames: [String: String]
    /// The least days until the password of an account's user expires, by account; only where the platform says.
    public var daysUntilPasswordExpires: [String: Int]
    /// The least number of requests at a time that "too many requests" led to; the configured one where nothing did.
    public var lowestConcurrency: Int
    /// Requests that were not sent since the platform failed for everybody.
    public var requestsHeldBack: Int
    /// How long it took.
    public var elapsed: Duration
}
