/// A failed or unknown result of one rule for one client, as people are shown it.
public struct Finding: Sendable, Hashable, Codable {
    /// A stable id, `F-` and eight digits: the same for (environment, client, rule) in every run and report.
    public var id: String
    /// The client.
    public var client: Client
    /// The result: verdict fail or unknown.
    public var result: RuleResult
    /// How it moved against the last known verdict; nil for what has no transition (an unknown that was unknown before).
    public var transition: Transition?
    /// The settings that changed since the run before and are compared by this rule: what flipped it, if it is new.
    public var flippedBy: [SettingPath]
    /// The start of the first run of the unbroken series in which it fails; nil where it is not known.
    public var failingSince: Timestamp?
    /// The waiver that is laid over the failure; nil for a failure that counts, and for an unknown.
    public var waiver: WaiverFacts?

    /// Joins the parts and derives the id.
    public init(
        client: Client, result: RuleResult, transition: Transition? = nil, flippedBy: [SettingPath] = [],
        failingSince: Timestamp? = nil, waiver: WaiverFacts? = nil
    ) {
        id = Self.id(client: client.id, ruleID: result.ruleID)
        self.client = client
        self.result = result
        self.transition = transition
        self.flippedBy = flippedBy
        self.failingSince = failingSince
        self.waiver = waiver
    }

    /// The id of the finding of a rule about a client.
    public static func id(client: Client.ID, ruleID: String) -> String {
        "F-" + uuid(client: client, ruleID: ruleID).prefix(8)
    }

    /// The same as a UUID, which formats print that ask for one; the short form is its beginning.
    public static func uuid(client: Client.ID, ruleID: String) -> String {
        DerivedUUID.text(of: "finding\n\(client.environment)\n\(client.number)\n\(ruleID)")
    }

    /// Whether a text has the form of a finding's id, short or as a UUID; in capitals, too.
    public static func isID(_ text: String) -> Bool {
        let digits = text.lowercased()
        if digits.hasPrefix("f-") { return true }
        let parts = digits.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }
}

/// How often each verdict was given.
public struct VerdictCounts: Sendable, Hashable, Codable {
    /// Passed.
    public var pass = 0
    /// Failed, with no waiver over it.
    public var fail = 0
    /// Failed, with a waiver over it.
    public var waived = 0
    /// Could not be told.
    public var unknown = 0
    /// Did not apply.
    public var notApplicable = 0

    /// All zero.
    public init() {}

    /// All five together.
    public var total: Int { pass + fail + waived + unknown + notApplicable }

    /// Counts one verdict more.
    ///
    /// - Parameter isWaived: whether a waiver lies over it; only a failure can be waived.
    public mutating func add(_ verdict: Verdict, times: Int = 1, isWaived: Bool = false) {
        switch verdict {
        case .pass: pass += times
        case .fail where isWaived: waived += times
        case .fail: fail += times
        case .unknown: unknown += times
        case .notApplicable: notApplicable += times
        }
    }
}

/// One rule with how its verdicts came out over all clients.
public struct RuleSummary: Sendable, Hashable, Codable {
    /// What the policy says.
    public var facts: RuleFacts
    /// How often each verdict was given.
    public var counts: VerdictCounts

    /// Joins the two.
    public init(facts: RuleFacts, counts: VerdictCounts) {
        self.facts = facts
        self.counts = counts
    }
}

/// A verdict that moved between two runs.
public struct VerdictChange: Sendable, Hashable, Codable {
    /// The finding's id, the same as ``Finding/id``.
    public var findingID: String
    /// The client, as of the later run that has it.
    public var client: Client
    /// The rule's id.
    public var ruleID: String
    /// The last known verdict; nil where the rule or the client was not there.
    public var before: Verdict?
    /// The later verdict; nil where the rule or the client is not there any more.
    public var after: Verdict?
    /// The name of the move; nil for a move that is none of the eight (a rule that now passes for the first time).
    public var transition: Transition?
    /// Why; empty only where nothing that is recorded differs.
    public var causes: [TransitionCause]
    /// The settings that changed and are compared by the rule.
    public var paths: [SettingPath]
    /// The id of the waiver that lay over the earlier verdict, a failure.
    public var waiverBefore: String?
    /// The id of the waiver that lies over the later verdict, a failure.
    public var waiverAfter: String?

    /// Joins the parts.
    public init(
        client: Client, ruleID: String, before: Verdict?, after: Verdict?, transition: Transition?,
        causes: [TransitionCause], paths: [SettingPath], waiverBefore: String? = nil, waiverAfter: String? = nil
    ) {
        findingID = Finding.id(client: client.id, ruleID: ruleID)
        self.client = client
        self.ruleID = ruleID
        self.before = before
        self.after = after
        self.transition = transition
        self.causes = causes
        self.paths = paths
        self.waiverBefore = waiverBefore
        self.waiverAfter = waiverAfter
    }
}

/// One change of a setting with every client that made just this change.
public struct SharedChange: Sendable, Hashable, Codable {
    /// The change.
    public var change: Change
    /// The clients, by id; one or more.
    public var clients: [Client]
    /// The ids of rules whose verdict this change may have flipped for one of them, sorted.
    public var flippedRules: [String]

    /// Joins the parts.
    public init(change: Change, clients: [Client], flippedRules: [String] = []) {
        self.change = change
        self.clients = clients
        self.flippedRules = flippedRules
    }
}

/// A key that the vendor does not document, or a mandatory one that is missing.
public struct KeyDeviation: Sendable, Hashable, Codable {
    /// Which of the two.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// The catalogue does not know the key; it is kept and compared all the same.
        case undocumented
        /// The vendor's page calls the key mandatory, and it is not there.
        case mandatoryMissing
    }

    /// Which.
    public var kind: Kind
    /// The path, with lists as `[*]`.
    public var path: SettingPath
    /// The clients, by id.
    public var clients: [Client.ID]

    /// Joins the parts.
    public init(kind: Kind, path: SettingPath, clients: [Client.ID]) {
        self.kind = kind
        self.path = path
        self.clients = clients
    }
}
