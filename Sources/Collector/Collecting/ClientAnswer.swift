public import AuditModel

/// What came of asking for one group.
public struct GroupAnswer: Sendable, Hashable {
    /// A body, or the reason why there is none.
    public enum Outcome: Sendable, Hashable {
        /// The bytes of a 200, unpacked and not looked at; `AnswerInterpreter` reads them.
        case body([UInt8], status: Int)
        /// The reason.
        case failure(CaptureFailure)
        /// Not asked for, by configuration.
        case notCollected(NotCollectedReason)
    }

    /// A body, or the reason why there is none.
    public var outcome: Outcome
    /// What was asked, for failures that are found later, for example `GET /configuration/clients/4199/internal`.
    public var request: String
    /// When the last attempt was sent and answered.
    public var times: CaptureTimes
    /// The number of attempts; 0 where nothing was sent.
    public var attempts: Int

    /// Joins the parts.
    public init(outcome: Outcome, request: String, times: CaptureTimes, attempts: Int) {
        self.outcome = outcome
        self.request = request
        self.times = times
        self.attempts = attempts
    }
}

/// What came of asking for one client.
public struct ClientAnswer: Sendable, Hashable {
    /// The client.
    public var client: Client
    /// One answer for each group that was asked for.
    public var answers: [SettingsGroup: GroupAnswer]
    /// The client that the login says its session belongs to; nil without a session.
    public var sessionClientID: Int?
    /// Days until the password of the session's user expires; nil where the platform does not say.
    public var daysUntilPasswordExpires: Int?
    /// Why there is no session; it is the failure of every group, too.
    public var loginFailure: CaptureFailure?

    /// Joins the parts.
    public init(
        client: Client, answers: [SettingsGroup: GroupAnswer] = [:], sessionClientID: Int? = nil,
        daysUntilPasswordExpires: Int? = nil, loginFailure: CaptureFailure? = nil
    ) {
        self.client = client
        self.answers = answers
        self.sessionClientID = sessionClientID
        self.daysUntilPasswordExpires = daysUntilPasswordExpires
        self.loginFailure = loginFailure
    }

    /// Whether any group failed.
    public var hasFailure: Bool {
        answers.values.contains { answer in
            guard case .failure = answer.outcome else { return false }
            return true
        }
    }
}
