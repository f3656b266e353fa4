/// One night in one environment.
public struct AuditRun: Sendable, Hashable, Codable {
    /// A run's id: a UUIDv5 of the environment and the start, so that nothing is drawn; people may type its beginning.
    public struct ID: Sendable, Hashable, Comparable, CustomStringConvertible {
        /// The whole UUID in lower case.
        public let rawValue: String

        /// Takes an id as it was stored.
        public init(_ rawValue: String) { self.rawValue = rawValue }

        /// Derives the id of the run that starts in an environment at a moment.
        public init(environment: EnvironmentName, startedAt: Timestamp) {
            rawValue = DerivedUUID.text(of: "run\n\(environment)\n\(startedAt.milliseconds)")
        }

        /// The first eight digits.
        public var short: String { String(rawValue.prefix(8)) }

        /// The whole UUID.
        public var description: String { rawValue }

        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// Whether rules were evaluated.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// Captured and evaluated (`audit run`).
        case full
        /// Captured only (`audit fetch`).
        case fetchOnly
    }

    /// How far the run is.
    public enum State: String, Sendable, Hashable, Codable {
        /// Begun and not ended; can be resumed.
        case open
        /// Ended, and each client and group that was expected has a document or is not collected by configuration.
        case complete
        /// Ended with at least one failure.
        case partial

        /// Whether the run has ended and can no longer change.
        public var isSealed: Bool { self != .open }
    }

    /// The id.
    public var id: ID
    /// The environment.
    public var environment: EnvironmentName
    /// Its base URL at the time.
    public var baseURL: String
    /// Whether it was read from the emulator; such a run proves nothing about a real platform.
    public var isSynthetic: Bool
    /// Whether rules were evaluated.
    public var kind: Kind
    /// How far it is.
    public var state: State
    /// When it began; a run belongs to the day on which it started.
    public var startedAt: Timestamp
    /// When it was sealed; nil while open.
    public var sealedAt: Timestamp?
    /// The digest of the policy files it was judged by; nil for fetch-only runs.
    public var policySet: Digest?
    /// The digest of the waiver files; nil where there were none.
    public var waiverSet: Digest?
    /// The version of this tool.
    public var toolVersion: String
    /// The number of clients on its roster.
    public var clientCount: Int

    /// Joins the parts.
    public init(
        id: ID, environment: EnvironmentName, baseURL: String, isSynthetic: Bool, kind: Kind, state: State,
        startedAt: Timestamp, sealedAt: Timestamp?, policySet: Digest?, waiverSet: Digest?, toolVersion: String,
        clientCount: Int
    ) {
        self.id = id
        self.environment = environment
        self.baseURL = baseURL
        self.isSynthetic = isSynthetic
        self.kind = kind
        self.state = state
        self.startedAt = startedAt
        self.sealedAt = sealedAt
        self.policySet = policySet
        self.waiverSet = waiverSet
        self.toolVersion = toolVersion
        self.clientCount = clientCount
    }
}
