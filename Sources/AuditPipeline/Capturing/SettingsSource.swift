public import AuditModel

/// The port through which the pipeline gets settings; the network behind it is `Collector`'s affair.
public protocol SettingsSource: Sendable {
    /// Fetches the groups of every request and delivers each client's answers once, in any order.
    ///
    /// A failure of one client is an answer; only what ends the whole collection is thrown.
    func collect(
        _ requests: [SourceRequest], deliver: @escaping @Sendable (SourceAnswer) async throws -> Void
    ) async throws -> SourceSummary

    /// What the bytes of a good answer mean: the group's settings, or why they are not the client's settings.
    ///
    /// - Parameter request: what was asked, for the failure.
    func interpret(
        _ body: [UInt8], of group: SettingsGroup, for client: Client, request: String
    ) -> Result<SettingValue, CaptureFailure>
}

/// One client with the groups to fetch.
public struct SourceRequest: Sendable, Hashable {
    /// The client.
    public var client: Client
    /// The groups; never empty.
    public var groups: [SettingsGroup]

    /// Joins the two.
    public init(client: Client, groups: [SettingsGroup]) {
        self.client = client
        self.groups = groups
    }
}

/// What came back for one client.
public struct SourceAnswer: Sendable {
    /// What came back for one group.
    public enum Outcome: Sendable {
        /// The body of a 200, uninterpreted.
        case body([UInt8])
        /// A failure with its reason.
        case failure(CaptureFailure)
        /// Not asked for, by configuration.
        case notCollected(NotCollectedReason)
    }

    /// One group's outcome with its times.
    public struct Group: Sendable {
        /// The outcome.
        public var outcome: Outcome
        /// What was asked, for example `GET /configuration/clients/4199/internal`.
        public var request: String
        /// When it was asked for and answered.
        public var times: CaptureTimes

        /// Joins the parts.
        public init(outcome: Outcome, request: String, times: CaptureTimes) {
            self.outcome = outcome
            self.request = request
            self.times = times
        }
    }

    /// The client.
    public var client: Client
    /// One for each group that was requested.
    public var groups: [SettingsGroup: Group]

    /// Joins the two.
    public init(client: Client, groups: [SettingsGroup: Group]) {
        self.client = client
        self.groups = groups
    }
}

/// What is to be told of a whole collection.
public struct SourceSummary: Sendable {
    /// Whether every login was refused, so that nothing could be read at all.
    public var everyLoginWasRefused: Bool
    /// Sentences for the operator: passwords about to expire, credential files that others may read.
    public var warnings: [String]

    /// Joins the two.
    public init(everyLoginWasRefused: Bool = false, warnings: [String] = []) {
        self.everyLoginWasRefused = everyLoginWasRefused
        self.warnings = warnings
    }
}
