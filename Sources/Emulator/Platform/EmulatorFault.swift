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
    /// The nights of the scenario on which it applies; `nil` is every night.
    public var nights: ClosedRange<Int>?
    /// How many requests that fit are let pass before the first is spoiled.
    public var skip: Int
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
    /// What is wrong with the body, where it comes with 200 or ``status`` and ``body`` is `nil`.
    public var payload: Payload?
    /// What happens to the session before the request is answered.
    public var deed: Deed?
    /// Where the connection is cut; what a request does has then been done.
    public var cut: Cut?
    /// Whether what a request does is done though another answer comes in place of its own.
    public var isCarriedOut: Bool

    /// A place to cut a connection at.
    public enum Cut: String, Sendable, CaseIterable {
        /// Before the first byte of the answer, by a reset.
        case beforeAnswer
        /// After the head and half of the body.
        case midBody
    }

    /// What happens to a session behind its user's back.
    public enum Deed: String, Sendable, CaseIterable {
        /// It ends, as by a logout elsewhere or after two hours.
        case endSession
        /// Its user's password becomes another, which ends all the user's sessions.
        case changePassword
    }

    /// A fault that fits every request without end, and does nothing until something is set.
    public init(
        clientID: Int? = nil, kind: EmulatorRequestKind? = nil, nights: ClosedRange<Int>? = nil, skip: Int = 0,
        times: Int? = nil, status: Int? = nil, retryAfter: String? = nil, latency: Duration? = nil,
        body: String? = nil, contentType: String = "application/json", payload: Payload? = nil, deed: Deed? = nil,
        cut: Cut? = nil, isCarriedOut: Bool = false
    ) {
        self.clientID = clientID
        self.kind = kind
        self.nights = nights
        self.skip = skip
        self.times = times
        self.status = status
        self.retryAfter = retryAfter
        self.latency = latency
        self.body = body
        self.contentType = contentType
        self.payload = payload
        self.deed = deed
        self.cut = cut
        self.isCarriedOut = isCarriedOut
    }
}

extension EmulatorFault {
    /// The answer in place of the real one; `nil` where the request is to be answered as ever.
    ///
    /// - Parameter body: The body of a group of a client, by client id (`nil`: the one asked for); `nil` where there is none.
    func replacement(body real: (Int?) -> OrderedJSON?) -> Answer? {
        if let payload, body == nil {
            var answer = payload.answer(for: real)
            answer.status = status ?? answer.status
            answer.retryAfter = retryAfter
            return answer
        }
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
