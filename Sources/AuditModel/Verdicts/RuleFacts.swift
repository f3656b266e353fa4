/// A reference to a requirement of a standard, and how far a rule goes towards it.
public struct ControlReference: Sendable, Hashable, Codable {
    /// How far.
    public enum Strength: String, Sendable, Hashable, Codable, CaseIterable {
        /// The setting is evidence for the control, which needs more.
        case supports
        /// The setting alone settles the control.
        case satisfies
    }

    /// The reference, for example `PCI-DSS-4.0/8.3.4`.
    public var reference: String
    /// How far the rule goes.
    public var strength: Strength
    /// What the rule cannot show; nil where nothing is said.
    public var caveat: String?

    /// Joins the parts.
    public init(reference: String, strength: Strength = .supports, caveat: String? = nil) {
        self.reference = reference
        self.strength = strength
        self.caveat = caveat
    }
}

/// What a policy says about one rule besides its check: what reports print.
public struct RuleFacts: Sendable, Hashable, Codable {
    /// The id: stable, unique over all files.
    public var id: String
    /// One line.
    public var title: String
    /// How bad a failure is.
    public var severity: Severity
    /// Why the rule exists; nil where the policy does not say.
    public var rationale: String?
    /// What to do, in the portal's words; nil where the policy does not say.
    public var remediation: String?
    /// The requirements it stands for.
    public var controls: [ControlReference]
    /// The id of its policy.
    public var policyID: String

    /// Joins the parts.
    public init(
        id: String, title: String, severity: Severity, rationale: String? = nil, remediation: String? = nil,
        controls: [ControlReference] = [], policyID: String
    ) {
        self.id = id
        self.title = title
        self.severity = severity
        self.rationale = rationale
        self.remediation = remediation
        self.controls = controls
        self.policyID = policyID
    }
}

/// What a report says about one policy file.
public struct PolicyFacts: Sendable, Hashable, Codable {
    /// The policy's id.
    public var id: String
    /// One line.
    public var title: String
    /// Its version, as written.
    public var version: String
    /// Who owns it; nil where it does not say.
    public var owner: String?
    /// The file's name as loaded.
    public var file: String
    /// The digest of the file's bytes.
    public var digest: Digest
    /// The number of its rules.
    public var ruleCount: Int

    /// Joins the parts.
    public init(
        id: String, title: String, version: String, owner: String?, file: String, digest: Digest, ruleCount: Int
    ) {
        self.id = id
        self.title = title
        self.version = version
        self.owner = owner
        self.file = file
        self.digest = digest
        self.ruleCount = ruleCount
    }
}
