/// A whole answer.
struct TransportAnswer: Sendable {
    /// The HTTP status.
    var status: Int
    /// The body, unpacked; of an answer other than 200 perhaps only absent, if it was too large.
    var body: [UInt8]
    /// The header `Retry-After`.
    var retryAfter: String?
    /// The header `Server`: who answers, which only ``PlatformProbe`` asks.
    var server: String?
    /// The header `Date`, as it came.
    var date: String?
}

/// Why there is no whole answer.
struct TransportFailure: Error, Sendable {
    /// The kind of trouble.
    enum Kind: Sendable {
        case timedOut, couldNotConnect, notTrusted, brokenOff, tooLarge, cancelled
    }

    /// The kind of trouble.
    var kind: Kind
    /// One clause for people.
    var detail: String
}
