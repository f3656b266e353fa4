import NIOCore

/// What a request asks for: the methods of the emulated API, and everything else.
public enum EmulatorRequestKind: String, Sendable, CaseIterable {
    case login, validate, logout, password
    case `internal`, settings, messaging, voicePool, countries
    case addVoice, removeVoice
    /// An unknown path, or a known one with another HTTP method.
    case other

    init(_ group: EmulatorGroup) {
        self =
            switch group {
            case .internal: .internal
            case .settings: .settings
            case .messaging: .messaging
            case .voicePool: .voicePool
            case .countries: .countries
            }
    }
}

/// Something that goes wrong on purpose. The first fault of the table that fits a request applies, before the session is looked at.
public struct EmulatorFault: Sendable, Equatable {
    /// The client asked for; `nil` fits every one. For a login: the client of its `clientName`.
    public var clientID: Int?
    /// The method asked for; `nil` fits every one.
    public var kind: EmulatorRequestKind?
    /// How many requests it spoils before it is used up; `nil` is without end.
    public var times: Int?
    /// The status to answer with; `nil` leaves the answer as it is, or is 200 where there is a ``body``.
    public var status: Int?
    /// The value of `Retry-After`: seconds, or an HTTP date.
    public var retryAfter: String?
    /// A wait before the answer, on top of the server's own.
    public var latency: Duration?
    /// The raw body; `nil` is the usual error body for ``status``.
    public var body: String?
    /// The `Content-Type` of the answer.
    public var contentType: String
    /// Where the connection is cut; what a request does has then been done.
    public var cut: Cut?

    /// A place to cut a connection at.
    public enum Cut: String, Sendable {
        /// Before the first byte of the answer.
        case beforeAnswer
        /// After the head and half of the body.
        case midBody
    }

    /// A fault that fits every request without end, and does nothing until something is set.
    public init(
        clientID: Int? = nil, kind: EmulatorRequestKind? = nil, times: Int? = nil, status: Int? = nil,
        retryAfter: String? = nil, latency: Duration? = nil, body: String? = nil,
        contentType: String = "application/json", cut: Cut? = nil
    ) {
        self.clientID = clientID
        self.kind = kind
        self.times = times
        self.status = status
        self.retryAfter = retryAfter
        self.latency = latency
        self.body = body
        self.contentType = contentType
        self.cut = cut
    }
}

extension EmulatorFault {
    /// The answer in place of the real one; `nil` where the request is to be answered as ever.
    var replacement: Answer? {
        guard status != nil || body != nil else { return nil }
        let status = status ?? 200
        var answer =
            status >= 400 ? Answer.error(status, "Fault planted by the emulator's table.") : Answer(status: status)
        if let body { answer.body = .init(string: body) }
        answer.contentType = contentType
        answer.retryAfter = retryAfter
        return answer
    }
}
