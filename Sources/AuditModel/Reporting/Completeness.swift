/// How much of what was expected a run got.
public struct Completeness: Sendable, Hashable, Codable {
    /// One group of one client that could not be read.
    public struct FailedCapture: Sendable, Hashable, Codable {
        /// The client.
        public var client: Client
        /// The group.
        public var group: SettingsGroup
        /// Why.
        public var failure: CaptureFailure
        /// When the group was last read before, by a sealed run; nil if never.
        public var lastKnownAt: Timestamp?

        /// Joins the parts.
        public init(client: Client, group: SettingsGroup, failure: CaptureFailure, lastKnownAt: Timestamp?) {
            self.client = client
            self.group = group
            self.failure = failure
            self.lastKnownAt = lastKnownAt
        }
    }

    /// The clients on the run's roster.
    public var clientsExpected: Int
    /// The clients of which no group failed.
    public var clientsCollected: Int
    /// Clients × five groups.
    public var groupsExpected: Int
    /// Groups with a document.
    public var groupsCaptured: Int
    /// Groups that failed.
    public var groupsFailed: Int
    /// Groups that were not asked for, by configuration.
    public var groupsNotCollected: Int
    /// The failures, by client and group.
    public var failures: [FailedCapture]
    /// Clients of the run before that are not on this roster and are not marked retired.
    public var vanishedClients: [Client]
    /// Clients for which no rule came to a verdict other than not applicable.
    public var unassessedClients: [Client]

    /// Joins the parts.
    public init(
        clientsExpected: Int, clientsCollected: Int, groupsExpected: Int, groupsCaptured: Int, groupsFailed: Int,
        groupsNotCollected: Int, failures: [FailedCapture], vanishedClients: [Client] = [],
        unassessedClients: [Client] = []
    ) {
        self.clientsExpected = clientsExpected
        self.clientsCollected = clientsCollected
        self.groupsExpected = groupsExpected
        self.groupsCaptured = groupsCaptured
        self.groupsFailed = groupsFailed
        self.groupsNotCollected = groupsNotCollected
        self.failures = failures
        self.vanishedClients = vanishedClients
        self.unassessedClients = unassessedClients
    }
}
