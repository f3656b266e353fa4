public import AuditModel
public import LiveVoxAPI

/// What the collector needs to know of one environment of `audit.yaml`.
public struct EnvironmentSettings: Sendable, Hashable {
    /// The environment's name.
    public var name: EnvironmentName
    /// Where it answers.
    public var baseURL: BaseURL
    /// The version segment; nil, as the vendor's pages have it, for none.
    public var apiVersion: APIVersion?
    /// The most requests at a time, 1 or more; also the number of connections that are kept.
    public var concurrency: Int
    /// The most requests a second; nil for no limit.
    public var requestsPerSecond: Double?
    /// How long one attempt at one request may take, its body included.
    public var requestTimeout: Duration
    /// How long one client may take, from its first request on; nil for no limit.
    public var clientTimeout: Duration?
    /// How long the whole collection may take; nil for no limit. What is not reached is ``CaptureFailure``
    /// `notAttempted`.
    public var runTimeout: Duration?
    /// A PEM file with certificates of private authorities, trusted besides the system's; nil for none.
    public var additionalTrustRoots: String?
    /// The most bytes of an answer's body, after unpacking.
    public var responseLimitInBytes: Int
    /// When a platform that fails for everybody is left alone; the state that every collection starts from.
    public var breaker: CircuitBreaker
    /// What is told to the server in `User-Agent`, for example `audit/1.0.0`.
    public var userAgent: String

    /// Joins the parts.
    public init(
        name: EnvironmentName, baseURL: BaseURL, apiVersion: APIVersion? = nil, concurrency: Int = 16,
        requestsPerSecond: Double? = nil, requestTimeout: Duration = .seconds(30), clientTimeout: Duration? = nil,
        runTimeout: Duration? = nil, additionalTrustRoots: String? = nil, responseLimitInBytes: Int = 8 << 20,
        breaker: CircuitBreaker = CircuitBreaker(), userAgent: String = "audit"
    ) {
        self.name = name
        self.baseURL = baseURL
        self.apiVersion = apiVersion
        self.concurrency = max(1, concurrency)
        self.requestsPerSecond = requestsPerSecond
        self.requestTimeout = requestTimeout
        self.clientTimeout = clientTimeout
        self.runTimeout = runTimeout
        self.additionalTrustRoots = additionalTrustRoots
        self.responseLimitInBytes = responseLimitInBytes
        self.breaker = breaker
        self.userAgent = userAgent
    }
}
