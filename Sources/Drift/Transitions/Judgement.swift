public import AuditModel

/// What one run said of one client, and from what: one side of a comparison of verdicts.
public struct Judgement: Sendable {
    /// The client as it was configured in that run.
    public var client: Client
    /// The verdict of each rule of the run's policy set, by rule id.
    public var verdicts: [String: Verdict]
    /// The digest of each rule's effective definition (its parameters and scope included) for this client, by rule id.
    public var rules: [String: Digest]
    /// The groups that could not be read.
    public var missing: Set<SettingsGroup>
    /// The version of the evaluator that gave the verdicts.
    public var evaluatorVersion: String
    /// The ids of the waivers that lie over failures, by rule id.
    public var waivers: [String: String]

    /// Joins the parts.
    public init(
        client: Client, verdicts: [String: Verdict], rules: [String: Digest], missing: Set<SettingsGroup> = [],
        evaluatorVersion: String, waivers: [String: String] = [:]
    ) {
        self.client = client
        self.verdicts = verdicts
        self.rules = rules
        self.missing = missing
        self.evaluatorVersion = evaluatorVersion
        self.waivers = waivers
    }
}
