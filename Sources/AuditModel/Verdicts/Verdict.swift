/// The answer of one rule for one client; nothing absent counts as a pass.
public enum Verdict: String, CaseIterable, Sendable, Hashable, Codable {
    /// The rule holds.
    case pass
    /// The rule does not hold.
    case fail
    /// It cannot be told: a needed group was not captured, or a condition reads a value that is not there.
    case unknown
    /// Out of the rule's scope, its condition is false, or a group it needs is not collected by configuration.
    case notApplicable
}

/// Why a comparison came out as it did. The raw values are stored and printed, so they never change.
public enum ComparisonReason: String, CaseIterable, Sendable, Hashable, Codable {
    /// The value satisfies the matcher.
    case satisfied
    /// A value of the right type does not satisfy the matcher.
    case violated
    /// The key is not there.
    case absent
    /// The value is null.
    case null
    /// The value has another type than the matcher compares.
    case wrongType
    /// The value is outside the setting's legal range, whatever the bound.
    case outOfRange
    /// The value is 0, which may mean "off", and the rule says `zero: violates`.
    case zero
    /// The group was not captured, so there is nothing to compare.
    case notCaptured
    /// The expression that reads the value has no value itself: the note says why.
    case error
}

/// One comparison that a verdict rests on.
public struct Comparison: Sendable, Hashable, Codable {
    /// The concrete dotted path, for example `messaging.property[key=requeue_limit].value`.
    public var path: SettingPath
    /// What the rule asks for, as people read it: `at most 5`, `true`, `one of 1, 2, 3`.
    public var expected: String
    /// What the client has; nil where the key is absent or the group was not captured.
    public var actual: SettingValue?
    /// How it came out.
    public var reason: ComparisonReason
    /// Whether the comparison stands under a `not:` (then ``ComparisonReason/satisfied`` is what is not wanted).
    public var isNegated: Bool
    /// What a reader must know besides: what 0 may mean, a caveat of the catalogue. Nil where there is nothing.
    public var note: String?

    /// Joins the parts.
    public init(
        path: SettingPath, expected: String, actual: SettingValue?, reason: ComparisonReason, isNegated: Bool = false,
        note: String? = nil
    ) {
        self.path = path
        self.expected = expected
        self.actual = actual
        self.reason = reason
        self.isNegated = isNegated
        self.note = note
    }
}

/// The verdict of one rule for one client, with what it rests on.
public struct RuleResult: Sendable, Hashable, Codable {
    /// The rule's id.
    public var ruleID: String
    /// The computed verdict; a waiver does not change it.
    public var verdict: Verdict
    /// For a fail: what failed. For an unknown: what could not be read. For a pass: only comparisons that carry a note.
    public var comparisons: [Comparison]
    /// The groups that were needed and are missing; empty but for unknown.
    public var missing: [SettingsGroup]
    /// The rule's own message with its values put in, or nil where the rule has none.
    public var message: String?
    /// Why the rule does not apply (`out of scope`, `condition is false`, `countries not collected`); nil otherwise.
    public var notApplicableReason: String?
    /// How bad a failure is for this client, where an override says otherwise than the rule; nil where the rule's counts.
    public var severity: Severity?

    /// Joins the parts.
    public init(
        ruleID: String, verdict: Verdict, comparisons: [Comparison] = [], missing: [SettingsGroup] = [],
        message: String? = nil, notApplicableReason: String? = nil, severity: Severity? = nil
    ) {
        self.ruleID = ruleID
        self.verdict = verdict
        self.comparisons = comparisons
        self.missing = missing
        self.message = message
        self.notApplicableReason = notApplicableReason
        self.severity = severity
    }
}
